package io.victorhub.scheduling.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.scheduling.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Never more than the limit allows, in whatever window one looks; and not less than it either, where there is work. */
class RateLimitProperties {

    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    @Property(tries = 300)
    void noWindowHoldsMoreThanTheLimitAndWhatItsTimeBrings(@ForAll("limits") RateLimit limit, @ForAll long seed) {
        Random random = new Random(seed);
        TokenBucket bucket = new TokenBucket(limit, START);
        List<Long> begun = new ArrayList<>();
        long now = 0;
        for (int step = 0; step < 60; step++) {
            now += wait(random, limit);
            int wanted = random.nextInt(2 * limit.tasks() + 2);
            int tokens = bucket.tokens(START.plusNanos(now));
            assertThat(tokens).isBetween(0, limit.tasks());
            for (int i = 0; i < Math.min(wanted, tokens); i++) {
                bucket.take();
                if (random.nextInt(10) == 0) {
                    bucket.giveBack(); // it has not begun after all
                } else {
                    begun.add(now);
                }
            }
        }

        for (int from = 0; from < begun.size(); from++) {
            for (int to = from; to < begun.size(); to++) {
                double brought =
                        (double) (begun.get(to) - begun.get(from)) / limit.per().toNanos() * limit.tasks();
                assertThat(to - from + 1.0).isLessThanOrEqualTo(limit.tasks() + brought + 1e-6);
            }
            double sinceStart = (double) begun.get(from) / limit.per().toNanos() * limit.tasks();
            assertThat(from + 1.0).as("nothing is saved up at first").isLessThanOrEqualTo(sinceStart + 1e-6);
        }
    }

    @Property(tries = 100)
    void whoWaitsAsLongAsToldGetsATokenAndNoEarlier(@ForAll("limits") RateLimit limit, @ForAll long seed) {
        Random random = new Random(seed);
        TokenBucket bucket = new TokenBucket(limit, START);
        Instant now = START;
        for (int step = 0; step < 50; step++) {
            now = now.plusNanos(wait(random, limit));
            for (int tokens = bucket.tokens(now); tokens > 0; tokens--) {
                bucket.take();
            }

            Duration wait = bucket.untilNext(now);

            assertThat(bucket.tokens(now.plus(wait).minusNanos(1))).isZero();
            assertThat(bucket.tokens(now.plus(wait))).isOne();
            now = now.plus(wait);
        }
    }

    @Property(tries = 50)
    void inTheLongRunAllThatTheLimitAllowsMayBegin(
            @ForAll("limits") RateLimit limit, @ForAll @IntRange(min = 1, max = 20) int rounds) {
        TokenBucket bucket = new TokenBucket(limit, START);
        long begun = 0;
        Instant now = START;
        for (int i = 0; i < rounds * limit.tasks(); i++) {
            now = now.plus(bucket.untilNext(now));
            bucket.take();
            begun++;
        }

        double most =
                (double) Duration.between(START, now).toNanos() / limit.per().toNanos() * limit.tasks();
        assertThat((double) begun).isBetween(most * .999 - 1, most + 1e-6);
    }

    /** Neither forward nor back, nor by centuries. */
    @Property(tries = 100)
    void aClockThatJumpsBringsNoMoreThanOneFillAndHoldsUpNobody(@ForAll("limits") RateLimit limit, @ForAll long seed) {
        Random random = new Random(seed);
        TokenBucket bucket = new TokenBucket(limit, START);
        List<Instant> jumps =
                List.of(Instant.MIN, Instant.MAX, START, START.minusSeconds(1_000_000), START.plusSeconds(1_000_000));
        for (int step = 0; step < 30; step++) {
            Instant now = jumps.get(random.nextInt(jumps.size()));
            int tokens = bucket.tokens(now);
            assertThat(tokens).isBetween(0, limit.tasks());
            for (int i = 0; i < tokens; i++) {
                bucket.take();
            }

            assertThat(bucket.untilNext(now)).isBetween(Duration.ofNanos(1), Duration.ofNanos(limit.nanosEach()));
        }
    }

    private static long wait(Random random, RateLimit limit) {
        long each = limit.nanosEach();
        switch (random.nextInt(4)) {
            case 0:
                return 0;
            case 1:
                return (long) (random.nextDouble() * each);
            case 2:
                return (long) (random.nextDouble() * 5 * each);
            default:
                return (long) (random.nextDouble() * 2 * each * limit.tasks());
        }
    }

    @Provide
    Arbitrary<RateLimit> limits() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.of(
                                Duration.ofNanos(1_000_003),
                                Duration.ofSeconds(1),
                                Duration.ofHours(1),
                                Duration.ofDays(3)))
                .as(RateLimit::new);
    }
}
