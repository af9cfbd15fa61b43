package io.victorhub.journal;

import io.victorhub.spi.store.StorageException;
import org.jspecify.annotations.Nullable;

/** Records on their way to the disk; {@link Journal#await} tells when they are there. */
public final class Ticket {

    final Lines lines;
    final Force force;
    final boolean useReserve;
    // guarded by the journal's lock
    int segment;
    int offset;
    boolean done;

    @Nullable StorageException failure;

    Ticket(Lines lines, Force force, boolean useReserve) {
        this.lines = lines;
        this.force = force;
        this.useReserve = useReserve;
    }

    /** {@return how many records there are} */
    public int count() {
        return lines.count();
    }

    /** {@return where a record is; only after they were written} */
    public Place place(int record) {
        return new Place(segment(record), offset(record), lines.end(record) - lines.start(record));
    }

    /** {@return the number of the segment that a record is in; only after they were written} */
    public int segment(int record) {
        return segment;
    }

    /** {@return where in its segment a record begins; only after they were written} */
    public int offset(int record) {
        return offset + lines.start(record);
    }
}
