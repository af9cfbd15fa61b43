package io.victorhub.spi.store;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;

/**
 * How tasks and log entries become bytes: one JSON object without line breaks, in UTF-8. What a newer version added is
 * kept out of an older one's way: unknown members are ignored.
 *
 * @since 0.1
 */
public interface StoreCodec {

    /** {@return the submission as one JSON object} */
    byte[] encode(Submission submission);

    /**
     * {@return the submission that {@code json} holds}
     *
     * @throws StorageException if it is no submission; the message says what is wrong
     */
    Submission submission(byte[] json);

    /** {@return the log entry as one JSON object} */
    byte[] encode(LogEntry entry);

    /**
     * {@return the log entry that {@code json} holds}
     *
     * @throws StorageException if it is no log entry; the message says what is wrong
     */
    LogEntry entry(byte[] json);
}
