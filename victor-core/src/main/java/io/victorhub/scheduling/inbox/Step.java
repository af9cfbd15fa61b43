package io.victorhub.scheduling.inbox;

/** What has just been done to a file, so that a test can end the world there. */
enum Step {
    /** It has the name of a claimed file. */
    CLAIMED,
    /** Some of its entries were submitted. */
    SUBMITTED,
    /** What is wrong with it was written. */
    REJECTS_WRITTEN,
    /** It is in the folder where it stays. */
    PUT_AWAY
}
