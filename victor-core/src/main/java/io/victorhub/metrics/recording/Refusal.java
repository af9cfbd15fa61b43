package io.victorhub.metrics.recording;

/** Why a task was not queued; the names are those of the tag, in small letters. */
public enum Refusal {
    /** A task of its id is there. */
    KNOWN,
    /** A live task has its unique key. */
    JOINED,
    /** It breaks a rule of the store or the authorizer. */
    RULE,
    /** As many tasks wait as may. */
    FULL,
    /** The store could not keep it. */
    TROUBLE
}
