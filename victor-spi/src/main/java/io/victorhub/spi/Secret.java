package io.victorhub.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A text that must not be seen: it prints as {@code Secret[hidden]}, and is no JSON value, so it cannot slip into a
 * result.
 *
 * @since 0.1
 */
public final class Secret {

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** {@return {@code text} as a secret} */
    public static Secret of(String text) {
        return new Secret(Objects.requireNonNull(text, "text"));
    }

    /** {@return the text itself; hand it to whom it is for, and to nobody else} */
    public String reveal() {
        return text;
    }

    /** Takes the same time wherever the texts differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that
                && MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8), that.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return 0; // a hash would tell something about the text
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
