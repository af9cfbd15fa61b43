package io.victorhub.spi.store;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of a lease: what becomes of the task, what the log says, and what shall be queued with it. One record. Immutable.
 *
 * @since 0.1
 */
public final class Settlement {

    private final Lease lease;
    private final Disposition disposition;
    private final Optional<LogEntry> entry;
    private final List<Submission> followUps;
    private final @Nullable Object prepared;

    /**
     * @param lease the lease that ends
     * @param disposition what becomes of the task; a retry or a release of a task that was cancelled meanwhile settles it as
     *     cancelled
     * @param entry what the log shall say; empty for a release of which there is nothing to say
     * @param followUps what shall be queued if, and only if, this is recorded; one with a known id is left out
     */
    public Settlement(Lease lease, Disposition disposition, Optional<LogEntry> entry, List<Submission> followUps) {
        this(
                Objects.requireNonNull(lease, "lease"),
                Objects.requireNonNull(disposition, "disposition"),
                Objects.requireNonNull(entry, "entry"),
                List.copyOf(followUps),
                null);
    }

    private Settlement(
            Lease lease,
            Disposition disposition,
            Optional<LogEntry> entry,
            List<Submission> followUps,
            @Nullable Object prepared) {
        this.lease = lease;
        this.disposition = disposition;
        this.entry = entry;
        this.followUps = followUps;
        this.prepared = prepared;
    }

    /** {@return a settlement with a log entry and no follow-ups} */
    public static Settlement of(Lease lease, Disposition disposition, LogEntry entry) {
        return new Settlement(lease, disposition, Optional.of(entry), List.of());
    }

    /** {@return a settlement of which the log says nothing} */
    public static Settlement silent(Lease lease, Disposition disposition) {
        return new Settlement(lease, disposition, Optional.empty(), List.of());
    }

    /** {@return the lease that ends} */
    public Lease lease() {
        return lease;
    }

    /** {@return what becomes of the task} */
    public Disposition disposition() {
        return disposition;
    }

    /** {@return what the log shall say; empty for a release of which there is nothing to say} */
    public Optional<LogEntry> entry() {
        return entry;
    }

    /** {@return what shall be queued with it} */
    public List<Submission> followUps() {
        return followUps;
    }

    /**
     * {@return the same with what a store made of it, see {@link TaskStore#prepare}} It counts for nothing in {@link #equals}.
     *
     * @param made of it, such as its encoded form; only the store that made it looks at it
     */
    public Settlement prepared(Object made) {
        return new Settlement(lease, disposition, entry, followUps, Objects.requireNonNull(made, "made"));
    }

    /** {@return what a store made of it beforehand, which need not be the store that is asked now; null for nothing} */
    public @Nullable Object prepared() {
        return prepared;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Settlement that
                && lease.equals(that.lease)
                && disposition.equals(that.disposition)
                && entry.equals(that.entry)
                && followUps.equals(that.followUps);
    }

    @Override
    public int hashCode() {
        return Objects.hash(lease, disposition);
    }

    @Override
    public String toString() {
        return "Settlement[" + lease + ", " + disposition + ", entry=" + entry + ", followUps=" + followUps + "]";
    }
}
