package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Attempt;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.StorageException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings leased tasks to threads, and idle threads to tasks. Called without locks: an executor may run things at once. */
final class HandOver {

    private static final Logger log = LoggerFactory.getLogger(HandOver.class);

    private final Workers workers;
    private final Turn turn;
    private final Planner planner;
    private final Worker worker;
    private final Wishes wishes;
    private final Dispositions dispositions;
    private final Settler settler;
    private final LoopEvents events;
    private final Runnable lookLater;
    private final AtomicBoolean seeking = new AtomicBoolean(); // a thread was asked to look, and has not begun to

    /** @param lookLater called when a look for work failed, which should be tried again in a while */
    HandOver(
            Workers workers,
            Turn turn,
            Planner planner,
            Worker worker,
            Wishes wishes,
            Dispositions dispositions,
            Settler settler,
            LoopEvents events,
            Runnable lookLater) {
        this.workers = workers;
        this.turn = turn;
        this.planner = planner;
        this.worker = worker;
        this.wishes = wishes;
        this.dispositions = dispositions;
        this.settler = settler;
        this.events = events;
        this.lookLater = lookLater;
    }

    /** Plans in this thread; {@return whether a worker has the task} Throws nothing, so that others get their turn. */
    boolean handOver(Place place) {
        Settlement end = planner.plan(place);
        Attempt attempt = place.attempt();
        if (end != null) {
            settler.settle(place, end);
        }
        return end == null && attempt != null && execute(place, attempt);
    }

    private boolean execute(Place place, Attempt attempt) {
        Thread caller = Thread.currentThread();
        try {
            workers.threads().execute(() -> worker.run(place, workers.own() || Thread.currentThread() != caller));
            return true;
        } catch (RuntimeException | Error e) { // it is closed, or there is no thread to be had
            if (!attempt.discard()) {
                log.error("the executor threw after it had run task {}", place.lease.taskId(), e);
                return true;
            }
            wishes.skillFree();
            giveBack(place, e);
            return false;
        }
    }

    /** Gives the task to a thread of the hub's own, which plans it. Throws nothing. */
    void start(Place place) {
        try {
            workers.threads().execute(() -> worker.run(place, true));
        } catch (RuntimeException | Error e) {
            giveBack(place, e);
        }
    }

    private void giveBack(Place place, Throwable e) {
        log.warn("the executor takes no more work; task {} goes back to the queue", place.lease.taskId(), e);
        settler.settle(place, dispositions.back(place.lease, Planner.MISHAP_WAIT));
    }

    /** Lets an idle thread of the hub's own look for work. Throws nothing. */
    void seek() {
        if (!seeking.compareAndSet(false, true)) {
            return;
        }
        try {
            workers.threads().execute(this::seekNow);
        } catch (RuntimeException | Error e) {
            seeking.set(false);
            log.debug("no thread can look for work; tried again in a while", e);
            lookLater.run();
        }
    }

    private void seekNow() {
        seeking.set(false); // from here on whoever brings work asks for another look
        Place found = null;
        try {
            found = find();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
        if (found != null) {
            worker.run(found, true);
        }
    }

    private @Nullable Place find() {
        boolean kept = turn.expire();
        Handed looking = Handed.looking();
        turn.take(looking);
        Throwable failure = looking.failure();
        if (failure != null) {
            failed(failure);
        } else if (kept || looking.next() != null) { // a look that found nothing to do says nothing about the store
            settler.well();
        }
        if (kept) {
            events.turned();
        }
        return looking.next();
    }

    private void failed(Throwable e) {
        if (e instanceof StorageException trouble) {
            settler.trouble(trouble);
        } else {
            log.error("a look for work failed; the next one follows in a second", e);
        }
        lookLater.run();
    }
}
