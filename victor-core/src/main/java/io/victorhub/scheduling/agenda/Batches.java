package io.victorhub.scheduling.agenda;

import io.victorhub.scheduling.BatchStatus;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreCodec;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The batches of a hub, and what follows them. Remembers those that are not over. */
public final class Batches implements Chore {

    /** For so long a batch that is over is remembered. */
    private static final Duration MEMORY = Duration.ofDays(30);

    private static final int AT_ONCE = 1000;
    private static final int LONGEST_ID = 190;

    private final TaskStore tasks;
    private final BatchShelf shelf;
    private final InstantSource clock;
    private final Runnable due;
    private final Consumer<BatchStatus> ended;
    private final ConcurrentMap<String, OpenBatch> open = new ConcurrentHashMap<>();
    private final Set<String> settled = ConcurrentHashMap.newKeySet(); // to be looked at

    /**
     * Reads what was kept, and forgets what was over long ago.
     *
     * @param due told without locks when a batch may be over
     * @param ended told without locks when one is, and what follows was submitted
     */
    public Batches(
            Store store, StoreCodec submissions, InstantSource clock, Runnable due, Consumer<BatchStatus> ended) {
        this.tasks = store.tasks();
        this.shelf = new BatchShelf(store.state(), new BatchCodec(submissions));
        this.clock = clock;
        this.due = due;
        this.ended = ended;
        Instant old = clock.instant().minus(MEMORY);
        List<BatchEntry> forgotten = new ArrayList<>();
        shelf.forEach(entry -> {
            if (entry.end().isEmpty()) {
                open.put(entry.id(), new OpenBatch(entry, shelf, tasks, clock));
                settled.add(entry.id());
            } else if (entry.end()
                    .flatMap(BatchStatus::endedAt)
                    .filter(old::isAfter)
                    .isPresent()) {
                forgotten.add(entry);
            }
        });
        forgotten.forEach(shelf::remove);
    }

    /** {@return the id of the task that follows a batch} */
    static String followUpId(String id) {
        return id + "/done";
    }

    /**
     * {@return an id that a batch may have}
     *
     * @throws IllegalArgumentException if it may not
     */
    public static String requireId(String id) {
        Submission.builder(Task.of("t").id("t").build()).batch(id).build(); // refuses what is no id
        if (id.length() > LONGEST_ID || id.indexOf('/') >= 0) {
            throw new IllegalArgumentException("batch id '" + id + "' has " + id.length()
                    + " characters; it must have 1 to " + LONGEST_ID + ", and no '/', which is reserved for the hub");
        }
        return id;
    }

    /**
     * Adds tasks to a batch, which begins with the first.
     *
     * @param submit submits tasks of the host; called without locks, with at most 1,000 at a time
     */
    public List<Submitted> add(
            String id, Collection<Submission> all, Function<List<Submission>, List<Submitted>> submit) {
        List<Submission> named =
                all.stream().map(submission -> in(id, submission)).toList();
        List<Submitted> answers = new ArrayList<>(named.size());
        while (answers.size() < named.size()) {
            List<Submission> part = named.subList(answers.size(), Math.min(named.size(), answers.size() + AT_ONCE));
            Optional<BatchEntry> over = over(id);
            answers.addAll(
                    over.isPresent()
                            ? OpenBatch.outside(id, tasks, part)
                            : batch(id).add(part, submit));
        }
        lookAt(id); // it may have been closed meanwhile
        return answers;
    }

    /** Closes a batch. */
    public void close(String id, Optional<Submission> then) {
        if (over(id).isEmpty() && batch(id).close(then)) {
            lookAt(id);
        }
    }

    /** {@return how a batch stands; empty if it is not there} */
    public Optional<BatchStatus> status(String id) {
        OpenBatch batch = open.get(id);
        return batch == null ? over(id).flatMap(BatchEntry::end) : Optional.of(batch.status());
    }

    /** {@return the ids of batches that are not over} */
    public Set<String> open() {
        return new TreeSet<>(open.keySet());
    }

    /** A task of that batch was settled. */
    public void settled(String id) {
        lookAt(id);
    }

    /** Tasks of any batch may have been settled. */
    public void anySettled() {
        if (!open.isEmpty()) {
            settled.addAll(open.keySet());
            due.run();
        }
    }

    @Override
    public boolean isEmpty() {
        return open.isEmpty();
    }

    @Override
    public int work(boolean byHand) {
        int submitted = 0;
        for (String id : byHand ? open() : Set.copyOf(settled)) {
            settled.remove(id); // first: one that is settled now is looked at again
            OpenBatch batch = open.get(id);
            if (batch != null) {
                submitted += end(id, batch);
            }
        }
        return submitted;
    }

    @Override
    public Optional<Instant> next() {
        return settled.isEmpty() ? Optional.empty() : Optional.of(clock.instant());
    }

    private int end(String id, OpenBatch batch) {
        Optional<BatchStatus> end;
        try {
            end = batch.endIfSettled();
        } catch (RuntimeException | Error e) {
            settled.add(id);
            throw e;
        }
        if (end.isEmpty()) {
            if (batch.isOver()) { // somebody asked for it in the very moment that it ended
                open.remove(id, batch);
            }
            return 0;
        }
        open.remove(id, batch);
        ended.accept(end.get());
        return end.get().followUp().isPresent() ? 1 : 0;
    }

    private void lookAt(String id) {
        OpenBatch batch = open.get(id);
        if (batch != null && batch.isClosed() && tasks.unsettled(id) == 0) {
            settled.add(id);
            due.run();
        }
    }

    private Optional<BatchEntry> over(String id) {
        return open.containsKey(id)
                ? Optional.empty()
                : shelf.read(id).filter(entry -> entry.end().isPresent());
    }

    private OpenBatch batch(String id) {
        return open.computeIfAbsent(
                id,
                key -> new OpenBatch(
                        shelf.read(id).orElseGet(() -> BatchEntry.begun(id, clock.instant())), shelf, tasks, clock));
    }

    private static Submission in(String id, Submission submission) {
        submission.batch().filter(other -> !other.equals(id)).ifPresent(other -> {
            throw new IllegalArgumentException("task " + submission.task().id() + " names batch " + other
                    + " and is added to batch " + id + "; name none");
        });
        return submission.toBuilder().batch(id).build();
    }
}
