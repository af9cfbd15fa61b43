package io.victorhub.journal;

import io.victorhub.spi.store.StorageException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records on their way to the disk; {@link Journal#await} tells when they are there. */
public final class Ticket {

    final Force force;
    final boolean useReserve;
    private final int[] ends;
    private final int count;
    private final int bytes;

    // of whoever writes
    private @Nullable Lines lines; // until they are written
    private int segment;
    private int offset;

    // guarded by the lock of Groups
    @Nullable Ticket next;

    boolean chosen;

    /** Who waits for it. */
    volatile @Nullable Thread waiter;

    private @Nullable StorageException failure; // told by done
    private volatile boolean done;

    Ticket(Lines lines, Force force, boolean useReserve) {
        this.lines = lines;
        this.ends = lines.ends();
        this.count = lines.count();
        this.bytes = lines.bytes();
        this.force = force;
        this.useReserve = useReserve;
    }

    /** {@return how many records there are} */
    public int count() {
        return count;
    }

    /** {@return where a record is; only after they were written} */
    public Place place(int record) {
        Objects.checkIndex(record, count);
        return new Place(segment, offset(record), ends[record] - start(record));
    }

    /** {@return the number of the segment that a record is in; only after they were written} */
    public int segment(int record) {
        return segment;
    }

    /** {@return where in its segment a record begins; only after they were written} */
    public int offset(int record) {
        return offset + start(record);
    }

    int bytes() {
        return bytes;
    }

    Lines lines() {
        return Objects.requireNonNull(lines, "lines are there until they are written");
    }

    void writtenAt(int atSegment, int atOffset) {
        segment = atSegment;
        offset = atOffset;
        lines = null;
    }

    boolean isWritten() {
        return lines == null;
    }

    void fail(StorageException why) {
        if (failure == null) {
            failure = why;
        }
    }

    boolean isFailed() {
        return failure != null;
    }

    /** The end, good or bad; whoever writes says it last. */
    void finish() {
        lines = null;
        done = true;
    }

    boolean isDone() {
        return done;
    }

    /** Throws what went wrong, if anything did; after it is done. */
    void requireKept() {
        if (failure != null) {
            throw new StorageException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private int start(int record) {
        return record == 0 ? 0 : ends[record - 1];
    }
}
