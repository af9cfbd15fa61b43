package io.victorhub;

/**
 * What a hub is doing as a whole.
 *
 * @since 0.1
 */
public enum HubStatus {
    /** It takes tasks and starts none by itself. */
    IDLE,
    /** It works by itself. */
    ACTIVE,
    /** It would work by itself, but everything is paused. */
    PAUSED,
    /** A person stopped everything: nothing begins before {@link GuardRails#allowAgain}. Tasks are taken. */
    STOPPED,
    /** It is closing, or closed. */
    STOPPING,
    /** Its store keeps nothing more: tasks are refused until the trouble named by the listener and the log is mended. */
    REFUSING
}
