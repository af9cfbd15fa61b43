package io.victorhub.review;

import static io.victorhub.review.Entries.NOON;
import static io.victorhub.review.Entries.attempt;
import static io.victorhub.review.Entries.failure;
import static io.victorhub.review.Entries.learn;
import static io.victorhub.review.Entries.retried;
import static io.victorhub.review.Entries.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.victorhub.review.Trend.Change;
import io.victorhub.review.Trend.NotEnoughData;
import io.victorhub.spi.Execution;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrendsTest {

    private static final Instant LAST_WEEK = NOON.minus(Duration.ofDays(9));
    private static final Instant THIS_WEEK = NOON.minus(Duration.ofDays(2));

    private final Reviewer reviewer = Reviewer.of(ReviewSettings.DEFAULT);

    @Test
    void comparesTheLastSevenDaysWithTheSevenBefore() {
        learn(reviewer, 1, Entries.at(NOON.minus(Duration.ofDays(20)), success("s")));
        ended(LAST_WEEK, 90, 10, Duration.ofSeconds(20));
        ended(THIS_WEEK, 114, 6, Duration.ofSeconds(17));

        Trends trends = reviewer.trends(NOON);

        Change rate = (Change) trends.successRate();
        assertThat(rate.before()).isEqualTo(.9);
        assertThat(rate.after()).isEqualTo(.95);
        assertThat(rate.change()).isCloseTo(.05, within(1e-12));
        assertThat(rate.clear()).isFalse();
        Change duration = (Change) trends.duration();
        assertThat(duration.before()).isCloseTo(20, within(1e-9));
        assertThat(duration.after()).isCloseTo(17, within(1e-9));
        assertThat(duration.change()).isCloseTo(-.15, within(1e-9));
        assertThat(duration.clear()).isTrue();
        Change throughput = (Change) trends.throughput();
        assertThat(throughput.before()).isEqualTo(100);
        assertThat(throughput.after()).isEqualTo(120);
        assertThat(throughput.change()).isCloseTo(.2, within(1e-12));
        assertThat(throughput.low()).isLessThan(.2);
        assertThat(throughput.high()).isGreaterThan(.2);
    }

    @Test
    void hasNotEnoughDataWithFewerResultsThanTheMinimum() {
        learn(reviewer, 1, Entries.at(NOON.minus(Duration.ofDays(20)), success("s")));
        ended(LAST_WEEK, 19, 0, Duration.ofSeconds(1));
        ended(THIS_WEEK, 100, 0, Duration.ofSeconds(1));

        assertThat(reviewer.trends(NOON))
                .isEqualTo(new Trends(
                        new NotEnoughData(19, 100, 20),
                        new NotEnoughData(19, 100, 20),
                        new NotEnoughData(19, 100, 20)));

        ended(LAST_WEEK, 1, 0, Duration.ofSeconds(1));
        assertThat(reviewer.trends(NOON).successRate()).isInstanceOf(Change.class);
        assertThat(reviewer.trends(NOON).duration()).isInstanceOf(Change.class);
        assertThat(reviewer.trends(NOON).throughput()).isInstanceOf(Change.class);
    }

    @Test
    void doesNotTakeTheFirstDaysOfAHubForAWeekOfLittleWork() {
        ended(NOON.minus(Duration.ofDays(8)), 30, 0, Duration.ofSeconds(1));
        ended(THIS_WEEK, 210, 0, Duration.ofSeconds(1));

        assertThat(reviewer.trends(NOON).throughput()).isEqualTo(new NotEnoughData(30, 210, 20));
        assertThat(reviewer.trends(NOON).successRate()).isInstanceOf(Change.class);
    }

    @Test
    void movesWithTheMoment() {
        ended(NOON.minus(Duration.ofDays(14)), 30, 0, Duration.ofSeconds(1));
        ended(NOON.minus(Duration.ofDays(7)), 40, 0, Duration.ofSeconds(1));
        ended(NOON, 50, 0, Duration.ofSeconds(1));

        assertThat(counts(NOON)).containsExactly(40, 50);
        assertThat(counts(NOON.minus(Duration.ofMinutes(15)))).containsExactly(30, 40);
        assertThat(counts(NOON.plus(Duration.ofDays(7).minusMinutes(15)))).containsExactly(40, 50);
        assertThat(counts(NOON.plus(Duration.ofDays(14).minusMinutes(15)))).containsExactly(50, 0);
        assertThat(counts(NOON.plus(Duration.ofDays(100)))).containsExactly(0, 0);
    }

    @Test
    void measuresAttemptsButSettlesTasks() {
        ended(LAST_WEEK, 20, 0, Duration.ofSeconds(1));
        Execution slow =
                retried(failure("s").toBuilder().duration(Duration.ofSeconds(3)).build());
        learn(reviewer, 20, Entries.at(THIS_WEEK, slow));
        ended(THIS_WEEK, 20, 0, Duration.ofSeconds(1));

        Trends trends = reviewer.trends(NOON);

        assertThat(((Change) trends.successRate()).after()).isEqualTo(1);
        assertThat(((Change) trends.duration()).after()).isCloseTo(2, within(1e-12));
        assertThat(trends.throughput()).isEqualTo(new NotEnoughData(20, 20, 20));
    }

    @Test
    void comparesNoDurationsThatAreAllZero() {
        ended(LAST_WEEK, 20, 0, Duration.ZERO);
        ended(THIS_WEEK, 20, 0, Duration.ofSeconds(1));

        assertThat(reviewer.trends(NOON).duration()).isInstanceOf(NotEnoughData.class);
    }

    private long[] counts(Instant now) {
        Trend trend = reviewer.trends(now).successRate();
        if (trend instanceof NotEnoughData few) {
            return new long[] {few.before(), few.after()};
        }
        Trend throughput = reviewer.trends(now).throughput();
        return throughput instanceof Change change
                ? new long[] {(long) change.before(), (long) change.after()}
                : new long[] {((NotEnoughData) throughput).before(), ((NotEnoughData) throughput).after()};
    }

    private void ended(Instant end, int successes, int failures, Duration duration) {
        learn(
                reviewer,
                successes,
                Entries.at(end, attempt("s").duration(duration).build()));
        learn(
                reviewer,
                failures,
                Entries.at(end, failure("s").toBuilder().duration(duration).build()));
    }
}
