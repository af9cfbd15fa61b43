package io.victorhub.spi;

import java.time.Instant;
import java.util.Objects;

/**
 * A task was settled without an attempt: it was cancelled or expired while it waited, or all its attempts were lost with
 * their processes.
 *
 * @param taskId the task
 * @param type its type
 * @param reason why
 * @param message why, in words
 * @param attempts how many attempts it had had in this round
 * @param round which round it was: 1, and one more after each requeue
 * @param at when
 * @since 0.1
 */
public record Closed(
        String taskId, String type, Result.Reason reason, String message, int attempts, int round, Instant at)
        implements LogEntry {

    /** @throws IllegalArgumentException if id or type is malformed, or a count is less than it can be */
    public Closed {
        Names.requireId("task id", taskId);
        Names.requireName("task type", type);
        Objects.requireNonNull(reason, "reason");
        message = Names.whole(Objects.requireNonNull(message, "message"));
        Objects.requireNonNull(at, "at");
        if (attempts < 0 || round < 1) {
            throw new IllegalArgumentException("task " + taskId + " had " + attempts + " attempts in round " + round
                    + "; attempts count from 0, rounds from 1");
        }
    }
}
