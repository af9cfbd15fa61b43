package io.victorhub.spi;

/**
 * A value in a task or result is none that JSON knows, see {@link JsonValues}. A skill that makes such a result lets it
 * pass: the hub records the attempt as {@link Result.Reason#INVALID_RESULT}, which is not retried.
 *
 * @since 0.1
 */
public final class NotJsonException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param message where the value stands, what it is, and what JSON knows instead */
    public NotJsonException(String message) {
        super(message);
    }
}
