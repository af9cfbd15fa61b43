package io.victorhub;

import io.victorhub.registry.SkillProblem;
import io.victorhub.scheduling.BatchStatus;
import io.victorhub.scheduling.InboxReport;
import io.victorhub.scheduling.Pause;
import io.victorhub.spi.Execution;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that happened in a hub, as {@link Hub#events()} tells it. Small, so that many can wait for a slow subscriber: what a
 * task carries and what came of it are had from {@link Hub#task}.
 *
 * @since 0.1
 */
public sealed interface HubEvent {

    /** {@return when it was told, by the hub's clock} */
    Instant at();

    /** An event about one task. */
    sealed interface OfTask extends HubEvent {
        /** {@return the task} */
        String taskId();

        /** {@return its type} */
        String type();
    }

    /** A task was queued, by the host, the inbox, a skill, or the hub itself. */
    record TaskSubmitted(Instant at, String taskId, String type) implements OfTask {}

    /** A skill begins an attempt. */
    record AttemptStarted(Instant at, String taskId, String type, SkillRef skill, int attempt) implements OfTask {}

    /**
     * An attempt has ended and is on record.
     *
     * @param at when it was told
     * @param taskId the task
     * @param type its type
     * @param skill who did it; empty where it ended before anybody was chosen
     * @param attempt which attempt it was, from 1
     * @param round which round: 1, and one more after each requeue
     * @param status how it ended
     * @param trouble why it failed
     * @param duration how long it took
     * @param retryAt when the next attempt may start; empty if there is none
     */
    record AttemptEnded(
            Instant at,
            String taskId,
            String type,
            Optional<SkillRef> skill,
            int attempt,
            int round,
            Execution.Status status,
            Optional<Execution.Trouble> trouble,
            Duration duration,
            Optional<Instant> retryAt)
            implements OfTask {}

    /** A task is done, cancelled or expired. */
    record TaskSettled(Instant at, String taskId, String type, TaskStatus status) implements OfTask {}

    /**
     * A task has become a dead letter.
     *
     * @param at when it was told
     * @param taskId the task
     * @param type its type
     * @param why what the last attempt failed of, in words
     */
    record TaskDied(Instant at, String taskId, String type, String why) implements OfTask {}

    /** Tasks of a type wait because nobody serves it; told once until somebody does. */
    record WaitingForSkill(Instant at, String type, String missing) implements HubEvent {}

    /** A skill ignored its interruption: the attempt was given up, and its thread is lost. */
    record SkillStuck(Instant at, String taskId, SkillRef skill) implements HubEvent {}

    /** A skill, or a jar that should hold one, is kept out. */
    record SkillRefused(Instant at, SkillProblem problem) implements HubEvent {}

    /** Skills came, went, or were enabled or disabled. */
    record SkillsChanged(Instant at) implements HubEvent {}

    /** A run of a recurring task was submitted, which was due at {@code due}. */
    record RecurringRan(Instant at, String name, Instant due, Submitted run) implements HubEvent {}

    /** A batch is over. */
    record BatchEnded(Instant at, BatchStatus batch) implements HubEvent {}

    /** A file of the inbox was taken in. */
    record InboxRead(Instant at, InboxReport report) implements HubEvent {}

    /** Something was paused or resumed; {@code now} is what is paused since. */
    record PausesChanged(Instant at, List<Pause> now) implements HubEvent {
        /** Copies the list. */
        public PausesChanged {
            now = List.copyOf(now);
        }
    }

    /** The store keeps nothing now; told once until it does again. */
    record StorageTrouble(Instant at, String message) implements HubEvent {}

    /** The store keeps things again. */
    record StorageRecovered(Instant at) implements HubEvent {}

    /** The hub as a whole does something else now. */
    record StatusChanged(Instant at, HubStatus before, HubStatus now) implements HubEvent {}

    /**
     * Somebody should look at once.
     *
     * @param at when it was told
     * @param code what it is about, such as {@code fatal-error}; stable
     * @param sentence what happened, and what to do
     */
    record Alarm(Instant at, String code, String sentence) implements HubEvent {
        /** Checks that nothing is missing. */
        public Alarm {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(sentence, "sentence");
        }
    }

    /** The subscriber was too slow: so many events that came before the next one are lost to it. */
    record EventsLost(Instant at, long number) implements HubEvent {}
}
