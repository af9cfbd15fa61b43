package io.victorhub.scheduling.loop;

import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Store;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts settlements on record, and does not give up while the store is in trouble. */
final class Settler {

    private static final Logger log = LoggerFactory.getLogger(Settler.class);
    private static final long FIRST_WAIT_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 5_000;
    private static final long MISTAKEN_WAIT_MILLIS = 1_600;

    private final Store store;
    private final ScheduledExecutorService timer;
    private final LoopEvents events;
    private final Probe probe;
    private final AtomicBoolean inTrouble = new AtomicBoolean();
    private final AtomicBoolean probing = new AtomicBoolean(); // one at a time
    private volatile boolean givingUp;

    Settler(Store store, ScheduledExecutorService timer, LoopEvents events) {
        this.store = store;
        this.timer = timer;
        this.probe = new Probe(store.state());
        this.events = events;
    }

    /** Settles, now or as soon as the store can; then calls {@code settled}, whatever the outcome. */
    void settle(Settlement settlement, Consumer<Outcome> settled) {
        settle(settlement, settled, FIRST_WAIT_MILLIS);
    }

    /** The hub is closing: what cannot be recorded now is left for the next start, which runs the task again. */
    void giveUp() {
        givingUp = true;
    }

    boolean inTrouble() {
        return inTrouble.get();
    }

    /** Somebody else met trouble with the store. */
    void trouble(StorageException e) {
        if (inTrouble.compareAndSet(false, true)) {
            events.storageTrouble(e);
            probeIn(FIRST_WAIT_MILLIS);
        }
    }

    /** Somebody else saw the store keep something. */
    void well() {
        if (inTrouble.get() && inTrouble.compareAndSet(true, false)) {
            events.storageWell();
        }
    }

    /** A host that heeds the trouble hands in nothing, and nothing may be running: then only this ends it. */
    private void probeIn(long waitMillis) {
        if (!probing.compareAndSet(false, true)) {
            return;
        }
        try {
            timer.schedule(
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

    private void settle(Settlement settlement, Consumer<Outcome> settled, long waitMillis) {
        Outcome outcome;
        try {
            outcome = store.tasks().settle(List.of(settlement)).get(0);
        } catch (StorageException e) {
            trouble(e);
            again(settlement, settled, waitMillis, e);
            return;
        } catch (RuntimeException | Error e) { // the store's own mistake, or no memory for the moment
            notKept(settlement, settled, waitMillis, e);
            return;
        }
        well();
        if (outcome != Outcome.RECORDED) {
            log.warn(
                    "the result of attempt {} at task {} came too late ({}) and is dropped; its lease had ended",
                    settlement.lease().attempt(),
                    settlement.lease().taskId(),
                    outcome);
        }
        settled.accept(outcome);
    }

    /** What fails again and again in the same way must not hold its place for ever. */
    private void notKept(Settlement settlement, Consumer<Outcome> settled, long waitMillis, Throwable e) {
        if (waitMillis < MISTAKEN_WAIT_MILLIS) {
            again(settlement, settled, waitMillis, e);
            return;
        }
        log.error(
                "the store cannot take the result of attempt {} at task {}; the task stays as it is until the next start",
                settlement.lease().attempt(),
                settlement.lease().taskId(),
                e);
        settled.accept(Outcome.UNKNOWN);
    }

    private void again(Settlement settlement, Consumer<Outcome> settled, long waitMillis, Throwable e) {
        if (givingUp || timer.isShutdown()) {
            log.warn(
                    "the result of attempt {} at task {} could not be kept; it runs again after the next start",
                    settlement.lease().attempt(),
                    settlement.lease().taskId(),
                    e);
            settled.accept(Outcome.UNKNOWN);
            return;
        }
        long next = Math.min(waitMillis * 2, LONGEST_WAIT_MILLIS);
        timer.schedule(() -> settle(settlement, settled, next), waitMillis, TimeUnit.MILLISECONDS);
    }
}
