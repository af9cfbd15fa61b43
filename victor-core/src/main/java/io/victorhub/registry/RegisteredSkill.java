package io.victorhub.registry;

import io.victorhub.spi.SkillDescriptor;
import java.time.Instant;
import java.util.Objects;

/**
 * A skill as the registry lists it.
 *
 * @param descriptor what it says of itself
 * @param origin where it was found
 * @param enabled whether it gets tasks
 * @param since when it was registered
 * @param running how many calls of it are under way
 * @since 0.1
 */
public record RegisteredSkill(SkillDescriptor descriptor, Origin origin, boolean enabled, Instant since, int running) {

    /** Checks that nothing is missing. */
    public RegisteredSkill {
        Objects.requireNonNull(descriptor, "descriptor");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(since, "since");
    }
}
