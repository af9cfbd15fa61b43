package io.victorhub.spi;

/**
 * An input of a task is missing or is not what the skill asked for. A skill lets it pass: the hub records the attempt
 * as {@link Result.Reason#INVALID_INPUT}, which is not retried.
 *
 * @since 0.1
 */
public final class InvalidInputException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param message which input, what is wrong with it, and what was expected */
    public InvalidInputException(String message) {
        super(message);
    }
}
