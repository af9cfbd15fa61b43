package io.victorhub.spi.store;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change to one key of the {@link StateStore}, made only if the key still has the expected version.
 *
 * @since 0.1
 */
public final class Change {

    private final String key;
    private final long expected;
    private final byte @Nullable [] value;

    private Change(String key, long expected, byte @Nullable [] value) {
        this.key = Objects.requireNonNull(key, "key");
        this.expected = expected;
        this.value = value;
        if (key.isEmpty() || key.length() > 500) {
            throw new IllegalArgumentException("a key of " + key.length() + " characters; it must have 1 to 500");
        }
        if (expected < 0) {
            throw new IllegalArgumentException(
                    "key " + key + " expects version " + expected + "; it must be 0 or more");
        }
        if (value != null && value.length > StateStore.MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("the value of key " + key + " has " + value.length
                    + " bytes; chunk what is larger than " + StateStore.MAX_VALUE_BYTES);
        }
    }

    /** {@return a change that puts a copy of {@code value} there; {@code expected} is 0 where there must be none yet} */
    public static Change put(String key, long expected, byte[] value) {
        return new Change(key, expected, value.clone());
    }

    /** {@return a change that removes what is there} */
    public static Change delete(String key, long expected) {
        return new Change(key, expected, null);
    }

    /** {@return the key} */
    public String key() {
        return key;
    }

    /** {@return the version that the key must have; 0 for none} */
    public long expected() {
        return expected;
    }

    /** {@return a copy of the new bytes; empty to remove the key} */
    public Optional<byte[]> value() {
        return Optional.ofNullable(value).map(byte[]::clone);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Change that
                && key.equals(that.key)
                && expected == that.expected
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, expected);
    }

    @Override
    public String toString() {
        return (value == null ? "Delete[" : "Put[") + key + ", expected=" + expected + "]";
    }
}
