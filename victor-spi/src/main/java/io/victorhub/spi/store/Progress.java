package io.victorhub.spi.store;

import java.time.Instant;
import java.util.Objects;

/**
 * How far a running task is.
 *
 * @param taskId the task
 * @param fence the lease under which it runs
 * @param fraction of the work that is done, 0 to 1
 * @param message what is being done; may be empty
 * @param at when it was told
 * @since 0.1
 */
public record Progress(String taskId, Fence fence, double fraction, String message, Instant at) {

    /** @throws IllegalArgumentException if the fraction is not 0..1 */
    public Progress {
        Objects.requireNonNull(taskId, "taskId");
        Objects.requireNonNull(fence, "fence");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(at, "at");
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("progress of task " + taskId + " is " + fraction + "; it must be 0..1");
        }
    }
}
