package io.victorhub.spi.store;

import java.util.Objects;

/**
 * Something that is wrong with a store, and stays so until somebody does something about it.
 *
 * @param kind what it means for who uses it
 * @param sentence what is wrong, where, and what to do about it
 * @since 0.1
 */
public record StoreTrouble(Kind kind, String sentence) {

    /** What trouble means. */
    public enum Kind {
        /** Nothing more is kept until the store is opened again. */
        BROKEN,
        /** It is nearly full: what runs is still kept, and new tasks are refused. */
        SHORT_OF_SPACE
    }

    /** Checks that nothing is missing. */
    public StoreTrouble {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sentence, "sentence");
    }
}
