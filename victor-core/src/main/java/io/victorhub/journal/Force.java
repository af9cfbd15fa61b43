package io.victorhub.journal;

/** When records must be on the disk itself, so that a power cut cannot take them. */
public enum Force {
    /** Before {@link Journal#await} returns. */
    NOW,
    /** Within {@link JournalSettings#forceWithin} of being written, or with the next ones that are forced. */
    SOON,
    /** Whenever something else is forced. */
    NONE
}
