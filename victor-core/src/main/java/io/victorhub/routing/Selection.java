package io.victorhub.routing;

import io.victorhub.spi.SkillRef;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a policy chose, and why.
 *
 * @param skill one of the candidates
 * @param propensity the probability with which it would be chosen again, 0 to 1, where the policy knows it
 * @param position how far in the log the policy had read; empty where it had read nothing
 * @param explanation one sentence for a reader
 * @since 0.1
 */
public record Selection(SkillRef skill, OptionalDouble propensity, String position, String explanation) {

    /** @throws IllegalArgumentException if the propensity is not 0..1 */
    public Selection {
        Objects.requireNonNull(skill, "skill");
        Objects.requireNonNull(propensity, "propensity").ifPresent(p -> {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("propensity of skill " + skill + " is " + p + "; it must be 0..1");
            }
        });
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(explanation, "explanation");
    }
}
