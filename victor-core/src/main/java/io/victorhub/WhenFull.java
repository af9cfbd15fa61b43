package io.victorhub;

/**
 * What becomes of a submission while as many tasks wait as {@link HubBuilder#queueLimit} allows.
 *
 * @since 0.1
 */
public enum WhenFull {
    /**
     * Whoever submits waits until there is room. It is rejected instead where waiting could keep the room from ever
     * coming: in a skill's attempt, and on the hub's own threads, such as in a listener.
     */
    BLOCK,
    /** It is rejected: with a {@link QueueFullException}, or among others as {@code Refused}. */
    REJECT
}
