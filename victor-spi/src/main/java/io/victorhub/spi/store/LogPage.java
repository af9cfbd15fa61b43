package io.victorhub.spi.store;

import io.victorhub.spi.LogEntry;
import java.util.List;
import java.util.Objects;

/**
 * Some entries of the log, in its order.
 *
 * @param entries each with the position behind it
 * @param end the position behind the last of them, to read on from; where there are none, the one that was asked for
 * @since 0.1
 */
public record LogPage(List<Logged> entries, Position end) {

    /** Copies the list. */
    public LogPage {
        entries = List.copyOf(entries);
        Objects.requireNonNull(end, "end");
    }

    /**
     * An entry and where it stands.
     *
     * @param position the position behind it
     * @param entry what happened
     */
    public record Logged(Position position, LogEntry entry) {
        /** Checks that nothing is missing. */
        public Logged {
            Objects.requireNonNull(position, "position");
            Objects.requireNonNull(entry, "entry");
        }
    }
}
