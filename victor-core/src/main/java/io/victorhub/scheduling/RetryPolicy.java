package io.victorhub.scheduling;

import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * How often a task is tried, and how long to wait in between: exponential back-off with full jitter. Before attempt
 * {@code n + 1} the wait is drawn evenly from 0 to {@code min(cap, base × 2^(n−1))}, and is at least what the skill asked
 * for.
 *
 * <p>Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog (2015).
 *
 * @param maxAttempts how often at most, 1 or more
 * @param base the longest wait before the second attempt
 * @param cap the longest wait at all
 * @since 0.1
 */
public record RetryPolicy(int maxAttempts, Duration base, Duration cap) {

    /** Five attempts, the first wait up to 1 second, no wait over 5 minutes. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofMinutes(5));

    /** @throws IllegalArgumentException if there is no attempt, or a wait is negative or above the cap */
    public RetryPolicy {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(cap, "cap");
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("a retry policy with " + maxAttempts + " attempts; allow 1 or more");
        }
        if (base.isNegative() || cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("a retry policy that waits " + base + " up to " + cap
                    + "; the base must be 0 or more, and the cap no shorter");
        }
    }

    /** {@return a policy without waits} */
    public static RetryPolicy immediate(int maxAttempts) {
        return new RetryPolicy(maxAttempts, Duration.ZERO, Duration.ZERO);
    }

    /** {@return a policy that tries once} */
    public static RetryPolicy never() {
        return immediate(1);
    }

    /**
     * {@return the wait after a failed attempt}
     *
     * @param attempt which attempt failed, from 1
     * @param asked how long the skill asked to wait at least
     * @param seed what the jitter is drawn from
     */
    public Duration waitAfter(int attempt, Duration asked, long seed) {
        long ceiling = ceiling(attempt - 1);
        Duration jittered = Duration.ofNanos(ceiling == 0 ? 0 : new SplittableRandom(seed).nextLong(ceiling + 1));
        return jittered.compareTo(asked) < 0 ? asked : jittered;
    }

    /** The longest wait, in nanoseconds. */
    private long ceiling(int doublings) {
        long capNanos = nanos(cap);
        long baseNanos = nanos(base);
        if (baseNanos == 0) {
            return 0;
        }
        return doublings >= Long.SIZE - 1 || baseNanos > capNanos >> doublings ? capNanos : baseNanos << doublings;
    }

    private static long nanos(Duration duration) {
        try {
            return Math.min(duration.toNanos(), Long.MAX_VALUE - 1);
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE - 1;
        }
    }
}
