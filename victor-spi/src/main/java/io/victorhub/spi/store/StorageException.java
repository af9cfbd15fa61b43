package io.victorhub.spi.store;

import io.victorhub.spi.VictorException;
import org.jspecify.annotations.Nullable;

/**
 * A store cannot keep or give back what it was asked to: the disk is full, a file is damaged, another process holds it.
 * What was acknowledged before is safe.
 *
 * @since 0.1
 */
public class StorageException extends VictorException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened, where, and what to do about it
     * @param cause what was thrown below, or null
     */
    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** @param message what happened, where, and what to do about it */
    public StorageException(String message) {
        super(message, null);
    }
}
