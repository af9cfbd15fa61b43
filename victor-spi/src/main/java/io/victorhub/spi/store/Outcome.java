package io.victorhub.spi.store;

/**
 * What a store did with one element of a call.
 *
 * @since 0.1
 */
public enum Outcome {
    /** It is kept. */
    RECORDED,
    /** It came too late, or the task is not in a state for it; nothing was done. */
    STALE,
    /** There is no such task, or nobody knows whether it was kept. */
    UNKNOWN
}
