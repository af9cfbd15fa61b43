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

    /** Checks that nothing is missing. */
    public Closed {
        Names.requireId("task id", taskId);
        Names.requireName("task type", type);
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(at, "at");
    }
}
