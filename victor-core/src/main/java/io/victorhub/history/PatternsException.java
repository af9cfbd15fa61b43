package io.victorhub.history;

import io.victorhub.spi.VictorException;

/**
 * A {@code patterns.json} cannot be read or written as a whole: it is not there, no JSON, no list, too long, or the disk
 * is in trouble. The message says which file, where in it, and what to do.
 *
 * @since 0.1
 */
public final class PatternsException extends VictorException {

    private static final long serialVersionUID = 1L;

    PatternsException(String message, Throwable cause) {
        super(message, cause);
    }

    PatternsException(String message) {
        super(message, null);
    }
}
