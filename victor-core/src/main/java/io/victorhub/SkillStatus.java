package io.victorhub;

import io.victorhub.registry.RegisteredSkill;
import io.victorhub.spi.SkillDescriptor;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A skill, and what the log says of it.
 *
 * @param skill what it is and where it was found
 * @param attempts how many attempts it made
 * @param results how many of them say something about it: all but those that were cancelled, expired or lost
 * @param successes how many of these succeeded
 * @since 0.1
 */
public record SkillStatus(RegisteredSkill skill, long attempts, long results, long successes) {

    /** Checks that nothing is missing. */
    public SkillStatus {
        Objects.requireNonNull(skill, "skill");
    }

    /** {@return its name} */
    public String name() {
        return descriptor().name();
    }

    /** {@return what it says of itself} */
    public SkillDescriptor descriptor() {
        return skill.descriptor();
    }

    /** {@return how often it succeeds, 0 to 1; empty before its first result} */
    public OptionalDouble successRate() {
        return results == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) successes / results);
    }
}
