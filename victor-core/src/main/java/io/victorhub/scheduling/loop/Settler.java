package io.victorhub.scheduling.loop;

import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.StorageException;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts settlements on record, and does not give up while the store is in trouble. */
final class Settler {

    private static final Logger log = LoggerFactory.getLogger(Settler.class);
    private static final long FIRST_WAIT_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 5_000;
    private static final long MISTAKEN_WAIT_MILLIS = 1_600;

    /** A settlement, the place that ends with it, and how long to wait before the next try; 0 before the first. */
    private record Work(Place place, Settlement settlement, long waitMillis) {
        Work later() {
            return new Work(
                    place, settlement, Math.min(Math.max(FIRST_WAIT_MILLIS, waitMillis * 2), LONGEST_WAIT_MILLIS));
        }

        Work instead(Settlement other) {
            return new Work(place, other, waitMillis);
        }
    }

    private final Turn turn;
    private final Running running;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;
    private final LoopEvents events;
    private final Runnable placeFree;
    private final Probe probe;
    private final AtomicBoolean inTrouble = new AtomicBoolean();
    private final AtomicBoolean probing = new AtomicBoolean(); // one at a time
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean givingUp;

    /** @param placeFree called when a place is given back by other ways than a turn */
    Settler(
            Turn turn,
            Running running,
            StateStore state,
            InstantSource clock,
            ScheduledExecutorService timer,
            LoopEvents events,
            Runnable placeFree) {
        this.turn = turn;
        this.running = running;
        this.clock = clock;
        this.timer = timer;
        this.probe = new Probe(state);
        this.events = events;
        this.placeFree = placeFree;
    }

    /** Settles, now or as soon as the store can, and gives the place back. Throws nothing. */
    void settle(Place place, Settlement settlement) {
        var unused = settle(place, settlement, false);
    }

    /**
     * The same for a thread that wants to go on.
     *
     * @return where it goes on; null if there is nothing to do, or it may not
     */
    @Nullable Place settle(Place place, Settlement settlement, boolean goesOn) {
        Handed handed = Handed.settling(place, turn.prepared(settlement), goesOn);
        turn.take(handed);
        Outcome outcome = handed.outcome();
        if (outcome == null) {
            failed(new Work(place, settlement, 0), handed.failure());
        } else {
            ended(settlement, outcome);
            well();
        }
        return handed.next();
    }

    /** The hub is closing: what cannot be recorded now is left for the next start, which runs the task again. */
    void giveUp() {
        givingUp = true;
    }

    boolean isGivingUp() {
        return givingUp;
    }

    boolean inTrouble() {
        return inTrouble.get();
    }

    /** The store kept nothing. */
    void trouble(StorageException e) {
        if (inTrouble.compareAndSet(false, true)) {
            events.storageTrouble(e);
            probeIn(FIRST_WAIT_MILLIS);
        }
    }

    /** The store answered; but it is not well while a settlement waits for it. */
    void well() {
        if (inTrouble.get() && waiting.get() == 0 && inTrouble.compareAndSet(true, false)) {
            events.storageWell();
        }
    }

    /** A host that heeds the trouble hands in nothing, and nothing may be running: then only this ends it. */
    private void probeIn(long waitMillis) {
        if (!probing.compareAndSet(false, true)) {
            return;
        }
        try {
            var unused = timer.schedule(
                    () -> probe(Math.min(waitMillis * 2, LONGEST_WAIT_MILLIS)), waitMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("the hub is closing while its store is in trouble", e);
        }
    }

    private void probe(long nextWaitMillis) {
        probing.set(false);
        if (!inTrouble.get() || givingUp) {
            return;
        }
        if (probe.succeeds()) {
            well();
        } else {
            probeIn(nextWaitMillis);
        }
    }

    private void settle(Work work) {
        Handed handed = Handed.settling(work.place(), work.settlement(), false);
        turn.take(handed);
        Outcome outcome = handed.outcome();
        if (outcome == null) {
            failed(work, handed.failure());
        } else {
            ended(work.settlement(), outcome);
            waiting.decrementAndGet();
            well();
        }
    }

    private void failed(Work work, @Nullable Throwable e) {
        if (e instanceof StorageException) {
            again(work, e);
        } else { // the store's own mistake, or no memory for the moment
            notKept(work, e == null ? new IllegalStateException("nobody knows why") : e);
        }
    }

    private void ended(Settlement settlement, Outcome outcome) {
        if (outcome != Outcome.RECORDED) {
            log.warn(
                    "the result of attempt {} at task {} came too late ({}) and is dropped; its lease had ended",
                    settlement.lease().attempt(),
                    settlement.lease().taskId(),
                    outcome);
        } else if (settlement.entry().isPresent()) {
            events.settled(
                    settlement.lease(),
                    settlement.disposition(),
                    settlement.entry().get());
            if (!settlement.followUps().isEmpty()) {
                events.followedUp(settlement.followUps());
            }
        }
    }

    /** It is not on record, and will not be now. */
    private void leave(Work work) {
        if (work.waitMillis() > 0) {
            waiting.decrementAndGet();
        }
        running.leave(work.place());
        placeFree.run();
    }

    private void again(Work work, Throwable e) {
        if (work.waitMillis() == 0) {
            waiting.incrementAndGet();
        }
        if (e instanceof StorageException trouble) {
            trouble(trouble);
        }
        Work later = work.later();
        try {
            if (!givingUp) {
                var unused = timer.schedule(() -> settle(later), later.waitMillis(), TimeUnit.MILLISECONDS);
                return;
            }
        } catch (RejectedExecutionException closed) {
            log.debug("the timer is closed", closed);
        }
        log.warn(
                "the result of attempt {} at task {} could not be kept; it runs again after the next start",
                work.settlement().lease().attempt(),
                work.settlement().lease().taskId(),
                e);
        leave(later);
    }

    /** What fails again and again in the same way must not hold its place for ever, nor its task for a result. */
    private void notKept(Work work, Throwable t) {
        Lease lease = work.settlement().lease();
        if (work.waitMillis() < MISTAKEN_WAIT_MILLIS || t instanceof OutOfMemoryError) {
            again(work, t);
            return;
        }
        if (work.settlement().entry().filter(Execution.class::isInstance).isEmpty()) { // there is no simpler one
            log.error(
                    "the store cannot take the end of attempt {} at task {}; the task stays as it is until the next start",
                    lease.attempt(),
                    lease.taskId(),
                    t);
            leave(work);
            return;
        }
        log.error("the store cannot take the result of attempt {} at task {}", lease.attempt(), lease.taskId(), t);
        Settlement dead = Settlement.of(
                lease,
                Disposition.dead(),
                new Closed(
                        lease.taskId(),
                        lease.task().type(),
                        Reason.RESOURCE,
                        "its result cannot be kept: " + t.getClass().getName(),
                        lease.attempt(),
                        lease.round(),
                        clock.instant()));
        settle(work.instead(dead));
    }
}
