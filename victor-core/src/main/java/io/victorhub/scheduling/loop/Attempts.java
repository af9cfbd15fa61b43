package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Attempt;
import io.victorhub.dispatch.Ended;
import io.victorhub.scheduling.RunningTask;
import io.victorhub.scheduling.loop.Place.Stop;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.Settlement;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The attempts under way: calls skills in the threads that it is called in, watches them, and ends them. */
final class Attempts {

    private final LoopSettings settings;
    private final Running running;
    private final Settler settler;
    private final Supervisor supervisor;
    private final Dispositions dispositions;
    private final LoopEvents events;
    private final Runnable skillFree;

    /** @param skillFree called when a skill has a place again */
    Attempts(
            LoopSettings settings,
            Running running,
            Settler settler,
            Supervisor supervisor,
            Dispositions dispositions,
            LoopEvents events,
            Runnable skillFree) {
        this.settings = settings;
        this.running = running;
        this.settler = settler;
        this.supervisor = supervisor;
        this.dispositions = dispositions;
        this.events = events;
        this.skillFree = skillFree;
    }

    /** Calls the skill, and leaves it to the caller what becomes of it; empty if somebody else has said so already. */
    Optional<Ended> call(Place place, Attempt attempt) {
        try (LogContext context = new LogContext(attempt)) {
            events.started(() -> shown(attempt));
            supervisor.watch(place, attempt);
            try {
                return attempt.run();
            } finally {
                supervisor.unwatch(place);
            }
        } finally {
            attempt.discard(); // which it is not if it began
            skillFree.run();
        }
    }

    /** An attempt was given up by somebody else than its thread. */
    void abandoned(Place place, Ended ended) {
        ended.execution().skill().ifPresent(skill -> events.stuck(place.lease, skill));
        skillFree.run();
        settler.settle(place, dispositions.after(place.lease, ended));
        tellIfFatal(place.lease, ended);
    }

    void tellIfFatal(Lease lease, Ended ended) {
        VirtualMachineError fatal = ended.fatal();
        if (fatal != null) {
            ended.execution().skill().ifPresent(skill -> events.fatal(lease, skill, fatal));
        }
    }

    /** Asks the attempt at a task to end, or the one that is about to begin. */
    void cancel(String taskId) {
        Stop stop = new Stop(Reason.CANCELLED, "it was cancelled");
        for (Place place : running.stop(taskId, stop)) {
            Attempt attempt = place.attempt();
            if (attempt != null) {
                supervisor.stop(place, attempt, stop.reason(), stop.why());
            }
        }
    }

    /** Asks all attempts to end, and those that are about to begin, and gives up what does not; they go back to the queue. */
    void stopAll(String why) {
        Stop stop = new Stop(Reason.HUB_CLOSING, why);
        for (Place place : running.stopAll(stop)) {
            Attempt attempt = place.attempt();
            if (attempt != null) {
                supervisor.stop(place, attempt, stop.reason(), stop.why());
            }
        }
    }

    /** Asks all attempts to end, and those that are about to begin. */
    void interruptAll() {
        Stop stop = new Stop(Reason.HUB_CLOSING, "the hub is closing");
        for (Place place : running.stopAll(stop)) {
            Attempt attempt = place.attempt();
            if (attempt != null) {
                attempt.cancel(stop.reason(), stop.why());
            }
        }
    }

    /** Gives up all attempts, and gives back those that did not begin. */
    void abandonAll() {
        interruptAll();
        for (Place place : running.places()) {
            Attempt attempt = place.attempt();
            if (attempt != null && place.isQueued() && attempt.discard()) {
                Instant now = settings.clock().instant();
                settler.settle(place, Settlement.silent(place.lease, Disposition.released(now)));
            } else if (attempt != null) {
                supervisor.giveUp(place, attempt);
            }
        }
    }

    List<RunningTask> running() {
        return running.places().stream()
                .map(Place::attempt)
                .filter(attempt -> attempt != null && attempt.startedAt().isPresent())
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
