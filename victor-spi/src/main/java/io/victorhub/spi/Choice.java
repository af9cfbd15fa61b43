package io.victorhub.spi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How the skill of an attempt was chosen, kept with the execution so that the choice can be explained and its
 * probability computed again.
 *
 * @param candidates the skills that could have been chosen, in the order the policy saw them
 * @param features what the policy knew of the task
 * @param seed what its randomness was drawn from
 * @param policy name and version of the policy
 * @param position how far in the log it had learned; opaque, empty where it had learned nothing
 * @param propensity the probability of this choice, 0 to 1, where the policy cannot compute it again
 * @param explanation one sentence for a reader
 * @since 0.1
 */
public record Choice(
        List<SkillRef> candidates,
        Map<String, @Nullable Object> features,
        long seed,
        String policy,
        String position,
        OptionalDouble propensity,
        String explanation) {

    /** Copies the collections and checks the ranges. */
    public Choice( // not compact: javac would drop the annotation of its type argument
            List<SkillRef> candidates,
            Map<String, @Nullable Object> features,
            long seed,
            String policy,
            String position,
            OptionalDouble propensity,
            String explanation) {
        this.candidates = List.copyOf(candidates);
        this.features = features.isEmpty() ? Map.of() : JsonValues.copyOfObject("features", features);
        this.seed = seed;
        this.policy = Names.whole(Objects.requireNonNull(policy, "policy"));
        this.position = Names.whole(Objects.requireNonNull(position, "position"));
        this.propensity = propensity;
        this.explanation = Names.whole(Objects.requireNonNull(explanation, "explanation"));
        propensity.ifPresent(p -> {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("propensity is " + p + "; it must be 0..1");
            }
        });
    }
}
