package io.victorhub.review;

import java.util.Objects;

/**
 * How attempts by one skill at one type went, counted.
 *
 * @param skill the skill's name
 * @param type the type of task
 * @param attempts how many attempts there were
 * @param counted how many of them count for rates
 * @param successes how many of those were successes
 * @since 0.1
 */
public record Pairing(String skill, String type, long attempts, long counted, long successes) {

    /** Checks that nothing is missing. */
    public Pairing {
        Objects.requireNonNull(skill, "skill");
        Objects.requireNonNull(type, "type");
    }
}
