package io.victorhub.spi.store;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value of the {@link StateStore} and its version.
 *
 * @since 0.1
 */
public final class Versioned {

    private final String key;
    private final byte[] value;
    private final long version;

    /**
     * @param key its key
     * @param value its bytes, which are copied
     * @param version which only ever rises, 1 or more
     * @throws IllegalArgumentException if the version is less than 1
     */
    public Versioned(String key, byte[] value, long version) {
        this.key = Objects.requireNonNull(key, "key");
        this.value = value.clone();
        this.version = version;
        if (version < 1) {
            throw new IllegalArgumentException("key " + key + " has version " + version + "; versions count from 1");
        }
    }

    /** {@return the key} */
    public String key() {
        return key;
    }

    /** {@return a copy of the bytes} */
    public byte[] value() {
        return value.clone();
    }

    /** {@return the version, which a {@link Change} must expect} */
    public long version() {
        return version;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Versioned that
                && key.equals(that.key)
                && Arrays.equals(value, that.value)
                && version == that.version;
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, version);
    }

    @Override
    public String toString() {
        return "Versioned[" + key + ", version=" + version + ", bytes=" + value.length + "]";
    }
}
