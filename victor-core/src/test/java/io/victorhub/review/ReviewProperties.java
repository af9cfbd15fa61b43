package io.victorhub.review;

import static io.victorhub.review.Entries.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.victorhub.history.History;
import io.victorhub.history.ListLog;
import io.victorhub.spi.Closed;
import io.victorhub.spi.Details;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Execution.Status;
import io.victorhub.spi.Imported;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Rating;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Whatever happened, a reviewer says of it what a reader of the whole log would say. */
class ReviewProperties {

    private static final ReviewSettings SETTINGS =
            ReviewSettings.builder().minimumResults(2).build();

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void totalsAreWhatCountingTheLogGives(@ForAll("histories") List<LogEntry> history) {
        Totals totals = learned(history).statistics().totals();

        assertThat(totals.succeeded()).isEqualTo(settled(history, Status.SUCCESS));
        assertThat(totals.partial()).isEqualTo(settled(history, Status.PARTIAL));
        assertThat(totals.failed()).isEqualTo(settled(history, Status.FAILED));
        assertThat(totals.cancelled()).isEqualTo(settled(history, Status.CANCELLED));
        assertThat(totals.expired()).isEqualTo(settled(history, Status.EXPIRED));
        assertThat(totals.settled())
                .isEqualTo(history.stream().filter(NaiveReview::settles).count());
        assertThat(totals.attempts()).isEqualTo(NaiveReview.attempts(history).size());
        assertThat(totals.retried() + totals.interrupted())
                .isEqualTo(executions(history)
                        .filter(e -> e.retryAt().isPresent() || NaiveReview.reason(e) == Reason.HUB_CLOSING)
                        .count());
        assertThat(totals.imported())
                .isEqualTo(history.stream().filter(Imported.class::isInstance).count());
        assertThat(totals.ratings())
                .isEqualTo(history.stream().filter(Rating.class::isInstance).count());
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void performancesAreWhatSortingTheAttemptsGives(@ForAll("histories") List<LogEntry> history) {
        Statistics statistics = learned(history).statistics();

        for (String name : List.of("a", "b", "c")) {
            checkPerformance(
                    statistics.skills().get(name),
                    NaiveReview.attempts(history).stream()
                            .filter(attempt -> name.equals(attempt.skill()))
                            .toList());
            checkPerformance(
                    statistics.types().get(name),
                    NaiveReview.attempts(history).stream()
                            .filter(attempt -> name.equals(attempt.type()))
                            .toList());
            for (String type : List.of("a", "b", "c")) {
                List<NaiveReview.Attempt> both = NaiveReview.attempts(history).stream()
                        .filter(attempt -> name.equals(attempt.skill()) && type.equals(attempt.type()))
                        .toList();
                assertThat(statistics.pairings())
                        .filteredOn(pairing ->
                                pairing.skill().equals(name) && pairing.type().equals(type))
                        .isEqualTo(
                                both.isEmpty()
                                        ? List.of()
                                        : List.of(new Pairing(
                                                name,
                                                type,
                                                both.size(),
                                                count(both, NaiveReview.Attempt::counts),
                                                count(both, NaiveReview.Attempt::succeeded))));
            }
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfEntriesMattersToNothingThatIsCounted(
            @ForAll("histories") List<LogEntry> history, @ForAll Random random) {
        List<LogEntry> shuffled = new ArrayList<>(history);
        Collections.shuffle(shuffled, random);

        Reviewer one = learned(history);
        Reviewer other = learned(shuffled);

        assertThat(other.statistics()).isEqualTo(one.statistics());
        assertThat(other.insights()).isEqualTo(one.insights());
        assertThat(other.completedToday(NOON)).isEqualTo(one.completedToday(NOON));
        assertThat(other.trends(NOON).successRate()).isEqualTo(one.trends(NOON).successRate());
        assertThat(other.trends(NOON).throughput()).isEqualTo(one.trends(NOON).throughput());
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void trendsAreWhatFilteringTheLogByTimeGives(@ForAll("histories") List<LogEntry> history) {
        Instant end = NOON.plus(Duration.ofMinutes(15));
        List<LogEntry> before = during(history, end.minus(Duration.ofDays(14)), end.minus(Duration.ofDays(7)));
        List<LogEntry> after = during(history, end.minus(Duration.ofDays(7)), end);
        Reviewer reviewer = learned(history);

        Trends trends = reviewer.trends(NOON);

        checkCounts(trends.successRate(), counted(before), counted(after));
        if (trends.successRate() instanceof Trend.Change change) {
            assertThat(change.before()).isEqualTo((double) settled(before, Status.SUCCESS) / counted(before));
            assertThat(change.after()).isEqualTo((double) settled(after, Status.SUCCESS) / counted(after));
            assertThat(change.change()).isBetween(change.low(), change.high());
        }
        if (trends.duration() instanceof Trend.Change change) {
            assertThat(change.before()).isCloseTo(meanSeconds(before), within(1e-9 * change.before()));
            assertThat(change.after()).isCloseTo(meanSeconds(after), within(1e-9 * change.after()));
            assertThat(change.change()).isBetween(change.low(), change.high());
        }
        checkCounts(trends.throughput(), count(before, NaiveReview::settles), count(after, NaiveReview::settles));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void noSkillIsBothLowAndExcellentAndEveryInsightHasItsEvidence(@ForAll("histories") List<LogEntry> history) {
        Reviewer reviewer = learned(history);

        List<Insight> insights = reviewer.insights();

        assertThat(insights).allMatch(insight -> insight.rate().of() >= SETTINGS.minimumResults());
        assertThat(insights)
                .allMatch(insight -> insight instanceof Insight.ExcellentSkill
                        ? insight.rate().low() > insight.threshold()
                        : insight.rate().high() < insight.threshold());
        List<String> skills = insights.stream()
                .filter(insight -> !(insight instanceof Insight.LowOverallSuccess))
                .map(insight -> insight instanceof Insight.LowSkillSuccess low
                        ? low.skill()
                        : ((Insight.ExcellentSkill) insight).skill())
                .toList();
        assertThat(skills).doesNotHaveDuplicates();
    }

    private static void checkPerformance(@Nullable Performance performance, List<NaiveReview.Attempt> attempts) {
        if (attempts.isEmpty()) {
            assertThat(performance).isNull();
            return;
        }
        assertThat(performance.attempts()).isEqualTo(attempts.size());
        assertThat(performance.successes()).isEqualTo(count(attempts, NaiveReview.Attempt::succeeded));
        assertThat(performance.successRate().map(Rate::of).orElse(0L))
                .isEqualTo(count(attempts, NaiveReview.Attempt::counts));
        assertThat(performance.cost())
                .isEqualTo(
                        attempts.stream().mapToDouble(NaiveReview.Attempt::cost).sum());
        checkSpread(performance.duration(), NaiveReview.sorted(attempts, NaiveReview.Attempt::duration));
        checkSpread(performance.queueWait(), NaiveReview.sorted(attempts, NaiveReview.Attempt::queueWait));
    }

    private static void checkSpread(Optional<Spread> spread, List<Duration> sorted) {
        assertThat(spread.map(Spread::count).orElse(0L)).isEqualTo(sorted.size());
        spread.ifPresent(found -> {
            checkQuantile(found.p50(), .5, sorted);
            checkQuantile(found.p95(), .95, sorted);
            checkQuantile(found.p99(), .99, sorted);
            assertThat(found.max()).isEqualTo(sorted.get(sorted.size() - 1));
            double sum = sorted.stream().mapToLong(Duration::toNanos).sum();
            assertThat(found.mean()).isCloseTo(Duration.ofNanos(Math.round(sum / sorted.size())), Duration.ofNanos(1));
        });
    }

    private static void checkQuantile(Duration found, double q, List<Duration> sorted) {
        Duration exact = sorted.get((int) Math.floor(q * (sorted.size() - 1)));
        assertThat(found).isCloseTo(exact, exact.dividedBy(100).plusNanos(1));
    }

    private static void checkCounts(Trend trend, long before, long after) {
        if (trend instanceof Trend.NotEnoughData few) {
            assertThat(few).isEqualTo(new Trend.NotEnoughData(before, after, SETTINGS.minimumResults()));
        } else {
            assertThat(Math.min(before, after)).isGreaterThanOrEqualTo(SETTINGS.minimumResults());
        }
    }

    private static Reviewer learned(List<LogEntry> history) {
        Reviewer reviewer = Reviewer.of(SETTINGS);
        reviewer.catchUp(History.of(ListLog.of(history)));
        return reviewer;
    }

    private static long settled(List<LogEntry> history, Status as) {
        return count(history, entry -> NaiveReview.settles(entry) && NaiveReview.status(entry) == as);
    }

    private static long counted(List<LogEntry> history) {
        return settled(history, Status.SUCCESS) + settled(history, Status.PARTIAL) + settled(history, Status.FAILED);
    }

    private static double meanSeconds(List<LogEntry> history) {
        return NaiveReview.sorted(NaiveReview.attempts(history), NaiveReview.Attempt::duration).stream()
                .mapToDouble(duration -> duration.toNanos() / 1e9)
                .average()
                .orElse(0);
    }

    private static List<LogEntry> during(List<LogEntry> history, Instant from, Instant to) {
        return history.stream()
                .filter(entry -> !entry.at().isBefore(from) && entry.at().isBefore(to))
                .toList();
    }

    private static Stream<Execution> executions(List<LogEntry> history) {
        return history.stream().filter(Execution.class::isInstance).map(Execution.class::cast);
    }

    private static <T> long count(List<T> all, Predicate<T> which) {
        return all.stream().filter(which).count();
    }

    @Provide
    Arbitrary<List<LogEntry>> histories() {
        Arbitrary<LogEntry> entry = Arbitraries.frequencyOf(
                Tuple.of(12, executions()),
                Tuple.of(2, closed()),
                Tuple.of(3, imported()),
                Tuple.of(1, times().map(at -> new Rating("t", .5, "me", at))));
        return entry.list().ofMaxSize(150);
    }

    private static Arbitrary<LogEntry> executions() {
        Arbitrary<Optional<Reason>> reason =
                Arbitraries.of(Reason.values()).optional(.4); // empty: a success, sometimes a partial one
        return Combinators.combine(
                        names(),
                        names().optional(.9),
                        reason,
                        durations(),
                        durations(),
                        times(),
                        Arbitraries.integers().between(0, 7))
                .as((type, skill, why, took, waited, at, dice) -> {
                    Status status = why.map(NaiveReview::status).orElse(dice == 0 ? Status.PARTIAL : Status.SUCCESS);
                    boolean retry = why.filter(Reason::worthRetrying).isPresent()
                            && (dice < 4 || why.get() == Reason.HUB_CLOSING);
                    return Execution.of("t", type)
                            .skill(skill.map(name -> new SkillRef(name, "1")).orElse(null))
                            .status(status)
                            .trouble(why.map(r -> Execution.Trouble.of(r, "")).orElse(null))
                            .duration(took)
                            .queueWait(waited)
                            .startedAt(at.minus(took))
                            .retryAt(retry ? at : null)
                            .details(Details.builder().cost(dice * .25).build())
                            .build();
                });
    }

    private static Arbitrary<LogEntry> closed() {
        return Combinators.combine(
                        names(), Arbitraries.of(Reason.CANCELLED, Reason.EXPIRED, Reason.LOST, Reason.REFUSED), times())
                .as((type, reason, at) -> new Closed("t", type, reason, "", 0, 1, at));
    }

    private static Arbitrary<LogEntry> imported() {
        return Combinators.combine(
                        Arbitraries.of(Status.values()),
                        durations(),
                        names().optional(.5),
                        names().optional(.5),
                        times())
                .as((status, took, type, skill, at) -> new Imported("t", status, took, type, skill, at));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.of("a", "a", "a", "b", "b", "c");
    }

    private static Arbitrary<Duration> durations() {
        return Arbitraries.doubles().between(0, 34).map(power -> Duration.ofNanos((long) Math.exp(power) - 1));
    }

    private static Arbitrary<Instant> times() {
        return Arbitraries.longs().between(-20 * 86_400L, 2 * 86_400L).map(NOON::plusSeconds);
    }
}
