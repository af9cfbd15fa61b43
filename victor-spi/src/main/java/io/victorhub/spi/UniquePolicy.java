package io.victorhub.spi;

/**
 * What becomes of a submission whose unique key another task holds, waiting or running.
 *
 * @since 0.1
 */
public enum UniquePolicy {
    /** It joins that task: nothing is queued, and whoever waits for it waits for that one. */
    JOIN,
    /** It is refused, with the id of that task in the message. */
    REFUSE
}
