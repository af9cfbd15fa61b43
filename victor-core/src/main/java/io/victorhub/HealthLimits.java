package io.victorhub;

import java.time.Duration;

/**
 * From when on a hub says that it is not well. Made from {@link #DEFAULT}.
 *
 * @param deadLetters how many dead letters within a time are too many, 1 to 100,000
 * @param deadLettersWithin that time
 * @param learningBehind how many entries of the log may be not learned from yet, 1 or more
 * @param busyFor for how long all workers may be at the same attempts while others wait
 * @since 0.1
 */
public record HealthLimits(int deadLetters, Duration deadLettersWithin, long learningBehind, Duration busyFor) {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** 10 dead letters in 10 minutes, 10,000 entries behind, busy with the same for 10 minutes. */
    public static final HealthLimits DEFAULT =
            new HealthLimits(10, Duration.ofMinutes(10), 10_000, Duration.ofMinutes(10));

    /** @throws IllegalArgumentException if one is out of its range */
    public HealthLimits {
        if (deadLetters < 1 || deadLetters > 100_000) {
            throw new IllegalArgumentException(
                    "the limit of dead letters is " + deadLetters + "; it must be 1..100000");
        }
        if (learningBehind < 1) {
            throw new IllegalArgumentException(
                    "learning may be " + learningBehind + " entries behind; it must be 1 or more");
        }
        requireTime(deadLettersWithin);
        requireTime(busyFor);
    }

    private static void requireTime(Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a time of health limits is " + time + "; it must be 0 to " + LONGEST);
        }
    }

    /** {@return these, where so many dead letters within a time are too many} */
    public HealthLimits deadLetters(int most, Duration within) {
        return new HealthLimits(most, within, learningBehind, busyFor);
    }

    /** {@return these, where learning may be so many entries behind} */
    public HealthLimits learningBehind(long entries) {
        return new HealthLimits(deadLetters, deadLettersWithin, entries, busyFor);
    }

    /** {@return these, where all workers may be at the same attempts for so long} */
    public HealthLimits busyFor(Duration time) {
        return new HealthLimits(deadLetters, deadLettersWithin, learningBehind, time);
    }
}
