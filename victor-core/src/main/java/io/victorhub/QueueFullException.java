package io.victorhub;

import io.victorhub.spi.VictorException;

/**
 * As many tasks wait as {@link HubBuilder#queueLimit} allows, and the one that was submitted was not queued. Submitting it
 * again later, under the same id, is safe.
 *
 * @since 0.1
 */
public final class QueueFullException extends VictorException {

    private static final long serialVersionUID = 1L;

    QueueFullException(String message) {
        super(message, null);
    }
}
