package io.victorhub.spi;

import org.jspecify.annotations.Nullable;

/**
 * Trouble of the world that a hub cannot mend by itself: a disk that is full, a jar that does not load. A wrong call is
 * an {@link IllegalArgumentException} or {@link IllegalStateException} instead, and a skill that fails is a
 * {@link Result.Failure}.
 *
 * @since 0.1
 */
public abstract class VictorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened, where, and what to do about it
     * @param cause what was thrown below, or null
     */
    protected VictorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
