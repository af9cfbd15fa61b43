package io.victorhub.dispatch;

/** Artifacts are as they should be, and there is no room to keep them. */
final class ShelfException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ShelfException(String message) {
        super(message);
    }

    ShelfException(String message, Exception cause) {
        super(message, cause);
    }
}
