package io.victorhub;

import io.victorhub.spi.store.StoreStats;
import io.victorhub.spi.store.TaskStatus;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Lets in only so many tasks that no more wait than the limit allows, as the store counts them; without a limit, all. Those
 * that are on their way into the store are counted too, so that many who submit at once are not let in for the same room.
 */
final class QueueGate {

    private static final List<TaskStatus> WAITING = List.of(TaskStatus.HELD, TaskStatus.DELAYED, TaskStatus.READY);

    /** Others may take tasks out of a shared store without this hub being told. */
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** For so long half of the room that was found is given away without another look. */
    private static final long CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final int limit;
    private final Supplier<StoreStats> stats;
    private final ReentrantLock lock = new ReentrantLock(); // guards entering, and who waits
    private final Condition changed = lock.newCondition();
    private long entering;
    private long credit;
    private long creditSince;
    private volatile int waiting;

    /** @param limit how many may wait; 0 for any number */
    QueueGate(int limit, Supplier<StoreStats> stats) {
        this.limit = limit;
        this.stats = stats;
    }

    /**
     * Takes the room for some tasks, to be given back with {@link #entered} once they are in the store or cannot be.
     *
     * @param wanted for how many, 1 or more
     * @param waits whether to wait for room, asked again and again
     * @return for how many there is room, 1 to {@code wanted}; 0 if there is none and nobody waits for it
     */
    int enter(int wanted, BooleanSupplier waits) throws InterruptedException {
        if (limit == 0) {
            return wanted;
        }
        lock.lock();
        try {
            waiting++; // before the look, so that whoever makes room meanwhile sees that somebody waits
            while (true) {
                int given = take(wanted);
                if (given > 0) {
                    return given;
                }
                if (!waits.getAsBoolean()) {
                    return 0;
                }
                var unused = changed.awaitNanos(LOOK_AGAIN_NANOS);
            }
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    /** What was on its way is in the store by now, or will not be. */
    void entered(int tasks) {
        if (limit > 0) {
            lock.lock();
            try {
                entering -= tasks;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** {@return whether there is room, now or, if somebody waits for it, in the end} */
    boolean awaitRoom(BooleanSupplier waits) throws InterruptedException {
        int room = enter(1, waits);
        entered(limit == 0 ? 0 : room);
        return room > 0;
    }

    /** There may be room, or no sense in waiting for it. */
    void wake() {
        if (waiting > 0) {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** {@return why a task was not let in} */
    String full(String id, boolean interrupted) {
        return "task " + id + " is refused: " + limit + " tasks wait, as many as the queue takes"
                + (interrupted ? ", and the thread was interrupted while it waited for room" : "")
                + "; submit it again later, or raise queueLimit";
    }

    /**
     * Takes what room there is, under the lock. To count the tasks of the store takes its time, so half of what is left then is
     * good for those who come right behind; what the hub queues itself meanwhile may exceed the limit anyway.
     */
    private int take(int wanted) {
        long now = System.nanoTime();
        if (credit < wanted || now - creditSince > CREDIT_NANOS) {
            long room = room();
            int given = (int) Math.max(0, Math.min(room, wanted));
            credit = (room - given) / 2;
            creditSince = now;
            entering += given;
            return given;
        }
        credit -= wanted;
        entering += wanted;
        return wanted;
    }

    /** A store that cannot count its tasks has no limit. */
    private long room() {
        StoreStats now = stats.get();
        long inStore = WAITING.stream()
                .mapToLong(status -> now.count(status).orElse(0))
                .sum();
        return limit - inStore - entering;
    }
}
