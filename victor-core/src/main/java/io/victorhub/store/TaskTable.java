package io.victorhub.store;

import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.StoreStats;
import io.victorhub.spi.store.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All tasks of a store. Pure: it changes by facts alone, applied the same way live and when a journal is read, and it
 * reads no clock. Guarded by the ledger's lock.
 */
final class TaskTable {

    private final long ageingMillis;
    private final Map<String, QueuedTask> byId = new HashMap<>();
    private final NavigableMap<Long, QueuedTask> bySequence = new TreeMap<>();
    private final Map<String, QueuedTask> byUniqueKey = new HashMap<>();
    private final Lanes ready = new Lanes();
    private final TreeSet<QueuedTask> delayed = new TreeSet<>(
            Comparator.<QueuedTask, Instant>comparing(task -> task.readyAt).thenComparingLong(task -> task.sequence));
    private final TreeSet<QueuedTask> deadlines = new TreeSet<>(
            Comparator.<QueuedTask, Instant>comparing(task -> deadline(task)).thenComparingLong(task -> task.sequence));
    private final Map<String, EnumMap<TaskStatus, Long>> counts = new HashMap<>();
    private final Map<String, Long> unsettled = new HashMap<>(); // by batch, where there are any
    private boolean readied;

    TaskTable(Duration ageingStep) {
        this.ageingMillis = ageingStep.toMillis();
    }

    @Nullable QueuedTask get(String id) {
        return byId.get(id);
    }

    /** {@return the live task that holds the key} */
    @Nullable QueuedTask holder(String uniqueKey) {
        return byUniqueKey.get(uniqueKey);
    }

    Collection<QueuedTask> all() {
        return bySequence.values();
    }

    NavigableMap<Long, QueuedTask> after(long sequence) {
        return bySequence.tailMap(sequence, false);
    }

    void add(long sequence, Instant at, Submission submission, Ref ref) {
        QueuedTask task = new QueuedTask(sequence, at, submission, ref);
        byId.put(task.id, task);
        bySequence.put(sequence, task);
        if (task.uniqueKey != null) {
            byUniqueKey.put(task.uniqueKey, task);
        }
        count(task, 1);
        if (task.status == TaskStatus.HELD) {
            enqueue(task);
        } else {
            await(task, at);
        }
    }

    /** Hands a task out that was taken from the queue. */
    void lease(QueuedTask task, long number, Instant at) {
        dequeue(task);
        move(task, TaskStatus.RUNNING);
        task.attempts++;
        task.lease = number;
        task.leasedAt = at;
        task.progress = null;
    }

    /** Ends a lease, or settles a task that waits. */
    void end(QueuedTask task, Disposition disposition, Instant at) {
        dequeue(task);
        task.progress = null;
        if (disposition instanceof Disposition.Settled settled) {
            move(task, settled.as());
            task.settledAt = at;
            if (task.uniqueKey != null) {
                byUniqueKey.remove(task.uniqueKey, task);
            }
            return;
        }
        if (disposition instanceof Disposition.Retry retry) {
            task.readyAt = retry.at();
        } else {
            Instant until = ((Disposition.Released) disposition).notBefore();
            task.attempts -= task.status == TaskStatus.RUNNING ? 1 : 0; // its lease may be what was damaged
            task.readyAt = until.isAfter(at) ? until : earlier(task.readyAt, at);
        }
        await(task, at);
    }

    void free(QueuedTask task, Instant at) {
        task.readyAt = task.readyAt.isAfter(at) ? task.readyAt : at;
        dequeue(task);
        await(task, at);
    }

    void requeue(QueuedTask task, Instant at) {
        task.round++;
        task.attempts = 0;
        task.settledAt = null;
        task.cancelRequested = false;
        task.readyAt = at;
        if (task.uniqueKey != null) {
            byUniqueKey.put(task.uniqueKey, task);
        }
        await(task, at);
    }

    void remove(QueuedTask task) {
        byId.remove(task.id);
        bySequence.remove(task.sequence);
        count(task, -1);
    }

    /** Puts a waiting task where it waits. */
    void enqueue(QueuedTask task) {
        if (task.deadline != null) {
            deadlines.add(task);
        }
        if (task.status == TaskStatus.DELAYED) {
            delayed.add(task);
        } else if (task.status == TaskStatus.READY) {
            ready.add(task);
        }
    }

    /** Takes a waiting task from where it waits. */
    void dequeue(QueuedTask task) {
        if (task.deadline != null) {
            deadlines.remove(task);
        }
        if (task.status == TaskStatus.DELAYED) {
            delayed.remove(task);
        } else if (task.status == TaskStatus.READY) {
            ready.remove(task);
        }
    }

    /** Delayed tasks whose time has come may start. */
    void promote(Instant now) {
        while (!delayed.isEmpty() && !delayed.first().readyAt.isAfter(now)) {
            QueuedTask task = delayed.pollFirst();
            move(task, TaskStatus.READY);
            ready.add(task);
            readied = true;
        }
    }

    /** {@return whether tasks became ready since the last call, whoever looked} Whoever waits for work must hear of it. */
    boolean takeReadied() {
        boolean any = readied;
        readied = false;
        return any;
    }

    /** Takes tasks from the queue, for a lease that is then recorded. */
    List<QueuedTask> take(LeaseRequest request) {
        List<QueuedTask> taken = ready.take(request);
        taken.forEach(this::dequeue);
        return taken;
    }

    /** {@return waiting tasks whose deadline has passed} */
    List<QueuedTask> overdue(Instant now, int max) {
        List<QueuedTask> overdue = new ArrayList<>();
        for (QueuedTask task : deadlines) {
            if (overdue.size() == max || deadline(task).isAfter(now)) {
                break;
            }
            overdue.add(task);
        }
        return overdue;
    }

    /** {@return when there is next something to do that nobody asks for} */
    Optional<Instant> nextDue() {
        Instant start = delayed.isEmpty() ? null : delayed.first().readyAt;
        Instant end = deadlines.isEmpty() ? null : deadlines.first().deadline;
        if (start == null || end == null) {
            return Optional.ofNullable(start == null ? end : start);
        }
        return Optional.of(start.isBefore(end) ? start : end);
    }

    StoreStats stats() {
        List<StoreStats.Count> all = new ArrayList<>();
        counts.forEach((type, byStatus) -> byStatus.forEach((status, number) -> {
            if (number > 0) {
                all.add(new StoreStats.Count(type, status, number, StoreStats.Precision.EXACT));
            }
        }));
        return new StoreStats(all);
    }

    long unsettled(String batch) {
        return unsettled.getOrDefault(batch, 0L);
    }

    /** A task that waits for nothing is ready for good, so that a clock that is set back does not hold it up. */
    private void await(QueuedTask task, Instant at) {
        task.rank = millis(task.readyAt) - task.priority * ageingMillis;
        move(task, task.readyAt.isAfter(at) ? TaskStatus.DELAYED : TaskStatus.READY);
        enqueue(task);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private void move(QueuedTask task, TaskStatus status) {
        count(task, -1);
        task.status = status;
        count(task, 1);
    }

    private void count(QueuedTask task, long by) {
        counts.computeIfAbsent(task.type, type -> new EnumMap<>(TaskStatus.class))
                .merge(task.status, by, Long::sum);
        if (task.batch != null && !task.status.settled()) {
            unsettled.merge(task.batch, by, (before, more) -> before + more == 0 ? null : before + more);
        }
    }

    private static Instant deadline(QueuedTask task) {
        return task.deadline == null ? Instant.MAX : task.deadline;
    }

    /** Instants beyond what milliseconds can say are as far away as can be. */
    private static long millis(Instant instant) {
        long limit = Long.MAX_VALUE / 4;
        long seconds = Math.max(-limit / 1000, Math.min(limit / 1000, instant.getEpochSecond()));
        return seconds * 1000 + instant.getNano() / 1_000_000;
    }
}
