package io.victorhub;

import io.victorhub.scheduling.inbox.Erased;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.TaskState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Removes what settled tasks carried from everything in a home that a hub knows of. Doing it again is safe. */
final class TaskEraser {

    private static final List<String> NEVER_REACHED = List.of(
            "copies of the home: backups, snapshots of the disk, and what the disk keeps of blocks that are free",
            "what left the hub: exports, reports, log files, listeners, and whatever its skills did",
            "small state that is current: recurring tasks that make tasks like it, batches that are not over",
            "the audit and digests that a person approved");

    private final Path home;
    private final Store store;
    private final HubFiles files;
    private final HubInbox inbox;
    private final AtOnce atOnce;
    private final Runnable learned;

    /** @param learned lets everybody learn the log who follows it, before something in it is erased */
    TaskEraser(Path home, Store store, HubFiles files, HubInbox inbox, AtOnce atOnce, Runnable learned) {
        this.home = home;
        this.store = store;
        this.files = files;
        this.inbox = inbox;
        this.atOnce = atOnce;
        this.learned = learned;
    }

    List<Erasure> erase(Set<String> ids) {
        return ids.isEmpty() ? List.of() : atOnce.whileNotDoing(ids, () -> eraseSettled(ids));
    }

    private List<Erasure> eraseSettled(Set<String> ids) {
        for (String id : ids) {
            Optional<TaskState> task = store.tasks().find(id);
            if (task.isPresent() && !task.get().status().settled()) {
                throw notSettled(id, task.get().status().toString());
            }
        }
        learned.run();
        List<String> all = List.copyOf(ids);
        List<Outcome> outcomes = store.tasks().erase(all);
        if (outcomes.contains(Outcome.STALE)) {
            throw notSettled(all.get(outcomes.indexOf(Outcome.STALE)), "queued again");
        }
        Set<String> known = new LinkedHashSet<>();
        for (int i = 0; i < all.size(); i++) {
            if (outcomes.get(i) == Outcome.RECORDED) {
                known.add(all.get(i));
            }
        }
        Erased entries = inbox.erase(ids);
        return all.stream().map(id -> erasure(id, known.contains(id), entries)).toList();
    }

    private Erasure erasure(String id, boolean known, Erased entries) {
        List<String> removed = new ArrayList<>();
        if (known) {
            removed.add("description, inputs, context, outputs, metadata, messages and log lines, in the store");
        }
        try {
            count(removed, files.artifacts.removeOf(id), "artifacts");
            count(removed, files.workspaces.removeOf(id), "workspaces");
        } catch (IOException e) {
            throw new StorageException("the files of task " + id + " cannot be removed: " + e + "; erase it again", e);
        }
        entries.changed()
                .getOrDefault(id, List.of())
                .forEach(file -> removed.add("its entry in " + home.relativize(file)));
        List<String> notReached = new ArrayList<>(NEVER_REACHED);
        entries.unreadable()
                .forEach(file -> notReached.add(home.relativize(file) + ", which is no JSON and may name it"));
        return new Erasure(id, !removed.isEmpty(), removed, notReached);
    }

    private static void count(List<String> removed, int number, String what) {
        if (number > 0) {
            removed.add(number + " " + what);
        }
    }

    private static IllegalStateException notSettled(String id, String status) {
        return new IllegalStateException(
                "task " + id + " is " + status + "; only what is settled is erased: cancel it, or wait for its end");
    }
}
