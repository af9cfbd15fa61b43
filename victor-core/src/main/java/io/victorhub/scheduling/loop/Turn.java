package io.victorhub.scheduling.loop;

import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.TaskStore;
import io.victorhub.spi.store.Turnover;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts on record what ended and leases what comes next, within all limits. One thread at a time does it, for all that have
 * handed something in by then, so that no limit is used twice and a store that is slow is asked once for many.
 */
final class Turn {

    private static final int EXPIRE_AT_ONCE = 100;

    /** A turn takes microseconds in memory: so long it is cheaper to look again than to sleep and be woken. */
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 200 : 0;

    /** What becomes of leases that no thread waits for, and who looks for work when a turn could not. */
    interface Owner {
        /** Gets places whose tasks nobody runs yet. */
        void handOver(List<Place> places);

        /** There may be work that nobody has been asked for. */
        void look();
    }

    private final TaskStore tasks;
    private final Wishes wishes;
    private final Running running;
    private final BooleanSupplier leasing;
    private final boolean leasesForOthers;
    private final Owner owner;
    private final ReentrantLock lock = new ReentrantLock(); // from asking for room to taking it
    private final AtomicReference<@Nullable Handed> latest = new AtomicReference<>();
    private volatile boolean missed;

    /**
     * @param leasing whether workers go on by themselves
     * @param leasesForOthers whether any turn may lease for workers that wait, and not only for those that handed in
     */
    Turn(
            TaskStore tasks,
            Wishes wishes,
            Running running,
            BooleanSupplier leasing,
            boolean leasesForOthers,
            Owner owner) {
        this.tasks = tasks;
        this.wishes = wishes;
        this.running = running;
        this.leasing = leasing;
        this.leasesForOthers = leasesForOthers;
        this.owner = owner;
    }

    /** Settles what is overdue, whether or not anything may run; true if there was something. */
    boolean expire() {
        int expired = tasks.expire(EXPIRE_AT_ONCE);
        boolean any = expired > 0;
        while (expired == EXPIRE_AT_ONCE) {
            expired = tasks.expire(EXPIRE_AT_ONCE);
        }
        return any;
    }

    /**
     * {@return places of leases for all that may run now}
     *
     * @throws RuntimeException whatever the store threw
     */
    List<Place> lease() {
        lock.lock();
        try {
            int free = running.free();
            if (free == 0 || !wishes.allowAny()) {
                return List.of();
            }
            List<Place> places = places(tasks.lease(wishes.of(free, List.of())));
            running.turnOver(List.of(), places);
            wishes.turnedOver(List.of(), List.of(), List.of(), places);
            return places;
        } finally {
            unlock();
        }
    }

    /** Takes a place for a task that no store gave, if there is one within all limits. */
    Optional<Place> tryEnter(Lease lease) {
        lock.lock();
        try {
            return running.tryEnter(lease);
        } finally {
            unlock();
        }
    }

    /** Runs an action while nothing is between being leased and having its place. */
    void between(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            unlock();
        }
    }

    /** {@return whether the calling thread is in its turn} */
    boolean isMine() {
        return lock.isHeldByCurrentThread();
    }

    /**
     * There may be work, or it may be leased by now, says somebody who is not in a turn; {@return whether somebody should
     * look for it now} Else whoever gives a place back finds that something was missed.
     */
    boolean mayBeWork() {
        if (!missed) {
            missed = true;
        }
        return running.free() > 0 && wishes.allowAny();
    }

    /** {@return the settlement with what the store can do of it beforehand, in this thread and beside others} */
    Settlement prepared(Settlement settlement) {
        try {
            return tasks.prepare(settlement);
        } catch (RuntimeException | Error e) {
            return settlement; // if it cannot be settled either, it is found out then
        }
    }

    /** Waits until what is handed in was answered. Throws nothing: what went wrong is part of the answer. */
    void take(Handed mine) {
        handIn(mine);
        boolean interrupted = false;
        for (int spins = 0; !mine.isDone(); spins++) {
            if (!lock.hasQueuedThreads() && lock.tryLock()) { // who waits in line would be overtaken for ever
                serveAndUnlock();
            } else if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                mine.sleeps(true);
                if (!mine.isDone() && (lock.isLocked() || lock.hasQueuedThreads())) { // who unlocks it wakes this
                    LockSupport.park(this);
                }
                mine.sleeps(false);
                interrupted |= Thread.interrupted(); // it would keep this thread awake
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void handIn(Handed mine) {
        Handed below;
        do {
            below = latest.get();
            mine.below = below;
        } while (!latest.compareAndSet(below, mine));
    }

    private void serveAndUnlock() {
        Batch batch = new Batch(latest.getAndSet(null));
        Throwable broken = null;
        try {
            if (!batch.isEmpty()) {
                serve(batch);
            }
        } catch (RuntimeException | Error e) {
            broken = e;
        } finally {
            unlock();
        }
        batch.answer(broken);
        if (!batch.forOthers.isEmpty()) {
            owner.handOver(batch.forOthers);
        }
        if (batch.lookAgain) {
            owner.look();
        }
    }

    /** Whoever handed something in meanwhile may have gone to sleep. */
    private void unlock() {
        lock.unlock();
        Handed waiting = latest.get();
        if (waiting != null) {
            waiting.wake();
        }
    }

    private void serve(Batch batch) {
        missed = false; // first, so that whatever this turn does not see yet is missed
        wishes.ending(batch.settlements(), batch.leaving());
        int free = running.freeAfter(batch.leaving().size());
        boolean may = free > 0 && leasing.getAsBoolean() && wishes.allowAny();
        int max = !may ? 0 : leasesForOthers ? free : Math.min(free, batch.going());
        Turnover turnover;
        try {
            turnover = turnOver(batch, max);
        } catch (RuntimeException | Error e) {
            running.turnOver(batch.settleOneByOne(tasks, e, wishes::ended), List.of());
            batch.lookAgain = true;
            return;
        }
        batch.settled(turnover.outcomes());
        List<Place> places = List.of();
        try {
            places = places(turnover.leases());
            wishes.turnedOver(batch.settlements(), batch.leaving(), turnover.outcomes(), places);
            batch.leased(places);
            running.turnOver(batch.leaving(), places);
        } catch (RuntimeException | Error e) { // no memory: nobody will ever have these leases
            running.turnOver(batch.leaving(), List.of());
            wishes.takenBack(places);
            batch.takeBack(tasks, turnover.leases());
            throw e;
        }
        batch.lookAgain = may && turnover.leases().size() == max ? max < free : missed && running.free() > 0;
        turnover.trouble().ifPresent(batch::leasingFailed);
    }

    private Turnover turnOver(Batch batch, int max) {
        if (max > 0) {
            return tasks.turnOver(batch.settlements(), wishes.of(max, batch.leaving()));
        }
        List<Outcome> outcomes = batch.settlements().isEmpty() ? List.of() : tasks.settle(batch.settlements());
        return Turnover.of(outcomes, List.of());
    }

    private static List<Place> places(List<Lease> leases) {
        if (leases.size() == 1) {
            return List.of(new Place(leases.get(0)));
        }
        List<Place> places = new ArrayList<>(leases.size());
        for (Lease lease : leases) {
            places.add(new Place(lease));
        }
        return places;
    }
}
