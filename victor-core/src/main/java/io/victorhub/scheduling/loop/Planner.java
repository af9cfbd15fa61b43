package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Dispatcher;
import io.victorhub.dispatch.Plan;
import io.victorhub.scheduling.guard.Budgets;
import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what is done with a lease: an attempt, or its end without one. */
final class Planner {

    /** How long a task waits that a thread could not be had for, or that something went wrong with. */
    static final Duration MISHAP_WAIT = Duration.ofSeconds(1);

    /** A person may grant more of a budget meanwhile, which is noticed after that long. */
    private static final Duration LONGEST_USED_UP_WAIT = Duration.ofMinutes(1);

    private static final int MOST_TRIES = 3;

    private static final Logger log = LoggerFactory.getLogger(Planner.class);
    private static final Duration SHORTEST_PINNED_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_PINNED_WAIT = Duration.ofMinutes(10);

    private final TaskStore tasks;
    private final Dispatcher dispatcher;
    private final LoopSettings settings;
    private final LoopEvents events;
    private final Dispositions dispositions;
    private final WaitingTypes waiting;
    private final Wishes wishes;
    private final Budgets budgets;

    Planner(
            TaskStore tasks,
            Dispatcher dispatcher,
            LoopSettings settings,
            LoopEvents events,
            Dispositions dispositions,
            WaitingTypes waiting,
            Wishes wishes,
            Budgets budgets) {
        this.tasks = tasks;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.events = events;
        this.dispositions = dispositions;
        this.waiting = waiting;
        this.wishes = wishes;
        this.budgets = budgets;
    }

    /**
     * Gives the place its attempt. Throws nothing, so that no lease is without an end.
     *
     * @return the end of the lease, if there is no attempt
     */
    @Nullable Settlement plan(Place place) {
        try {
            return tryPlan(place);
        } catch (RuntimeException | Error e) {
            log.error("task {} could not be handed over; it goes back to the queue", place.lease.taskId(), e);
            return dispositions.back(place.lease, MISHAP_WAIT);
        }
    }

    private @Nullable Settlement tryPlan(Place place) {
        Lease lease = place.lease;
        if (lease.attempt() > dispositions.maxAttempts(lease)) {
            return bury(lease, Reason.LOST, "all its attempts ended with the process that made them");
        }
        String type = lease.task().type();
        boolean hadRoom = dispatcher.room(type) > 0;
        Plan plan = planned(lease);
        for (int tries = 0; plan instanceof Plan.Run run; tries++) {
            if (budgets.mayCall(
                    place.spends, run.attempt().skill().name(), run.attempt().estimate())) {
                place.plan(run.attempt());
                return null;
            }
            run.attempt().discard(); // others have used up what was left; another skill may have some
            wishes.skillFree();
            plan = tries < MOST_TRIES ? planned(lease) : new Plan.UsedUp();
        }
        if (plan instanceof Plan.UsedUp) {
            return dispositions.back(lease, usedUpWait(type));
        } else if (plan instanceof Plan.NoSkill none) {
            return waitForSkill(lease, none);
        } else if (plan instanceof Plan.Impossible impossible) {
            return dispositions.after(lease, dispositions.without(lease, impossible.reason(), impossible.message()));
        }
        // without room, or with the last of it gone to another, the limits keep it back by themselves until there is
        // some
        boolean hasRoom = hadRoom && dispatcher.room(type) > 0;
        return dispositions.back(lease, hasRoom ? wishes.busy(type) : Duration.ZERO);
    }

    /** What is kept back by its type comes again when there is some left; what is not is put aside by itself. */
    private Duration usedUpWait(String type) {
        boolean keptBack = !budgets.allowAny() || budgets.usedUpTypes().contains(type) || dispatcher.room(type) == 0;
        return keptBack
                ? Duration.ZERO
                : Duration.ofMillis(Math.min(LONGEST_USED_UP_WAIT.toMillis(), budgets.millisUntilNext()));
    }

    private Plan planned(Lease lease) {
        try {
            return dispatcher.plan(lease);
        } catch (RuntimeException | Error e) {
            log.error("no attempt at task {} could be planned", lease.taskId(), e);
            return new Plan.Impossible(
                    Reason.RESOURCE,
                    "no attempt could be planned: " + e.getClass().getName());
        }
    }

    private Settlement waitForSkill(Lease lease, Plan.NoSkill none) {
        Optional<Duration> limit = settings.skillWait();
        if (limit.isPresent()) {
            Instant since = none.pinned() ? waitingSince(lease) : lease.readyAt();
            Duration waited = Duration.between(since, settings.clock().instant());
            if (waited.compareTo(limit.get()) >= 0) {
                return bury(lease, Reason.UNAVAILABLE, none.missing() + ", and it has waited for " + waited);
            }
        }
        String type = lease.task().type();
        if (none.pinned() && dispatcher.serves(type)) { // others of the type are leased, so it is put aside by itself
            if (waiting.addPinned(type, none.missing())) {
                log.warn("{}; task {} and others that are pinned to it wait", none.missing(), lease.taskId());
                events.waitingForSkill(type, none.missing());
            }
            return dispositions.back(lease, pinnedWait(lease));
        }
        if (waiting.add(type, none.missing())) {
            log.warn("{}; its tasks wait until one comes", none.missing());
            events.waitingForSkill(type, none.missing());
        }
        if (dispatcher.serves(type)) {
            waiting.served(dispatcher::serves); // one came between the plan and the note that there is none
        }
        return dispositions.back(lease, Duration.ZERO);
    }

    /** Each look is a record in the store: so it waits as long again as it has waited, within bounds. */
    private Duration pinnedWait(Lease lease) {
        Duration waited = Duration.between(waitingSince(lease), settings.clock().instant());
        Duration left = settings.skillWait().map(limit -> limit.minus(waited)).orElse(LONGEST_PINNED_WAIT);
        Duration wait = left.compareTo(waited) < 0 ? left : waited;
        return wait.compareTo(SHORTEST_PINNED_WAIT) < 0
                ? SHORTEST_PINNED_WAIT
                : wait.compareTo(LONGEST_PINNED_WAIT) > 0 ? LONGEST_PINNED_WAIT : wait;
    }

    /** Each time it is put aside, a pinned task's ready time moves; so its wait begins with what came before. */
    private Instant waitingSince(Lease lease) {
        Instant since = lease.submission().notBefore().orElse(Instant.MIN);
        TaskState state = tasks.find(lease.taskId()).orElse(null);
        if (state == null) {
            return lease.readyAt();
        }
        Instant last = state.last().map(Planner::ended).orElse(Instant.MIN);
        return latest(latest(since, state.submittedAt()), last);
    }

    private static Instant ended(LogEntry entry) {
        if (entry instanceof Execution execution) {
            return execution.retryAt().orElse(execution.startedAt());
        }
        return entry instanceof Closed closed ? closed.at() : Instant.MIN;
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private Settlement bury(Lease lease, Reason reason, String message) {
        return Settlement.of(
                lease,
                Disposition.dead(),
                new Closed(
                        lease.taskId(),
                        lease.task().type(),
                        reason,
                        message,
                        lease.attempt() - 1,
                        lease.round(),
                        settings.clock().instant()));
    }
}
