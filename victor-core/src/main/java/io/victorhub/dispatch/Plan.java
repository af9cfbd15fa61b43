package io.victorhub.dispatch;

import io.victorhub.spi.Result;

/** What can be done with a leased task now. */
public sealed interface Plan {

    /**
     * It can run.
     *
     * @param attempt ready to be run once
     */
    record Run(Attempt attempt) implements Plan {}

    /**
     * Nobody serves its type, or the skill it is pinned to is not there.
     *
     * @param missing what is missing, in words
     * @param pinned whether a skill of that name is missing, rather than any skill of the type
     */
    record NoSkill(String missing, boolean pinned) implements Plan {}

    /** Nobody who could do it may be called now: their budgets are used up. */
    record UsedUp() implements Plan {}

    /** Everybody who could do it has no place left. */
    record Busy() implements Plan {}

    /**
     * It cannot be done, and waiting does not help.
     *
     * @param reason why
     * @param message why, in words
     */
    record Impossible(Result.Reason reason, String message) implements Plan {}
}
