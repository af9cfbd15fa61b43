package io.victorhub.spi.store;

import java.util.List;
import java.util.Optional;

/**
 * Small durable state under keys, changed by compare-and-set.
 *
 * @since 0.1
 */
public interface StateStore {

    /** The largest value, in bytes. Chunk what is larger, under one key that is written last. */
    int MAX_VALUE_BYTES = 1 << 20;

    /** {@return what is kept under {@code key}} */
    Optional<Versioned> read(String key);

    /**
     * Makes all changes or none; durable when it returns.
     *
     * @return whether they were made: false if one of them expected another version
     * @throws IllegalArgumentException if a value is too large, or a key comes twice
     * @throws StorageException if they cannot be kept
     */
    boolean change(List<Change> all);

    /**
     * {@return keys that begin with {@code prefix}, in their order, behind {@code afterKey}}
     *
     * @param afterKey the last key of the page before, or empty
     * @param max how many at most, 1 or more
     */
    List<Versioned> list(String prefix, String afterKey, int max);
}
