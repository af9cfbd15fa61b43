package io.victorhub.store;

/**
 * How safe the store on disk keeps what was submitted before it acknowledges it. At every level, what is acknowledged
 * outlives the process: a killed process loses nothing, and nothing settled runs again.
 *
 * @since 0.1
 */
public enum Durability {
    /** Forced to the disk: a power cut loses no acknowledged task. The default. */
    SYNC,
    /** Handed to the system, and forced within 10 milliseconds: a power cut may lose the tasks of the last 10 ms. */
    PROCESS
}
