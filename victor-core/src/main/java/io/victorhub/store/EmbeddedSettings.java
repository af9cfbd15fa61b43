package io.victorhub.store;

import java.time.Duration;

/**
 * How the store on disk works. Immutable.
 *
 * @param maxSubmissionBytes how large a submission may be, encoded, 1 or more
 * @param durability what a submit waits for
 * @param strictAck whether a settlement waits until it is forced to the disk, too; else it is forced within 2 ms (10 ms at
 *     {@link Durability#PROCESS}), and a power cut may let what was settled in that time run again
 * @param segmentBytes how long a file of the journal grows before the next is begun, 64 KiB or more
 * @param checkpointBytes after how much of the journal, at least, the index is written down, so that opening reads only what
 *     came later, 1 or more
 * @since 0.1
 */
public record EmbeddedSettings(
        int maxSubmissionBytes, Durability durability, boolean strictAck, int segmentBytes, int checkpointBytes) {

    private static final int LEAST_SEGMENT = 1 << 16;

    /** How long what was settled may wait for its force, where tasks are forced at once. */
    private static final Duration SETTLED_WITHIN = Duration.ofMillis(2);

    private static final Duration WRITTEN_WITHIN = Duration.ofMillis(10);

    /** 1 MiB a submission, {@link Durability#SYNC}, settlements forced within 2 ms, files of 32 MiB. */
    public static final EmbeddedSettings DEFAULT =
            new EmbeddedSettings(Stores.DEFAULT_MAX_SUBMISSION_BYTES, Durability.SYNC, false, 32 << 20, 64 << 20);

    /** @throws IllegalArgumentException if a number is out of its range */
    public EmbeddedSettings {
        if (maxSubmissionBytes < 1) {
            throw new IllegalArgumentException(
                    "the maximum of a submission is " + maxSubmissionBytes + " bytes; it must be 1 or more");
        }
        if (checkpointBytes < 1) {
            throw new IllegalArgumentException(
                    "the index is written down after " + checkpointBytes + " bytes; it must be 1 or more");
        }
        if (segmentBytes < LEAST_SEGMENT) {
            throw new IllegalArgumentException(
                    "a segment has " + segmentBytes + " bytes; it must have " + LEAST_SEGMENT + " or more");
        }
    }

    /** {@return the same for submissions of at most that size} */
    public EmbeddedSettings maxSubmissionBytes(int bytes) {
        return new EmbeddedSettings(bytes, durability, strictAck, segmentBytes, checkpointBytes);
    }

    /** {@return the same at another level} */
    public EmbeddedSettings durability(Durability level) {
        return new EmbeddedSettings(maxSubmissionBytes, level, strictAck, segmentBytes, checkpointBytes);
    }

    /** {@return the same with settlements that wait for the disk, or not} */
    public EmbeddedSettings strictAck(boolean strict) {
        return new EmbeddedSettings(maxSubmissionBytes, durability, strict, segmentBytes, checkpointBytes);
    }

    /** {@return the same with the index written down that often} */
    public EmbeddedSettings checkpointBytes(int bytes) {
        return new EmbeddedSettings(maxSubmissionBytes, durability, strictAck, segmentBytes, bytes);
    }

    /** {@return the same with files of another size} */
    public EmbeddedSettings segmentBytes(int bytes) {
        return new EmbeddedSettings(maxSubmissionBytes, durability, strictAck, bytes, checkpointBytes);
    }

    Duration forceWithin() {
        return durability == Durability.SYNC ? SETTLED_WITHIN : WRITTEN_WITHIN;
    }
}
