package io.victorhub.spi.store;

/**
 * Where a task stands.
 *
 * @since 0.1
 */
public enum TaskStatus {
    /** It waits for a person to release it. */
    HELD,
    /** It waits for its time: a delayed start, or the next attempt. */
    DELAYED,
    /** It may start. */
    READY,
    /** Somebody holds its lease. */
    RUNNING,
    /** It is done, wholly or in part. */
    DONE,
    /** It failed for good, and can be requeued: a dead letter. */
    DEAD,
    /** Somebody cancelled it. */
    CANCELLED,
    /** Its deadline passed before it was done. */
    EXPIRED;

    /** {@return whether nothing more happens to it by itself} */
    public boolean settled() {
        return compareTo(DONE) >= 0;
    }
}
