package io.victorhub.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Positive;

class RetryPolicyProperties {

    @Property
    void waitsNoLongerThanTheDoubledBaseAndTheCap(
            @ForAll("waits") Duration base,
            @ForAll("waits") Duration more,
            @ForAll @Positive int attempt,
            @ForAll long seed) {
        RetryPolicy policy = new RetryPolicy(5, base, base.plus(more));

        Duration wait = policy.waitAfter(attempt, Duration.ZERO, seed);

        assertThat(wait).isBetween(Duration.ZERO, ceiling(policy, attempt));
    }

    @Property
    void comesCloseToTheLongestWait(
            @ForAll("waits") Duration base,
            @ForAll("waits") Duration more,
            @ForAll @IntRange(min = 1, max = 70) int attempt) {
        RetryPolicy policy = new RetryPolicy(5, base, base.plus(more));
        Duration ceiling = ceiling(policy, attempt);

        Duration longest = Duration.ZERO;
        for (long seed = 0; seed < 100; seed++) {
            Duration wait = policy.waitAfter(attempt, Duration.ZERO, seed);
            longest = wait.compareTo(longest) > 0 ? wait : longest;
        }

        assertThat(longest).isGreaterThanOrEqualTo(ceiling.dividedBy(2)); // but for p < 1e-30
    }

    @Property
    void waitsAtLeastAsLongAsTheSkillAsked(
            @ForAll("waits") Duration base,
            @ForAll("waits") Duration asked,
            @ForAll @Positive int attempt,
            @ForAll long seed) {
        RetryPolicy policy = new RetryPolicy(5, base, base);

        Duration wait = policy.waitAfter(attempt, asked, seed);

        assertThat(wait).isGreaterThanOrEqualTo(asked);
        assertThat(wait).isLessThanOrEqualTo(asked.compareTo(base) > 0 ? asked : base);
    }

    @Property
    void sameSeedGivesTheSameWait(@ForAll @Positive int attempt, @ForAll long seed) {
        Duration wait = RetryPolicy.DEFAULT.waitAfter(attempt, Duration.ZERO, seed);

        assertThat(RetryPolicy.DEFAULT.waitAfter(attempt, Duration.ZERO, seed)).isEqualTo(wait);
    }

    @Provide
    Arbitrary<Duration> waits() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 1000).map(Duration::ofNanos),
                Arbitraries.longs().between(0, 1_000_000).map(Duration::ofMillis),
                Arbitraries.longs().between(0, Long.MAX_VALUE / 2).map(Duration::ofNanos),
                Arbitraries.longs().between(0, Long.MAX_VALUE / 4).map(Duration::ofSeconds));
    }

    /** The definition, computed without limits. */
    private static Duration ceiling(RetryPolicy policy, int attempt) {
        BigInteger doubled = nanos(policy.base()).shiftLeft(Math.min(attempt - 1, 200));
        BigInteger longest = doubled.min(nanos(policy.cap())).min(BigInteger.valueOf(Long.MAX_VALUE - 1));
        return Duration.ofNanos(longest.longValueExact());
    }

    private static BigInteger nanos(Duration duration) {
        return BigInteger.valueOf(duration.getSeconds())
                .multiply(BigInteger.valueOf(1_000_000_000))
                .add(BigInteger.valueOf(duration.getNano()));
    }
}
