package io.victorhub.spi.store;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A task as the store sees it at one moment.
 *
 * @param id its id
 * @param type its type
 * @param status where it stands
 * @param attempts how many leases of this round counted so far
 * @param round which round: 1, and one more after each requeue
 * @param submittedAt when it was submitted
 * @param readyAt since when it can start, or when it may
 * @param settledAt when it was settled
 * @param cancelRequested whether somebody cancelled it while it ran
 * @param progress what its skill told last
 * @param submission the task and how it was queued; empty where the store no longer keeps it
 * @param last the latest log entry of an attempt at it, or of its closing; empty before the first, and where the store
 *     no longer keeps it
 * @since 0.1
 */
public record TaskState(
        String id,
        String type,
        TaskStatus status,
        int attempts,
        int round,
        Instant submittedAt,
        Instant readyAt,
        Optional<Instant> settledAt,
        boolean cancelRequested,
        Optional<Progress> progress,
        Optional<Submission> submission,
        Optional<LogEntry> last) {

    /** Checks that nothing is missing. */
    public TaskState {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(submittedAt, "submittedAt");
        Objects.requireNonNull(readyAt, "readyAt");
        Objects.requireNonNull(settledAt, "settledAt");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(submission, "submission");
        Objects.requireNonNull(last, "last");
    }
}
