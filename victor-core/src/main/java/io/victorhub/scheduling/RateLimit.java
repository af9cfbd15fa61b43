package io.victorhub.scheduling;

import java.time.Duration;

/**
 * How many tasks of a type may begin in a time, and at once.
 *
 * @param tasks how many, 1 or more
 * @param per in how long; more than nothing, and no more than 100 years
 * @since 0.1
 */
public record RateLimit(int tasks, Duration per) {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** @throws IllegalArgumentException if no task may begin, or the time is out of its range */
    public RateLimit {
        if (tasks < 1) {
            throw new IllegalArgumentException("a rate limit of " + tasks + " tasks; allow 1 or more");
        }
        if (per.isNegative() || per.isZero() || per.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a rate limit of " + tasks + " tasks in " + per
                    + "; the time must be more than nothing and at most " + LONGEST);
        }
    }

    /** {@return how many nanoseconds lie between two tasks that begin as fast as they may; rounded up} */
    public long nanosEach() {
        return Math.max(1, (per.toNanos() - 1) / tasks + 1);
    }
}
