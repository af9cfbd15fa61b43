package io.victorhub.store;

import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.StoreStats;
import io.victorhub.spi.store.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a store that are not settled for good: waiting, running, and dead letters. Pure: it changes by facts alone,
 * applied the same way live and when a journal is read, and it reads no clock. A fact says what is so afterwards, not by
 * how much it differs; so applying the facts of a stretch once more, in their order, ends in the same state. Guarded by the
 * ledger's lock.
 */
final class TaskTable {

    private static final Duration LONGEST_STEP = Duration.ofDays(36_500);

    final Rows rows = new Rows();
    private final long ageingMicros;
    private final IdTable ids = new IdTable(rows);
    private final Map<Long, Extra> extras = new HashMap<>();
    private final Claims claims = new Claims();
    private final Lanes lanes = new Lanes(rows);
    private final RankHeap delayed = new RankHeap(rows, this::readyMicros);
    private final TreeSet<Extra> deadlines = new TreeSet<>(
            Comparator.<Extra, Instant>comparing(Extra::deadlineOrNever).thenComparingLong(extra -> extra.sequence));
    private boolean readied;
    private boolean dueMoved;

    TaskTable(Duration ageingStep) {
        Duration step = ageingStep.compareTo(LONGEST_STEP) < 0 ? ageingStep : LONGEST_STEP;
        this.ageingMicros = step.toNanos() / 1000;
    }

    /** {@return the task of that number; null if there is none} */
    @Nullable QueuedTask get(long sequence) {
        return rows.has(sequence) ? new QueuedTask(this, sequence) : null;
    }

    /** {@return the task of that hash that is accepted by its number; null if there is none} */
    @Nullable QueuedTask find(long hash, LongPredicate accepted) {
        long sequence = ids.find(hash, accepted);
        return sequence < 0 ? null : new QueuedTask(this, sequence);
    }

    /** {@return the number of the task that holds the key, and is not settled; -1 if there is none} */
    long holder(String uniqueKey) {
        return claims.holder(uniqueKey);
    }

    /** {@return the number of the task that runs under that lease; -1 if there is none} */
    long leased(long number) {
        return claims.leased(number);
    }

    /** {@return how many tasks of the batch are not settled} */
    long unsettled(String batch) {
        return claims.unsettled(batch);
    }

    int size() {
        return rows.size();
    }

    void forEach(LongConsumer visitor) {
        for (long next = rows.next(0); next >= 0; ) {
            next = rows.forBlock(next, visitor);
        }
    }

    Lanes.Lane lane(long sequence) {
        return lanes.lane(rows.lane(sequence));
    }

    /** {@return what few tasks have; null for the others} */
    @Nullable Extra extra(long sequence) {
        return !Bits.hasExtra(rows.bits(sequence)) ? null : extras.get(sequence);
    }

    Instant readyAt(long sequence) {
        Extra extra = extra(sequence);
        return extra != null && extra.readyAt != null ? extra.readyAt : Micros.instant(readyMicros(sequence));
    }

    void add(long sequence, Instant at, Queueing how, long hash, long place) {
        create(sequence, how, hash, place);
        Instant notBefore = how.notBefore();
        readyAt(sequence, notBefore != null && notBefore.isAfter(at) ? notBefore : at);
        if (how.held()) {
            move(sequence, TaskStatus.HELD);
            enqueue(sequence);
        } else {
            await(sequence, at);
        }
    }

    /** Hands a task out that was taken from the queue. */
    void lease(long sequence, long number, int attempt, Instant at) {
        dequeue(sequence);
        attempts(sequence, attempt);
        Extra extra = makeExtra(sequence);
        move(sequence, TaskStatus.HELD); // a lease that is there already ends
        extra.lease = number;
        move(sequence, TaskStatus.RUNNING);
        extra.leasedAt = at;
        extra.progress = null;
    }

    /** Ends a lease, or settles a task that waits; one that is settled for good leaves the table. */
    void end(long sequence, Disposition disposition, Instant at, int attempts, long last) {
        dequeue(sequence);
        attempts(sequence, attempts);
        if (disposition instanceof Disposition.Settled settled && settled.as() != TaskStatus.DEAD) {
            remove(sequence);
            return;
        }
        Extra extra = extra(sequence);
        if (extra == null && last != Where.NOWHERE) {
            extra = makeExtra(sequence);
        }
        if (extra != null) {
            extra.progress = null;
            extra.last = last == Where.NOWHERE ? extra.last : last;
        }
        if (disposition instanceof Disposition.Settled) {
            makeExtra(sequence).settledAt = at;
            move(sequence, TaskStatus.DEAD);
            return;
        }
        if (disposition instanceof Disposition.Retry retry) {
            readyAt(sequence, retry.at());
        } else {
            Instant until = ((Disposition.Released) disposition).notBefore();
            readyAt(sequence, until.isAfter(at) ? until : earlier(readyAt(sequence), at));
        }
        await(sequence, at);
    }

    void askCancel(long sequence) {
        makeExtra(sequence).cancelRequested = true;
    }

    void free(long sequence, Instant at) {
        dequeue(sequence);
        Instant ready = readyAt(sequence);
        readyAt(sequence, ready.isAfter(at) ? ready : at);
        await(sequence, at);
    }

    void requeue(long sequence, int round, Instant at, boolean held) {
        dequeue(sequence);
        Extra extra = makeExtra(sequence);
        extra.round = round;
        extra.settledAt = null;
        extra.cancelRequested = false;
        attempts(sequence, 0);
        readyAt(sequence, at);
        if (held) {
            move(sequence, TaskStatus.HELD);
            enqueue(sequence);
        } else {
            await(sequence, at);
        }
    }

    void progress(long sequence, Progress progress) {
        makeExtra(sequence).progress = progress;
    }

    /** Visits the rows of a block of neighbours; {@return where the next block begins; -1 behind the last} */
    long forBlock(long from, LongConsumer visitor) {
        return rows.forBlock(from, visitor);
    }

    /** Tells how many tasks of each type were settled as what, but for dead letters. */
    void forEachSettled(SettledCount visitor) {
        for (Lanes.Type type : lanes.types()) {
            for (TaskStatus status : TaskStatus.values()) {
                if (status.settled() && status != TaskStatus.DEAD && type.counts[status.ordinal()] != 0) {
                    visitor.visit(type.name, status, type.counts[status.ordinal()]);
                }
            }
        }
    }

    /** How many. */
    interface SettledCount {
        /** Called for each number that is not 0. */
        void visit(String type, TaskStatus status, long number);
    }

    /** So many rows will be put in, about. */
    void expect(int number) {
        ids.expect(number);
    }

    /** Puts a row in as it was, with its extra, if it has one. */
    void restore(long sequence, long hash, long place, long rank, Lanes.Lane lane, int bits, @Nullable Extra extra) {
        rows.put(sequence, hash, place, rank, lane.number, bits);
        ids.add(sequence);
        lane.type.counts[Bits.status(bits).ordinal()]++;
        if (extra != null) {
            extras.put(sequence, extra);
        }
        claims.runs(extra(sequence), Bits.status(bits), true);
        if (!Bits.status(bits).settled()) {
            claims.lives(extra(sequence), true);
        }
        enqueue(sequence);
    }

    /** {@return the lane, in which there is one task more now} */
    Lanes.Lane enterLane(String type, @Nullable String key) {
        return lanes.enter(type, key);
    }

    /** Puts a task in as it was when it was written down. */
    void restore(TaskImage image, long hash, long place) {
        create(image.sequence(), image.how(), hash, place);
        long sequence = image.sequence();
        attempts(sequence, image.attempts());
        readyAt(sequence, image.readyAt());
        if (!image.isPlain()) {
            Extra extra = makeExtra(sequence);
            extra.round = image.round();
            extra.cancelRequested = image.cancelRequested();
            extra.lease = image.lease();
            extra.leasedAt = image.leasedAt();
            extra.settledAt = image.settledAt();
            extra.progress = image.progress();
            extra.last = image.last();
        }
        move(sequence, image.status());
        enqueue(sequence);
    }

    /** Nothing is left of what a dead letter was queued with but its names. It is not queued anew. */
    void blank(long sequence) {
        Lanes.Lane before = lane(sequence);
        rows.lane(sequence, lanes.enter(before.type.name, null).number);
        lanes.leave(before);
        Extra extra = extra(sequence);
        if (extra != null) {
            extra.uniqueKey = null;
        }
    }

    /** The task is no more; whatever its status was, nothing counts it. */
    void remove(long sequence) {
        dequeue(sequence);
        Lanes.Lane lane = lane(sequence);
        TaskStatus before = Bits.status(rows.bits(sequence));
        if (!before.settled()) {
            claims.lives(extra(sequence), false);
        }
        lane.type.counts[before.ordinal()]--;
        claims.runs(extra(sequence), before, false);
        if (Bits.hasExtra(rows.bits(sequence))) {
            extras.remove(sequence);
        }
        ids.remove(sequence);
        rows.remove(sequence);
        lanes.leave(lane);
    }

    /** Puts a waiting task where it waits. */
    void enqueue(long sequence) {
        Extra extra = extra(sequence);
        TaskStatus status = Bits.status(rows.bits(sequence));
        if (extra != null && extra.deadline != null && status.compareTo(TaskStatus.RUNNING) < 0) {
            deadlines.add(extra);
            dueMoved |= deadlines.first() == extra;
        }
        if (status == TaskStatus.DELAYED) {
            delayed.add(sequence);
            dueMoved |= delayed.first() == sequence;
        } else if (status == TaskStatus.READY) {
            lanes.add(sequence);
            readied = true;
        }
    }

    /** Takes a waiting task from where it waits. */
    void dequeue(long sequence) {
        Extra extra = extra(sequence);
        if (extra != null && extra.deadline != null) {
            deadlines.remove(extra);
        }
        TaskStatus status = Bits.status(rows.bits(sequence));
        if (status == TaskStatus.DELAYED) {
            delayed.remove(sequence);
        } else if (status == TaskStatus.READY) {
            lanes.remove(sequence);
        }
    }

    /** Delayed tasks whose time has come may start. */
    void promote(Instant now) {
        while (!delayed.isEmpty() && !readyAt(delayed.first()).isAfter(now)) {
            long sequence = delayed.first();
            delayed.remove(sequence);
            move(sequence, TaskStatus.READY);
            lanes.add(sequence);
            readied = true;
        }
    }

    /** {@return whether tasks became ready since the last call, whoever looked} Whoever waits for work must hear of it. */
    boolean takeReadied() {
        boolean any = readied;
        readied = false;
        return any;
    }

    /** {@return whether the next delay or deadline may be another one since the last call} */
    boolean takeDueMoved() {
        boolean any = dueMoved;
        dueMoved = false;
        return any;
    }

    /** Takes tasks from the queue, for a lease that is then recorded. */
    List<Long> take(LeaseRequest request) {
        List<Long> taken = lanes.take(request);
        if (!deadlines.isEmpty()) {
            taken.forEach(this::dequeue);
        }
        return taken;
    }

    /** {@return waiting tasks whose deadline has passed} */
    List<Long> overdue(Instant now, int max) {
        List<Long> overdue = new ArrayList<>();
        for (Extra extra : deadlines) {
            if (overdue.size() == max || extra.deadlineOrNever().isAfter(now)) {
                break;
            }
            overdue.add(extra.sequence);
        }
        return overdue;
    }

    /** {@return when there is next something to do that nobody asks for} */
    Optional<Instant> nextDue() {
        Instant start = delayed.isEmpty() ? null : readyAt(delayed.first());
        Instant end = deadlines.isEmpty() ? null : deadlines.first().deadline;
        if (start == null || end == null) {
            return Optional.ofNullable(start == null ? end : start);
        }
        return Optional.of(start.isBefore(end) ? start : end);
    }

    /** Settled tasks that are not in the table, more or fewer of them. */
    void countSettled(String type, TaskStatus status, long by) {
        lanes.type(type).counts[status.ordinal()] += by;
    }

    StoreStats stats() {
        List<StoreStats.Count> all = new ArrayList<>();
        for (Lanes.Type type : lanes.types()) {
            for (TaskStatus status : TaskStatus.values()) {
                long number = type.counts[status.ordinal()];
                if (number > 0) {
                    all.add(new StoreStats.Count(type.name, status, number, StoreStats.Precision.EXACT));
                }
            }
        }
        return new StoreStats(all);
    }

    private void create(long sequence, Queueing how, long hash, long place) {
        if (rows.has(sequence)) {
            remove(sequence); // it is written down more than once: the later one holds
        }
        Lanes.Lane lane = lanes.enter(how.type(), how.lane());
        rows.put(sequence, hash, place, 0, lane.number, Bits.of(TaskStatus.HELD, how.priority()));
        ids.add(sequence);
        lane.type.counts[TaskStatus.HELD.ordinal()]++;
        if (!how.isBare()) {
            Extra extra = makeExtra(sequence);
            extra.deadline = how.deadline();
            extra.uniqueKey = how.uniqueKey();
            extra.parent = how.parent();
            extra.batch = how.batch();
        }
        claims.lives(extra(sequence), true);
    }

    /** A task that waits for nothing is ready for good, so that a clock that is set back does not hold it up. */
    private void await(long sequence, Instant at) {
        move(sequence, readyAt(sequence).isAfter(at) ? TaskStatus.DELAYED : TaskStatus.READY);
        enqueue(sequence);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private void move(long sequence, TaskStatus status) {
        int bits = rows.bits(sequence);
        TaskStatus before = Bits.status(bits);
        long[] counts = lane(sequence).type.counts;
        counts[before.ordinal()]--;
        counts[status.ordinal()]++;
        rows.bits(sequence, Bits.withStatus(bits, status));
        claims.runs(extra(sequence), before, false);
        claims.runs(extra(sequence), status, true);
        if (before.settled() != status.settled()) {
            claims.lives(extra(sequence), before.settled());
        }
    }

    private void attempts(long sequence, int attempts) {
        int bits = rows.bits(sequence);
        rows.bits(sequence, Bits.withAttempts(bits, attempts));
    }

    private long readyMicros(long sequence) {
        return rows.rank(sequence) + Bits.priority(rows.bits(sequence)) * ageingMicros;
    }

    /** Called while the task stands in no heap. */
    private void readyAt(long sequence, Instant ready) {
        long micros = Micros.of(ready);
        rows.rank(sequence, micros - Bits.priority(rows.bits(sequence)) * ageingMicros);
        if (Micros.instant(micros).equals(ready)) {
            Extra extra = extra(sequence);
            if (extra != null) {
                extra.readyAt = null;
            }
        } else {
            makeExtra(sequence).readyAt = ready;
        }
    }

    private Extra makeExtra(long sequence) {
        Extra extra = extra(sequence);
        if (extra == null) {
            extra = new Extra(sequence);
            extras.put(sequence, extra);
            rows.bits(sequence, Bits.withExtra(rows.bits(sequence)));
        }
        return extra;
    }
}
