package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Attempt;
import io.victorhub.dispatch.Ended;
import io.victorhub.scheduling.RunningTask;
import io.victorhub.scheduling.loop.Running.Stop;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.Settlement;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs attempts in the threads that it is called in, watches them, and puts on record what came of them. */
final class Attempts {

    private static final Logger log = LoggerFactory.getLogger(Attempts.class);

    private final LoopSettings settings;
    private final Running running;
    private final Settler settler;
    private final Supervisor supervisor;
    private final Dispositions dispositions;
    private final LoopEvents events;
    private final Runnable placeFree;
    private final Runnable skillFree;
    private final ThreadLocal<Attempt> current = new ThreadLocal<>(); // what this very thread runs

    /**
     * @param placeFree called when a lease has ended, or a type may have room again
     * @param skillFree called when a skill has a place again
     */
    Attempts(
            LoopSettings settings,
            Running running,
            Settler settler,
            Supervisor supervisor,
            LoopEvents events,
            Runnable placeFree,
            Runnable skillFree) {
        this.settings = settings;
        this.running = running;
        this.settler = settler;
        this.supervisor = supervisor;
        this.dispositions = new Dispositions(settings);
        this.events = events;
        this.placeFree = placeFree;
        this.skillFree = skillFree;
    }

    Dispositions dispositions() {
        return dispositions;
    }

    /**
     * Calls the skill, and settles: no task stays with an attempt that is no more, whatever went wrong. Throws nothing,
     * and leaves the thread as interrupted as it was.
     */
    void run(Attempt attempt) {
        boolean interrupted = Thread.interrupted(); // neither the skill nor the store shall end by that
        try {
            tryCall(attempt).ifPresentOrElse(ended -> settle(attempt.lease(), ended), placeFree);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Optional<Ended> tryCall(Attempt attempt) {
        try {
            return call(attempt);
        } catch (RuntimeException | Error e) {
            Lease lease = attempt.lease();
            log.error("attempt {} at task {} broke", lease.attempt(), lease.taskId(), e);
            return Optional.of(dispositions.broken(lease, attempt.skill(), e));
        }
    }

    /** Calls the skill, and leaves it to the caller what becomes of it; empty if somebody else has said so already. */
    Optional<Ended> call(Attempt attempt) {
        Attempt outer = current.get();
        current.set(attempt);
        try (LogContext context = new LogContext(attempt)) {
            events.started(shown(attempt));
            Runnable unwatch = supervisor.watch(attempt);
            try {
                return attempt.run();
            } finally {
                unwatch.run();
            }
        } finally {
            attempt.discard(); // which it is not if it began
            if (outer == null) {
                current.remove();
            } else {
                current.set(outer);
            }
            skillFree.run();
        }
    }

    /** {@return whether this thread is running an attempt} */
    boolean isInside() {
        return current.get() != null;
    }

    /** An attempt was given up by somebody else than its thread. */
    void abandoned(Attempt attempt, Ended ended) {
        events.stuck(attempt.lease(), attempt.skill());
        skillFree.run();
        settle(attempt.lease(), ended);
    }

    void settle(Lease lease, Ended ended) {
        settle(dispositions.after(lease, ended));
        tellIfFatal(lease, ended);
    }

    void tellIfFatal(Lease lease, Ended ended) {
        VirtualMachineError fatal = ended.fatal();
        if (fatal != null) {
            ended.execution().skill().ifPresent(skill -> events.fatal(lease, skill, fatal));
        }
    }

    void settle(Settlement settlement) {
        settler.settle(settlement, (settled, outcome) -> {
            running.leave(settled.lease());
            settled.entry()
                    .filter(entry -> outcome == Outcome.RECORDED)
                    .ifPresent(entry -> events.settled(settled.lease(), settled.disposition(), entry));
            placeFree.run();
        });
    }

    /** Asks the attempt at a task to end, or the one that is about to begin. */
    void cancel(String taskId) {
        Stop stop = new Stop(Reason.CANCELLED, "it was cancelled");
        running.stop(taskId, stop).forEach(attempt -> supervisor.stop(attempt, stop.reason(), stop.why()));
    }

    /** Asks all attempts to end, and those that are about to begin. */
    void interruptAll() {
        Stop stop = new Stop(Reason.HUB_CLOSING, "the hub is closing");
        running.stopAll(stop).forEach(attempt -> attempt.cancel(stop.reason(), stop.why()));
    }

    /** Gives up all attempts, and gives back those that did not begin. */
    void abandonAll() {
        interruptAll();
        for (Attempt attempt : running.attempts()) {
            if (Running.isQueued(attempt.lease()) && attempt.discard()) {
                Instant now = settings.clock().instant();
                settle(Settlement.silent(attempt.lease(), Disposition.released(now)));
            } else {
                supervisor.giveUp(attempt);
            }
        }
    }

    List<RunningTask> running() {
        return running.attempts().stream()
                .filter(attempt -> attempt.startedAt().isPresent())
                .map(this::shown)
                .sorted(Comparator.comparing(RunningTask::since))
                .toList();
    }

    private RunningTask shown(Attempt attempt) {
        Progress progress = attempt.progress();
        Instant since = attempt.startedAt().orElseGet(settings.clock()::instant);
        return new RunningTask(
                attempt.lease().taskId(),
                attempt.lease().task().type(),
                attempt.skill(),
                attempt.lease().attempt(),
                since,
                progress.fraction(),
                progress.message());
    }
}
