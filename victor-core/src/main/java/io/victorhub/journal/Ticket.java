package io.victorhub.journal;

import io.victorhub.spi.store.StorageException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records on their way to the disk; {@link Journal#await} tells when they are there. */
public final class Ticket {

    final List<byte[]> lines;
    final boolean forced;
    // guarded by the journal's lock
    final List<Place> places = new ArrayList<>();
    boolean done;

    @Nullable StorageException failure;

    Ticket(List<byte[]> lines, boolean forced) {
        this.lines = lines;
        this.forced = forced;
    }
}
