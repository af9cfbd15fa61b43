package io.victorhub.scheduling.inbox;

import io.victorhub.json.JsonElements;
import io.victorhub.scheduling.InboxReport;
import io.victorhub.scheduling.file.EntryProblem;
import io.victorhub.scheduling.file.EntryReader;
import io.victorhub.scheduling.file.QueueFolder;
import io.victorhub.scheduling.file.TaskEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Submitted;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Submits the entries of one claimed file, and puts the file away. Doing it again after a crash at whatever step is
 * harmless: ids are made of the file's name, so what was submitted is known, and the rest is written anew. One thread.
 */
final class Import {

    static final int BATCH = 1000;

    private final Path claimed;
    private final TaskFolder folder;
    private final Function<List<Submission>, List<Submitted>> submit;
    private final InstantSource clock;
    private final BooleanSupplier stopped;
    private final Consumer<Step> steps;
    private final EntryReader reader;
    private final RejectsFile rejects;
    private final List<TaskEntry> batch = new ArrayList<>();
    private final List<String> knownIds = new ArrayList<>();
    private int accepted;
    private int known;
    private boolean full;

    Import(
            Path claimed,
            TaskFolder folder,
            ZoneId zone,
            Function<List<Submission>, List<Submitted>> submit,
            InstantSource clock,
            BooleanSupplier stopped,
            Consumer<Step> steps) {
        this.claimed = claimed;
        this.folder = folder;
        this.submit = submit;
        this.clock = clock;
        this.stopped = stopped;
        this.steps = steps;
        this.reader = new EntryReader(zone, index -> TaskFolder.stem(claimed) + "/" + index);
        this.rejects = new RejectsFile(folder.rejected(), claimed, clock.instant());
    }

    /**
     * What became of the file; empty if the inbox was stopped in between, or there is no room for the rest of it.
     *
     * @throws io.victorhub.json.JsonException if the file is no JSON any more
     * @throws io.victorhub.spi.store.StorageException if the store does not take the tasks; the file stays claimed
     */
    Optional<InboxReport> run() throws IOException {
        try (rejects;
                InputStream in = Files.newInputStream(claimed)) {
            int entries = JsonElements.read(in, element -> {
                take(reader.read(element));
                return !full && !stopped.getAsBoolean();
            });
            if (stopped.getAsBoolean() || full || !flush()) {
                return Optional.empty();
            }
            Optional<Path> written = rejects.publish(entries);
            if (written.isPresent()) {
                steps.accept(Step.REJECTS_WRITTEN);
            }
            return Optional.of(report(putAway(), written));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Path putAway() throws IOException {
        Path kept = folder.imported().resolve(TaskFolder.name(claimed));
        QueueFolder.move(claimed, kept);
        steps.accept(Step.PUT_AWAY);
        return kept;
    }

    private InboxReport report(Path kept, Optional<Path> written) {
        return new InboxReport(
                kept, accepted, known, knownIds, rejects.count(), written, Optional.empty(), clock.instant());
    }

    private void take(TaskEntry entry) {
        if (entry.task().isEmpty()) {
            rejects.add(entry, entry.problems());
            return;
        }
        batch.add(entry);
        if (batch.size() == BATCH) {
            full = !flush();
        }
    }

    /** {@return whether there was room for all} */
    private boolean flush() {
        if (batch.isEmpty()) {
            return true;
        }
        List<Submitted> answers = submit.apply(batch.stream()
                .flatMap(entry -> entry.task().stream())
                .map(Submission::of)
                .toList());
        for (int i = 0; i < answers.size(); i++) {
            count(batch.get(i), answers.get(i));
        }
        boolean all = answers.size() == batch.size();
        batch.clear();
        steps.accept(Step.SUBMITTED);
        return all;
    }

    private void count(TaskEntry entry, Submitted answer) {
        if (answer instanceof Submitted.Accepted) {
            accepted++;
        } else if (answer instanceof Submitted.Refused refused) {
            rejects.add(entry, List.of(new EntryProblem("", null, "entry " + entry.index() + ": " + refused.why())));
        } else {
            known++;
            if (knownIds.size() < InboxReport.MOST_IDS) {
                knownIds.add(answer.taskId());
            }
        }
    }
}
