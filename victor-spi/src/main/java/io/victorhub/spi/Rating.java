package io.victorhub.spi;

import java.time.Instant;
import java.util.Objects;

/**
 * Somebody said, after the fact, how good the output of a task was.
 *
 * @param taskId the task
 * @param quality 0 to 1
 * @param by who said so
 * @param at when
 * @since 0.1
 */
public record Rating(String taskId, double quality, String by, Instant at) implements LogEntry {

    /** @throws IllegalArgumentException if the quality is not 0..1 */
    public Rating {
        Names.requireId("task id", taskId);
        by = Names.whole(Objects.requireNonNull(by, "by"));
        Objects.requireNonNull(at, "at");
        if (!(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException("quality of task " + taskId + " is " + quality + "; it must be 0..1");
        }
    }
}
