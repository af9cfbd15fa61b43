package io.victorhub.review;

import java.util.Objects;
import java.util.Optional;

/**
 * How attempts by one skill, or at one type of task, went.
 *
 * <p>Attempts that were cancelled, expired or lost with their process say nothing about the skill: they count in
 * {@code attempts}, and neither in the rate nor in the durations. A partial success is no success.
 *
 * @param attempts how many there were
 * @param successRate of the attempts that count; empty where none does
 * @param duration how long those attempts took in which a skill was called and that count; empty where there are none
 * @param queueWait how long tasks had been ready before each attempt; empty where all were imported
 * @param cost what all attempts cost together, in the host's unit
 * @since 0.1
 */
public record Performance(
        long attempts, Optional<Rate> successRate, Optional<Spread> duration, Optional<Spread> queueWait, double cost) {

    /** Checks that nothing is missing. */
    public Performance {
        Objects.requireNonNull(successRate, "successRate");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(queueWait, "queueWait");
    }

    /** {@return how many attempts were successes} */
    public long successes() {
        return successRate.map(Rate::successes).orElse(0L);
    }
}
