package io.victorhub.scheduling;

/**
 * What becomes of the times of a recurring task that passed while the hub was down, did not work by itself, or was paused.
 *
 * @since 0.1
 */
public enum Missed {
    /** They are made up for by one run, which has the first of them as its time. */
    ONCE,
    /** They are passed over. A run that is no more than {@link Recurring#GRACE} late is not missed. */
    SKIP,
    /**
     * Each is made up for, the earliest first; of more than {@link Recurring#MOST_MADE_UP} the latest ones. Needs
     * {@link Overlap#ALLOW}, because they would join one another.
     */
    ALL
}
