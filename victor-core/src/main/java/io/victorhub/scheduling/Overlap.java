package io.victorhub.scheduling;

/**
 * What becomes of a run of a recurring task while the one before is still waiting or running.
 *
 * @since 0.1
 */
public enum Overlap {
    /** It joins the one before, by a unique key: nothing more is queued. */
    JOIN,
    /** It is queued beside it. */
    ALLOW
}
