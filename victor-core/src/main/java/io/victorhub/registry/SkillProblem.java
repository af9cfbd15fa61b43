package io.victorhub.registry;

import java.time.Instant;
import java.util.Objects;

/**
 * A skill, or a jar that should hold one, that is kept out.
 *
 * @param where the class or the jar
 * @param message what is wrong, and what to do about it
 * @param at when it was found
 * @since 0.1
 */
public record SkillProblem(String where, String message, Instant at) {

    /** Checks that nothing is missing. */
    public SkillProblem {
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(at, "at");
    }
}
