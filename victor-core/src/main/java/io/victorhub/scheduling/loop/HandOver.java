package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Attempt;
import io.victorhub.dispatch.Dispatcher;
import io.victorhub.dispatch.Plan;
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
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a leased task to a worker, or back to the queue. Called without locks: an executor may run it at once. */
final class HandOver {

    private static final Logger log = LoggerFactory.getLogger(HandOver.class);
    private static final Duration SHORTEST_PINNED_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_PINNED_WAIT = Duration.ofMinutes(10);
    private static final Duration REJECTED_WAIT = Duration.ofSeconds(1);

    private final TaskStore tasks;
    private final Dispatcher dispatcher;
    private final LoopSettings settings;
    private final Executor workers;
    private final LoopEvents events;
    private final Running running;
    private final WaitingTypes waiting;
    private final Turn turn;
    private final Attempts attempts;

    HandOver(
            TaskStore tasks,
            Dispatcher dispatcher,
            LoopSettings settings,
            Executor workers,
            LoopEvents events,
            Running running,
            WaitingTypes waiting,
            Turn turn,
            Attempts attempts) {
        this.tasks = tasks;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.workers = workers;
        this.events = events;
        this.running = running;
        this.waiting = waiting;
        this.turn = turn;
        this.attempts = attempts;
    }

    /** {@return whether a worker has it} Throws nothing, so that the leases behind it get their turn. */
    boolean handOver(Lease lease) {
        try {
            return tryHandOver(lease);
        } catch (RuntimeException | Error e) {
            log.error("task {} could not be handed over; it goes back to the queue", lease.taskId(), e);
            giveBack(lease, REJECTED_WAIT);
            return false;
        }
    }

    private boolean tryHandOver(Lease lease) {
        if (lease.attempt() > attempts.dispositions().maxAttempts(lease)) {
            bury(lease, Reason.LOST, "all its attempts ended with the process that made them");
            return false;
        }
        boolean roomBefore = dispatcher.room(lease.task().type()) > 0;
        Plan plan = plan(lease);
        if (plan instanceof Plan.Run run) {
            return execute(lease, run.attempt());
        } else if (plan instanceof Plan.NoSkill none) {
            waitForSkill(lease, none);
        } else if (plan instanceof Plan.Impossible impossible) {
            attempts.settle(lease, attempts.dispositions().without(lease, impossible.reason(), impossible.message()));
        } else {
            // without room the limits keep it back by themselves, until there is some
            giveBack(lease, roomBefore ? turn.busy(lease.task().type()) : Duration.ZERO);
        }
        return false;
    }

    private Plan plan(Lease lease) {
        try {
            return dispatcher.plan(lease);
        } catch (RuntimeException | Error e) {
            log.error("no attempt at task {} could be planned", lease.taskId(), e);
            return new Plan.Impossible(
                    Reason.RESOURCE,
                    "no attempt could be planned: " + e.getClass().getName());
        }
    }

    private boolean execute(Lease lease, Attempt attempt) {
        running.plan(attempt);
        try {
            workers.execute(() -> attempts.run(attempt));
            return true;
        } catch (RuntimeException | Error e) { // it is closed, or there is no thread to be had
            if (!attempt.discard()) {
                log.error("the executor threw after it had run task {}", lease.taskId(), e);
                return true;
            }
            turn.skillFree();
            log.warn("the executor takes no more work; task {} goes back to the queue", lease.taskId(), e);
            giveBack(lease, REJECTED_WAIT);
            return false;
        }
    }

    private void waitForSkill(Lease lease, Plan.NoSkill none) {
        Optional<Duration> limit = settings.skillWait();
        if (limit.isPresent()) {
            Instant since = none.pinned() ? waitingSince(lease) : lease.readyAt();
            Duration waited = Duration.between(since, settings.clock().instant());
            if (waited.compareTo(limit.get()) >= 0) {
                bury(lease, Reason.UNAVAILABLE, none.missing() + ", and it has waited for " + waited);
                return;
            }
        }
        String type = lease.task().type();
        if (none.pinned()) {
            if (waiting.addPinned(type, none.missing())) {
                log.warn("{}; task {} and others that are pinned to it wait", none.missing(), lease.taskId());
                events.waitingForSkill(type, none.missing());
            }
            giveBack(lease, pinnedWait(lease));
            return;
        }
        if (waiting.add(type, none.missing())) {
            log.warn("{}; its tasks wait until one comes", none.missing());
            events.waitingForSkill(type, none.missing());
        }
        giveBack(lease, Duration.ZERO);
        if (dispatcher.serves(type)) {
            waiting.lookAgain(dispatcher::serves); // one came between the plan and the note that there is none
        }
    }

    /** Each look is a record in the store: so the longer it has waited, the longer until the next. */
    private Duration pinnedWait(Lease lease) {
        Duration waited = Duration.between(waitingSince(lease), settings.clock().instant());
        Duration left = settings.skillWait().map(limit -> limit.minus(waited)).orElse(LONGEST_PINNED_WAIT);
        Duration half = left.compareTo(waited.dividedBy(2)) < 0 ? left : waited.dividedBy(2);
        return half.compareTo(SHORTEST_PINNED_WAIT) < 0
                ? SHORTEST_PINNED_WAIT
                : half.compareTo(LONGEST_PINNED_WAIT) > 0 ? LONGEST_PINNED_WAIT : half;
    }

    /** Each time it is put aside, a pinned task's ready time moves; so its wait begins with what came before. */
    private Instant waitingSince(Lease lease) {
        Instant since = lease.submission().notBefore().orElse(Instant.MIN);
        TaskState state = tasks.find(lease.taskId()).orElse(null);
        if (state == null) {
            return lease.readyAt();
        }
        Instant last = state.last().map(HandOver::ended).orElse(Instant.MIN);
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

    private void giveBack(Lease lease, Duration wait) {
        Instant at = settings.clock().instant().plus(wait);
        attempts.settle(Settlement.silent(lease, Disposition.released(at)));
    }

    private void bury(Lease lease, Reason reason, String message) {
        attempts.settle(Settlement.of(
                lease,
                Disposition.dead(),
                new Closed(
                        lease.taskId(),
                        lease.task().type(),
                        reason,
                        message,
                        lease.attempt() - 1,
                        lease.round(),
                        settings.clock().instant())));
    }
}
