package io.victorhub.spi.store;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The end of a lease: what becomes of the task, what the log says, and what shall be queued with it. One record.
 *
 * @param lease the lease that ends
 * @param disposition what becomes of the task; a retry or a release of a task that was cancelled meanwhile settles it as
 *     cancelled
 * @param entry what the log shall say; empty for a release of which there is nothing to say
 * @param followUps what shall be queued if, and only if, this is recorded; one with a known id is left out
 * @since 0.1
 */
public record Settlement(Lease lease, Disposition disposition, Optional<LogEntry> entry, List<Submission> followUps) {

    /** Copies the list. */
    public Settlement {
        Objects.requireNonNull(lease, "lease");
        Objects.requireNonNull(disposition, "disposition");
        Objects.requireNonNull(entry, "entry");
        followUps = List.copyOf(followUps);
    }

    /** {@return a settlement with a log entry and no follow-ups} */
    public static Settlement of(Lease lease, Disposition disposition, LogEntry entry) {
        return new Settlement(lease, disposition, Optional.of(entry), List.of());
    }

    /** {@return a settlement of which the log says nothing} */
    public static Settlement silent(Lease lease, Disposition disposition) {
        return new Settlement(lease, disposition, Optional.empty(), List.of());
    }
}
