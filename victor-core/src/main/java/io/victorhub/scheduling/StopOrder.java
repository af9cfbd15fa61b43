package io.victorhub.scheduling;

import java.time.Instant;
import java.util.Objects;

/**
 * Somebody's word that nothing may begin.
 *
 * @param actor who
 * @param reason why
 * @param at since when
 * @since 0.1
 */
public record StopOrder(String actor, String reason, Instant at) {

    /** Checks that nothing is missing. */
    public StopOrder {
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(at, "at");
    }

    /** {@return what happened and what to do, in a sentence} */
    public String text() {
        return "everything was stopped by " + actor + " at " + at + " (" + reason
                + "); hub.guard().allowAgain(actor, reason) lets it go on";
    }
}
