package io.victorhub.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An execution that another system had recorded, such as {@code patterns.json}. It counts in totals; without
 * type or skill it is never used for routing.
 *
 * @param taskId the task's id there
 * @param status how it ended
 * @param duration how long it took
 * @param type the task type, where known
 * @param skill the name of the skill, where known
 * @param at when it ended
 * @since 0.1
 */
public record Imported(
        String taskId,
        Execution.Status status,
        Duration duration,
        Optional<String> type,
        Optional<String> skill,
        Instant at)
        implements LogEntry {

    /** @throws IllegalArgumentException if the duration is negative or a name is malformed */
    public Imported {
        Names.requireId("task id", taskId);
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(at, "at");
        type.ifPresent(name -> Names.requireName("task type", name));
        skill.ifPresent(name -> Names.requireName("skill", name));
        if (duration.isNegative()) {
            throw new IllegalArgumentException(
                    "duration of task " + taskId + " is " + duration + "; it must not be negative");
        }
    }
}
