package io.victorhub.scheduling.agenda;

import io.victorhub.scheduling.BatchStatus;
import io.victorhub.scheduling.agenda.BatchCodec.Chunk;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.spi.store.TaskStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch that is not over. The ids of tasks are kept before the tasks are submitted, and said to be sure afterwards: so
 * every task of the batch is among its ids, and after a crash in between only those that are not sure are looked for.
 */
final class OpenBatch {

    private static final Logger log = LoggerFactory.getLogger(OpenBatch.class);

    private final String id;
    private final BatchShelf shelf;
    private final TaskStore tasks;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below; held while state is kept
    private final Set<Integer> inFlight = new HashSet<>(); // chunks whose tasks are being submitted
    private final Set<Integer> unsure = new TreeSet<>(); // chunks whose tasks may have been submitted or not
    private BatchEntry entry;
    private volatile boolean closed;

    OpenBatch(BatchEntry entry, BatchShelf shelf, TaskStore tasks, InstantSource clock) {
        this.id = entry.id();
        this.entry = entry;
        this.closed = entry.closed();
        this.shelf = shelf;
        this.tasks = tasks;
        this.clock = clock;
        for (int i = 0; i < entry.chunks(); i++) {
            if (!shelf.isSure(id, i)) {
                unsure.add(i);
            }
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Adds at most a chunk of tasks; nobody holds the lock while they are submitted, which may take its time. */
    List<Submitted> add(List<Submission> some, Function<List<Submission>, List<Submitted>> submit) {
        Set<String> fresh = new LinkedHashSet<>();
        some.stream()
                .map(submission -> submission.task().id())
                .filter(task -> tasks.find(task).isEmpty())
                .forEach(fresh::add);
        int chunk;
        lock.lock();
        try {
            if (entry.closed()) {
                return outside(id, tasks, some);
            }
            makeSure();
            chunk = entry.chunks();
            if (!fresh.isEmpty()) {
                entry = shelf.putWithChunk(entry, new Chunk(List.copyOf(fresh), false));
                inFlight.add(chunk);
            } else if (entry.version() == 0) {
                entry = shelf.put(entry);
            }
        } finally {
            lock.unlock();
        }
        if (fresh.isEmpty()) {
            return submit.apply(some);
        }
        List<Submitted> answers = null;
        try {
            answers = submit.apply(some);
            return answers;
        } finally {
            submitted(chunk, answers);
        }
    }

    /** {@return whether it is over after all} */
    boolean isOver() {
        lock.lock();
        try {
            return entry.end().isPresent();
        } finally {
            lock.unlock();
        }
    }

    /** Closes it; {@return whether it was open} */
    boolean close(Optional<Submission> then) {
        lock.lock();
        try {
            if (entry.closed()) {
                return false;
            }
            entry = shelf.put(entry.closedThen(then));
            closed = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    BatchStatus status() {
        lock.lock();
        try {
            return entry.end()
                    .orElseGet(() -> new BatchStatus(id, entry.closed(), count(), Optional.empty(), Optional.empty()));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Submits what follows if all is settled, and then keeps that it did: whatever happens in between, submitting it again is
     * known.
     *
     * @return what became of the follow-up; empty if it is not over, or was before
     */
    Optional<BatchStatus> endIfSettled() {
        lock.lock();
        try {
            if (!entry.closed() || entry.end().isPresent() || !inFlight.isEmpty() || tasks.unsettled(id) > 0) {
                return Optional.empty();
            }
            makeSure();
            Instant now = clock.instant();
            BatchStatus counted = new BatchStatus(id, true, count(), Optional.empty(), Optional.of(now));
            BatchStatus end = new BatchStatus(
                    id,
                    true,
                    counted.byStatus(),
                    entry.then().flatMap(then -> submitted(tasks.submit(List.of(followUp(then, counted))))),
                    Optional.of(now));
            entry = shelf.putWithoutChunks(entry, entry.ended(end));
            return Optional.of(end);
        } finally {
            lock.unlock();
        }
    }

    /** {@return what becomes of tasks that come when it is closed} */
    static List<Submitted> outside(String id, TaskStore tasks, List<Submission> some) {
        return some.stream()
                .map(submission -> submission.task().id())
                .<Submitted>map(task -> tasks.find(task).isPresent()
                        ? new Submitted.Known(task)
                        : new Submitted.Refused(
                                task,
                                "task " + task + " is refused: batch " + id + " is closed; add it to another batch"))
                .toList();
    }

    private void submitted(int chunk, @Nullable List<Submitted> answers) {
        lock.lock();
        try {
            inFlight.remove(chunk);
            unsure.add(chunk);
            if (answers != null) {
                List<String> accepted = answers.stream()
                        .filter(Submitted.Accepted.class::isInstance)
                        .map(Submitted::taskId)
                        .toList();
                shelf.putChunk(id, chunk, new Chunk(accepted, true));
                unsure.remove(chunk);
            }
        } catch (StorageException e) {
            log.debug("what is in batch {} is looked up later", id, e);
        } finally {
            lock.unlock();
        }
    }

    /** Looks up which of the ids that are not sure are tasks of this batch; under the lock. */
    private void makeSure() {
        if (unsure.isEmpty()) {
            return;
        }
        Set<String> there = new HashSet<>();
        for (int i = 0; i < entry.chunks(); i++) {
            if (!unsure.contains(i)) {
                there.addAll(shelf.chunk(id, i).ids());
            }
        }
        for (int chunk : List.copyOf(unsure)) {
            List<String> found = shelf.chunk(id, chunk).ids().stream()
                    .filter(this::isMember)
                    .filter(there::add)
                    .toList();
            shelf.putChunk(id, chunk, new Chunk(found, true));
            unsure.remove(chunk);
        }
    }

    private boolean isMember(String task) {
        return tasks.find(task)
                .flatMap(TaskState::submission)
                .flatMap(Submission::batch)
                .filter(id::equals)
                .isPresent();
    }

    /** Under the lock. A task whose log is no longer kept counts no more. */
    private Map<TaskStatus, Long> count() {
        Map<TaskStatus, Long> counts = new EnumMap<>(TaskStatus.class);
        for (int i = 0; i < entry.chunks(); i++) {
            Chunk chunk = shelf.chunk(id, i);
            for (String task : chunk.ids()) {
                tasks.find(task)
                        .filter(state -> chunk.sure() || isMember(task))
                        .ifPresent(state -> counts.merge(state.status(), 1L, Long::sum));
            }
        }
        return counts;
    }

    private Submission followUp(Submission then, BatchStatus counted) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", id);
        told.put("total", counted.total());
        told.putAll(BatchCodec.counts(counted));
        Map<String, @Nullable Object> context = new LinkedHashMap<>(then.task().context());
        context.put("batch", told);
        Task task = then.task().toBuilder()
                .id(Batches.followUpId(id))
                .context(context)
                .build();
        return then.withTask(task);
    }

    private Optional<String> submitted(List<Submitted> answers) {
        Submitted answer = answers.get(0);
        if (answer instanceof Submitted.Refused refused) {
            log.warn("what follows batch {} was refused: {}", id, refused.why());
            return Optional.empty();
        }
        return Optional.of(answer instanceof Submitted.Joined joined ? joined.liveId() : answer.taskId());
    }
}
