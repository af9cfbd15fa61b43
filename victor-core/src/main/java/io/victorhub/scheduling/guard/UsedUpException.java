package io.victorhub.scheduling.guard;

/** A budget does not allow an attempt now. */
public final class UsedUpException extends Exception {

    private static final long serialVersionUID = 1L;

    UsedUpException(String message) {
        super(message);
    }
}
