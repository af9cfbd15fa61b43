package io.victorhub.scheduling;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A recurring task at one moment.
 *
 * @param definition what it is
 * @param next when it comes next; past if that was missed, or somebody paused it
 * @param last the time of its latest run; empty before the first
 * @param runs how many runs there were, those included that joined another one
 * @param paused whether it is paused on its own
 * @since 0.1
 */
public record RecurringStatus(Recurring definition, Instant next, Optional<Instant> last, long runs, boolean paused) {

    /** Checks that nothing is missing. */
    public RecurringStatus {
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(next, "next");
        Objects.requireNonNull(last, "last");
    }

    /** {@return its name} */
    public String name() {
        return definition.name();
    }
}
