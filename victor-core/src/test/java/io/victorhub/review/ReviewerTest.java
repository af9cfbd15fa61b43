package io.victorhub.review;

import static io.victorhub.review.Entries.NOON;
import static io.victorhub.review.Entries.attempt;
import static io.victorhub.review.Entries.closed;
import static io.victorhub.review.Entries.failure;
import static io.victorhub.review.Entries.imported;
import static io.victorhub.review.Entries.learn;
import static io.victorhub.review.Entries.retried;
import static io.victorhub.review.Entries.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.victorhub.history.History;
import io.victorhub.history.ListLog;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Execution.Status;
import io.victorhub.spi.Imported;
import io.victorhub.spi.Rating;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.store.Position;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReviewerTest {

    private final Reviewer reviewer = Reviewer.of(ReviewSettings.DEFAULT);

    @Test
    void knowsNothingAtFirst() {
        Statistics statistics = reviewer.statistics();

        assertThat(statistics.totals()).isEqualTo(new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(statistics.successRate()).isEmpty();
        assertThat(statistics.skills()).isEmpty();
        assertThat(statistics.types()).isEmpty();
        assertThat(statistics.pairings()).isEmpty();
        assertThat(reviewer.insights()).isEmpty();
        assertThat(reviewer.learnedTo()).isEqualTo(Position.START);
    }

    @Test
    void settlesATaskWithTheAttemptThatNoneFollows() {
        learn(reviewer, 2, retried(failure("s")));
        learn(reviewer, 1, success("s"));

        Statistics statistics = reviewer.statistics();

        assertThat(statistics.totals()).isEqualTo(new Totals(1, 1, 0, 0, 0, 0, 3, 2, 0, 0, 0));
        assertThat(statistics.successRate().orElseThrow().value()).isEqualTo(1);
        assertThat(statistics.skills().get("s").successRate().orElseThrow().value())
                .isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void settlesATaskThatIsClosedWithoutAnAttempt() {
        learn(reviewer, 1, closed(Reason.CANCELLED));
        learn(reviewer, 2, closed(Reason.EXPIRED));
        learn(reviewer, 3, closed(Reason.LOST));

        Statistics statistics = reviewer.statistics();

        assertThat(statistics.totals()).isEqualTo(new Totals(6, 0, 0, 3, 1, 2, 0, 0, 0, 0, 0));
        assertThat(statistics.successRate()).map(Rate::of).contains(3L);
        assertThat(statistics.types()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CANCELLED, CANCELLED", "EXPIRED, EXPIRED", "FAILED, CANCELLED", "FAILED, EXPIRED"})
    void countsWhatWasCancelledOrExpiredInTotalsOnly(Status status, Reason reason) {
        learn(reviewer, 1, success("s"));
        learn(
                reviewer,
                4,
                attempt("s")
                        .status(status)
                        .trouble(Execution.Trouble.of(reason, ""))
                        .build());

        Statistics statistics = reviewer.statistics();

        assertThat(statistics.totals().settled()).isEqualTo(5);
        assertThat(statistics.totals().cancelled() + statistics.totals().expired())
                .isEqualTo(4);
        assertThat(statistics.successRate()).map(Rate::of).contains(1L);
        Performance skill = statistics.skills().get("s");
        assertThat(skill.attempts()).isEqualTo(5);
        assertThat(skill.successRate()).map(Rate::of).contains(1L);
        assertThat(skill.duration()).map(Spread::count).contains(1L);
    }

    @Test
    void takesAnAttemptThatTheClosingHubEndedForNone() {
        learn(reviewer, 3, retried(failure("s", Reason.HUB_CLOSING)));

        Statistics statistics = reviewer.statistics();

        assertThat(statistics.totals()).isEqualTo(new Totals(0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0));
        assertThat(statistics.skills()).isEmpty();
    }

    @Test
    void holdsALostAttemptAgainstTheTaskButNotAgainstTheSkill() {
        learn(reviewer, 1, failure("s", Reason.LOST));

        Statistics statistics = reviewer.statistics();

        assertThat(statistics.totals().failed()).isEqualTo(1);
        assertThat(statistics.successRate().orElseThrow().value()).isZero();
        assertThat(statistics.skills().get("s").attempts()).isEqualTo(1);
        assertThat(statistics.skills().get("s").successRate()).isEmpty();
        assertThat(statistics.skills().get("s").duration()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"LOST", "CANCELLED", "EXPIRED", "HUB_CLOSING"},
            mode = EnumSource.Mode.EXCLUDE)
    void holdsEveryOtherFailureAgainstTheSkill(Reason reason) {
        learn(reviewer, 1, failure("s", reason));

        assertThat(reviewer.statistics().skills().get("s").successRate())
                .map(Rate::successes)
                .contains(0L);
    }

    @Test
    void countsAPartialSuccessAsNoSuccess() {
        learn(reviewer, 1, attempt("s").status(Status.PARTIAL).build());

        Statistics statistics = reviewer.statistics();

        assertThat(statistics.totals().partial()).isEqualTo(1);
        assertThat(statistics.successRate()).map(Rate::value).contains(0.0);
        assertThat(statistics.skills().get("s").successes()).isZero();
    }

    @Test
    void countsImportsInTotalsAndWhereTheSkillIsKnown() {
        learn(reviewer, 2, imported(Status.SUCCESS, "s"));
        learn(reviewer, 1, imported(Status.FAILED, null));

        Statistics statistics = reviewer.statistics();

        assertThat(statistics.totals()).isEqualTo(new Totals(3, 2, 0, 1, 0, 0, 3, 0, 0, 3, 0));
        assertThat(statistics.skills().get("s").duration()).map(Spread::count).contains(2L);
        assertThat(statistics.skills().get("s").queueWait()).isEmpty();
        assertThat(statistics.types()).isEmpty();
        assertThat(statistics.pairings()).isEmpty();
    }

    @Test
    void countsImportsOfAKnownTypeThere() {
        learn(
                reviewer,
                1,
                new Imported("t", Status.SUCCESS, Duration.ofSeconds(1), Optional.of("type"), Optional.of("s"), NOON));

        assertThat(reviewer.statistics().types()).containsOnlyKeys("type");
        assertThat(reviewer.statistics().pairings()).containsExactly(new Pairing("s", "type", 1, 1, 1));
    }

    @Test
    void onlyCountsRatings() {
        learn(reviewer, 2, new Rating("t-1", 1, "me", NOON));

        assertThat(reviewer.statistics().totals()).isEqualTo(new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2));
    }

    @Test
    void measuresDurationsWaitsAndCost() {
        for (int i = 1; i <= 100; i++) {
            learn(
                    reviewer,
                    1,
                    attempt("s")
                            .duration(Duration.ofSeconds(i))
                            .queueWait(Duration.ofMillis(i))
                            .build());
        }

        Performance skill = reviewer.statistics().skills().get("s");

        Spread duration = skill.duration().orElseThrow();
        assertThat(duration.count()).isEqualTo(100);
        assertThat(duration.mean()).isEqualTo(Duration.ofMillis(50_500));
        assertThat(duration.p50()).isCloseTo(Duration.ofSeconds(50), Duration.ofMillis(500));
        assertThat(duration.p95()).isCloseTo(Duration.ofSeconds(95), Duration.ofMillis(950));
        assertThat(duration.p99()).isCloseTo(Duration.ofSeconds(99), Duration.ofMillis(990));
        assertThat(duration.max()).isEqualTo(Duration.ofSeconds(100));
        assertThat(skill.queueWait().orElseThrow().mean()).isEqualTo(Duration.ofNanos(50_500_000));
        assertThat(skill.cost()).isEqualTo(50);
        assertThat(reviewer.statistics().types().get("type")).isEqualTo(skill);
    }

    @Test
    void measuresNoDurationWhereNoSkillWasCalled() {
        Execution impossible =
                failure("s", Reason.REFUSED).toBuilder().skill(null).build();
        learn(reviewer, 1, impossible);

        Performance type = reviewer.statistics().types().get("type");

        assertThat(type.successRate()).map(Rate::of).contains(1L);
        assertThat(type.duration()).isEmpty();
        assertThat(type.queueWait()).map(Spread::count).contains(1L);
    }

    @Test
    void takesAnEndlessDurationForTheLongestItCanCount() {
        learn(
                reviewer,
                1,
                new Imported(
                        "t",
                        Status.SUCCESS,
                        Duration.ofSeconds(Long.MAX_VALUE),
                        Optional.empty(),
                        Optional.of("s"),
                        NOON));

        assertThat(reviewer.statistics().skills().get("s").duration())
                .map(Spread::max)
                .contains(Duration.ofNanos(Long.MAX_VALUE));
    }

    @Test
    void countsTogetherWhatThereIsTooMuchOf() {
        for (int i = 0; i < Statistics.MAX_NAMES + 7; i++) {
            learn(
                    reviewer,
                    1,
                    Execution.of("t", "type-" + i)
                            .skill(new SkillRef("s-" + i, "1"))
                            .startedAt(NOON)
                            .build());
        }
        learn(
                reviewer,
                1,
                Execution.of("t", "type-0")
                        .skill(new SkillRef("s-0", "2"))
                        .startedAt(NOON)
                        .build());

        Statistics statistics = reviewer.statistics();

        assertThat(statistics.skills()).hasSize(Statistics.MAX_NAMES + 1);
        assertThat(statistics.skills().get(Statistics.OTHER).attempts()).isEqualTo(7);
        assertThat(statistics.skills().get("s-0").attempts()).isEqualTo(2);
        assertThat(statistics.types().get(Statistics.OTHER).attempts()).isEqualTo(7);
        assertThat(statistics.pairings()).hasSize(Statistics.MAX_NAMES + 7);
    }

    @Test
    void countsTogetherThePairingsThereAreTooManyOf() {
        for (int i = 0; i < 72 * 72; i++) {
            learn(
                    reviewer,
                    1,
                    Execution.of("t", "type-" + i % 72)
                            .skill(new SkillRef("s-" + i / 72, "1"))
                            .startedAt(NOON)
                            .build());
        }

        List<Pairing> pairings = reviewer.statistics().pairings();

        assertThat(pairings).hasSize(Statistics.MAX_PAIRINGS + 1);
        assertThat(pairings.get(0)).isEqualTo(new Pairing(Statistics.OTHER, Statistics.OTHER, 184, 184, 184));
    }

    @Test
    void catchesUpWithALogAndReadsOnlyWhatIsNewTheNextTime() {
        ListLog log = ListLog.of(Collections.nCopies(8, success("s")));

        assertThat(reviewer.catchUp(History.of(log))).isEqualTo(8);
        assertThat(reviewer.catchUp(History.of(log))).isZero();
        log.append(List.of(success("s")));
        assertThat(reviewer.catchUp(History.of(log))).isEqualTo(1);

        assertThat(reviewer.statistics().totals().settled()).isEqualTo(9);
        assertThat(reviewer.learnedTo()).isEqualTo(new Position("9"));
    }

    @Test
    void goesOnFromTheEntryThatItWasGivenLast() {
        ListLog log = ListLog.of(Collections.nCopies(8, success("s")));
        reviewer.learn(new Position("1"), success("s"));

        assertThat(reviewer.catchUp(History.of(log))).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-01-05T22:59:59Z, 3",
        "Europe/Berlin, 2026-01-05T23:00:00Z, 2",
        "Europe/Berlin, 2026-01-07T12:00:00Z, 0",
        "Asia/Kathmandu, 2026-01-05T18:14:59Z, 1",
        "Asia/Kathmandu, 2026-01-05T18:15:00Z, 4",
        "UTC, 2026-01-05T12:00:00Z, 4"
    })
    void knowsWhatWasDoneOnTheDayOfTheZone(String zone, Instant now, long completed) {
        Reviewer there =
                Reviewer.of(ReviewSettings.builder().zone(ZoneId.of(zone)).build());
        for (String end : List.of(
                "2026-01-05T00:00:00Z",
                "2026-01-05T18:15:00Z",
                "2026-01-05T22:59:59Z",
                "2026-01-05T23:00:00Z",
                "2026-01-06T00:00:00Z")) {
            learn(there, 1, Entries.at(Instant.parse(end), success("s")));
        }

        assertThat(there.completedToday(now)).isEqualTo(completed);
    }

    @Test
    void countsPartsAsDoneTodayButNotWhatFailed() {
        learn(reviewer, 1, success("s"));
        learn(reviewer, 1, attempt("s").status(Status.PARTIAL).build());
        learn(reviewer, 1, failure("s"));
        learn(reviewer, 1, retried(failure("s")));
        learn(reviewer, 1, closed(Reason.CANCELLED));

        assertThat(reviewer.completedToday(NOON)).isEqualTo(2);
    }

    @Test
    void staysRightThoughAnEntryComesFromAClockThatIsAhead() {
        learn(reviewer, 1, success("s"));
        learn(reviewer, 1, Entries.at(NOON.plus(Duration.ofDays(20)), success("s")));
        learn(reviewer, 1, Entries.at(Instant.MAX, success("s")));
        learn(reviewer, 1, success("s"));

        assertThat(reviewer.completedToday(NOON)).isEqualTo(2);
        assertThat(reviewer.statistics().totals().settled()).isEqualTo(4);
    }

    @Test
    void countsWhatIsOlderThanItKeepsOfNoDayButInTotals() {
        learn(reviewer, 1, success("s"));
        learn(reviewer, 1, Entries.at(NOON.minus(Duration.ofDays(35)), success("s")));

        assertThat(reviewer.completedToday(NOON)).isEqualTo(1);
        assertThat(reviewer.completedToday(NOON.minus(Duration.ofDays(35)))).isZero();
        assertThat(reviewer.statistics().totals().settled()).isEqualTo(2);
    }
}
