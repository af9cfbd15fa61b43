package io.victorhub.spi.store;

import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The right to carry out a task, until it is settled or the lease runs out.
 *
 * @param submission the task and how it was queued
 * @param fence which lease it is
 * @param attempt which attempt this is, from 1; leases that were released do not count
 * @param round which round: 1, and one more after each requeue
 * @param readyAt since when the task could have started
 * @param expiresAt when it runs out, in stores whose leases do
 * @since 0.1
 */
public record Lease(
        Submission submission, Fence fence, int attempt, int round, Instant readyAt, Optional<Instant> expiresAt) {

    /** Checks that nothing is missing. */
    public Lease {
        Objects.requireNonNull(submission, "submission");
        Objects.requireNonNull(fence, "fence");
        Objects.requireNonNull(readyAt, "readyAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** {@return what is to be done} */
    public Task task() {
        return submission.task();
    }

    /** {@return the task's id} */
    public String taskId() {
        return submission.task().id();
    }
}
