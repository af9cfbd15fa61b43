package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Attempt;
import io.victorhub.dispatch.Ended;
import io.victorhub.scheduling.RunningTask;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.Settlement;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
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
    private final Set<String> cancelledBeforeStart = ConcurrentHashMap.newKeySet();
    private final ThreadLocal<Attempt> current = new ThreadLocal<>(); // what this very thread runs

    Attempts(
            LoopSettings settings,
            Running running,
            Settler settler,
            Supervisor supervisor,
            LoopEvents events,
            Runnable placeFree) {
        this.settings = settings;
        this.running = running;
        this.settler = settler;
        this.supervisor = supervisor;
        this.dispositions = new Dispositions(settings);
        this.events = events;
        this.placeFree = placeFree;
    }

    Dispositions dispositions() {
        return dispositions;
    }

    /** Calls the skill, and settles. No task stays with an attempt that is no more, whatever went wrong. */
    void run(Attempt attempt) {
        Optional<Ended> ended;
        try {
            ended = call(attempt, true);
        } catch (RuntimeException | Error e) {
            log.error(
                    "attempt {} at task {} broke",
                    attempt.lease().attempt(),
                    attempt.lease().taskId(),
                    e);
            attempt.discard();
            ended = Optional.of(dispositions.broken(attempt.lease(), attempt.skill(), e));
        }
        if (ended.isPresent()) {
            settle(attempt.lease(), ended.get());
        } else {
            placeFree.run(); // its thread was lost and has come back, so its skill may have room again
        }
    }

    /** Calls the skill, and leaves it to the caller what becomes of it. */
    Optional<Ended> call(Attempt attempt, boolean mayAbandon) {
        running.begin(attempt);
        if (cancelledBeforeStart.remove(attempt.lease().taskId())) {
            attempt.cancel(Reason.CANCELLED, "it was cancelled");
        }
        ScheduledFuture<?> watch = supervisor.watch(attempt, mayAbandon);
        Attempt outer = current.get();
        current.set(attempt);
        try (LogContext context = new LogContext(attempt)) {
            events.started(shown(attempt));
            return attempt.run();
        } finally {
            watch.cancel(false);
            if (outer == null) {
                current.remove();
            } else {
                current.set(outer);
            }
        }
    }

    /** {@return whether this thread is running an attempt} */
    boolean isInside() {
        return current.get() != null;
    }

    /** An attempt was given up by somebody else than its thread. */
    void abandoned(Attempt attempt, Ended ended) {
        events.stuck(attempt.lease(), attempt.skill());
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
        settler.settle(settlement, outcome -> {
            cancelledBeforeStart.remove(settlement.lease().taskId());
            running.leave(settlement.lease());
            LogEntry entry = settlement.entry().orElse(null);
            if (outcome == Outcome.RECORDED && entry != null) {
                events.settled(settlement.lease(), settlement.disposition(), entry);
            }
            placeFree.run();
        });
    }

    /** Asks the attempt at a task to end, or the one that is about to begin. */
    void cancel(String taskId) {
        cancelledBeforeStart.add(taskId);
        running.attempt(taskId).ifPresent(attempt -> {
            cancelledBeforeStart.remove(taskId);
            supervisor.stop(attempt, Reason.CANCELLED, "it was cancelled", true);
        });
    }

    List<RunningTask> running() {
        return running.attempts().stream()
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
