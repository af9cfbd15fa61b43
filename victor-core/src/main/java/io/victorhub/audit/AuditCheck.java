package io.victorhub.audit;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What came of {@link Audit#verify()}.
 *
 * @param entries how many entries fit, from the first on
 * @param firstBad the number of the first entry that was altered or is missing; empty if all fit
 * @param message what was found, for a reader
 * @since 0.1
 */
public record AuditCheck(long entries, OptionalLong firstBad, String message) {

    /** Checks that nothing is missing. */
    public AuditCheck {
        Objects.requireNonNull(firstBad, "firstBad");
        Objects.requireNonNull(message, "message");
    }

    /** {@return whether all entries fit} */
    public boolean isWhole() {
        return firstBad.isEmpty();
    }
}
