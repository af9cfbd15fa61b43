package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Attempt;
import io.victorhub.dispatch.Dispatcher;
import io.victorhub.dispatch.Ended;
import io.victorhub.dispatch.Plan;
import io.victorhub.scheduling.guard.Budgets;
import io.victorhub.scheduling.guard.UsedUpException;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Fence;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Runs tasks that are not queued, in the threads of their callers and within the limits. */
final class AtOnce {

    private static final long LONGEST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Store store;
    private final Dispatcher dispatcher;
    private final LoopSettings settings;
    private final Running running;
    private final Turn turn;
    private final Worker worker;
    private final Attempts attempts;
    private final Budgets budgets;
    private final Dispositions dispositions;
    private final LoopEvents events;
    private final Runnable placeFree;
    private final AtomicLong numbers = new AtomicLong();

    /** @param placeFree called when a place is given back */
    AtOnce(
            Store store,
            Dispatcher dispatcher,
            LoopSettings settings,
            Running running,
            Turn turn,
            Worker worker,
            Attempts attempts,
            Budgets budgets,
            LoopEvents events,
            Runnable placeFree) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.running = running;
        this.turn = turn;
        this.worker = worker;
        this.attempts = attempts;
        this.budgets = budgets;
        this.dispositions = new Dispositions(settings);
        this.events = events;
        this.placeFree = placeFree;
    }

    /** As {@link WorkLoop#runNow} says. */
    Execution run(Submission submission) throws InterruptedException {
        Fence fence = new Fence(Dispatcher.UNQUEUED, numbers.incrementAndGet());
        Lease lease = new Lease(submission, fence, 1, 1, settings.clock().instant(), Optional.empty());
        AtomicBoolean interrupted = new AtomicBoolean();
        boolean kept = false;
        Place place = worker.isInside() ? running.enter(lease) : awaitPlace(lease);
        try {
            Ended ended = run(place, interrupted);
            attempts.tellIfFatal(lease, ended);
            budgets.ending(place.spends, ended.execution());
            store.log().append(List.of(ended.execution()));
            kept = ended.execution().skill().isPresent();
            events.settled(lease, dispositions.after(lease, ended).disposition(), ended.execution());
            if (!ended.followUps().isEmpty()) {
                store.tasks().submit(ended.followUps());
            }
            return ended.execution();
        } finally {
            if (!kept) { // else the log tells of it
                budgets.forget(place.spends, lease.taskId());
            }
            running.leave(place);
            placeFree.run();
            if (interrupted.get()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Place awaitPlace(Lease lease) throws InterruptedException {
        while (true) {
            int seen = running.changes();
            Optional<Place> place = turn.tryEnter(lease);
            if (place.isPresent()) {
                return place.get();
            }
            running.awaitChange(seen, Long.MAX_VALUE);
        }
    }

    private Ended run(Place place, AtomicBoolean interrupted) throws InterruptedException {
        Lease lease = place.lease;
        try {
            place.spends = budgets.enter(lease);
        } catch (UsedUpException e) {
            return dispositions.without(lease, Reason.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
        while (true) {
            int seen = running.changes();
            Plan plan = dispatcher.plan(lease);
            if (plan instanceof Plan.Run run
                    && !budgets.mayCall(
                            place.spends,
                            run.attempt().skill().name(),
                            run.attempt().estimate())) {
                run.attempt().discard();
                plan = new Plan.UsedUp();
            }
            if (plan instanceof Plan.UsedUp) {
                return dispositions.without(
                        lease, Reason.UNAVAILABLE, "the budget of every skill that could do it is used up for now");
            } else if (plan instanceof Plan.Run run) {
                place.plan(run.attempt());
                Ended ended = call(place, run.attempt());
                interrupted.set(run.attempt().interruptedByOthers());
                return ended;
            } else if (plan instanceof Plan.NoSkill none) {
                return dispositions.without(lease, Reason.UNAVAILABLE, none.missing());
            } else if (plan instanceof Plan.Impossible impossible) {
                return dispositions.without(lease, impossible.reason(), impossible.message());
            } else if (worker.isInside()) {
                return dispositions.without(
                        lease,
                        Reason.UNAVAILABLE,
                        "every skill that could do it is busy, and a skill that calls the hub does not wait");
            }
            running.awaitChange(seen, LONGEST_LOOK_NANOS);
        }
    }

    private Ended call(Place place, Attempt attempt) {
        boolean before = worker.enter();
        try {
            return attempts.call(place, attempt).orElseThrow(); // nobody else may give it up
        } finally {
            worker.leave(before);
        }
    }
}
