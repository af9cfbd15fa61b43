package io.victorhub.routing;

import io.victorhub.spi.SkillRef;
import java.util.Objects;

/**
 * A skill that may get the task.
 *
 * @param skill which one
 * @param estimatedCost what it says that an attempt would cost; 0 or more
 * @param running how many attempts it has under way
 * @since 0.1
 */
public record Candidate(SkillRef skill, double estimatedCost, int running) {

    /** Checks that nothing is missing. */
    public Candidate {
        Objects.requireNonNull(skill, "skill");
    }
}
