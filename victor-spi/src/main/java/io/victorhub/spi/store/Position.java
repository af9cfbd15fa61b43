package io.victorhub.spi.store;

import java.util.Objects;

/**
 * A place in the log, between two entries. Opaque: only the store that gave it can tell what it means. It stays valid
 * over restarts, as text.
 *
 * @param text what to keep of it
 * @since 0.1
 */
public record Position(String text) {

    /** Before the first entry of any log. */
    public static final Position START = new Position("");

    /** Checks that nothing is missing. */
    public Position {
        Objects.requireNonNull(text, "text");
    }
}
