package io.victorhub.routing;

import static io.victorhub.testing.Executions.failure;
import static io.victorhub.testing.Executions.partial;
import static io.victorhub.testing.Executions.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.victorhub.spi.Closed;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.store.Position;
import io.victorhub.testing.SettableClock;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BetaThompsonTest {

    private static final Candidate GOOD = candidate("good");
    private static final Candidate POOR = candidate("poor");
    private static final List<Candidate> BOTH = List.of(GOOD, POOR);
    private static final TaskFeatures EXPLORING = features("t", false);
    private static final TaskFeatures NOT_EXPLORING = features("t", true);

    private final BetaThompson policy = BetaThompson.create();
    private int learned;

    /**
     * With 8 of 10 against 4 of 10, {@code P(Beta(9, 3) > Beta(5, 7))} is .956. Of 1,000 choices 956 are expected; fewer
     * than 920 have p < 1e-6.
     */
    @Test
    void mostlyTakesTheSkillThatSucceededMore() {
        learn(8, success("t", "good"), 2, failure("t", "good", Reason.SKILL_ERROR));
        learn(4, success("t", "poor"), 6, failure("t", "poor", Reason.SKILL_ERROR));

        assertThat(share(GOOD, 1_000)).isBetween(.92, .99);
    }

    /** Both have the same chance; 1,000 fair choices lie within 500 ± 66 but for p < 3e-5. */
    @Test
    void takesSkillsItKnowsNothingOfEquallyOften() {
        assertThat(share(GOOD, 1_000)).isCloseTo(.5, within(.066));
    }

    /** 99% against 80%, from the first choice on; a fair coin would take the better one 1,000 times. */
    @Test
    void settlesOnTheBetterSkillWhileItLearnsFromItsOwnChoices() {
        SplittableRandom world = new SplittableRandom(42);
        int good = 0;

        for (int i = 0; i < 2_000; i++) {
            String skill = policy.choose(EXPLORING, BOTH, i).skill().name();
            good += skill.equals("good") ? 1 : 0;
            boolean succeeds = world.nextDouble() < (skill.equals("good") ? .99 : .8);
            learn(succeeds ? success("t", skill) : failure("t", skill, Reason.SKILL_ERROR));
        }

        assertThat(good).isGreaterThan(1_800);
    }

    @Test
    void goesOnTryingASkillThatFailedOnce() {
        learn(3, success("t", "good"), 1, failure("t", "poor", Reason.SKILL_ERROR));

        assertThat(share(POOR, 1_000)).isBetween(.05, .35);
    }

    @Test
    void learnsOfEachTypeByItself() {
        learn(50, success("other", "poor"), 50, failure("other", "good", Reason.SKILL_ERROR));

        assertThat(share(GOOD, 1_000)).isCloseTo(.5, within(.066));
    }

    @Test
    void keepsWhatItLearnedOfASkillWhenANewVersionComes() {
        learn(9, success("t", "good"), 1, failure("t", "poor", Reason.SKILL_ERROR));
        Candidate newer = new Candidate(new SkillRef("good", "2"), 0, 0);

        Selection selection = policy.choose(NOT_EXPLORING, List.of(POOR, newer), 1);

        assertThat(selection.skill()).isEqualTo(newer.skill());
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"CANCELLED", "EXPIRED", "HUB_CLOSING"},
            mode = EnumSource.Mode.EXCLUDE)
    void countsWhateverStoppedASkillAsItsFailure(Reason reason) {
        learn(failure("t", "good", reason));

        assertThat(expected(GOOD)).isEqualTo("good at t: expected success 0.333 after 1 results");
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"CANCELLED", "EXPIRED", "HUB_CLOSING"})
    void learnsNothingFromWhatIsNoFaultOfASkill(Reason reason) {
        learn(failure("t", "good", reason));

        assertThat(expected(GOOD)).isEqualTo("good at t: expected success 0.500 after 0 results");
    }

    @Test
    void countsAPartialSuccessByItsQuality() {
        learn(partial("t", "good", .9));

        assertThat(expected(GOOD)).isEqualTo("good at t: expected success 0.633 after 1 results");
    }

    @Test
    void countsAPartialSuccessWithoutQualityAsHalf() {
        learn(4, partial("t", "good"), 1, success("t", "poor"));

        assertThat(expected(GOOD)).isEqualTo("good at t: expected success 0.500 after 4 results");
    }

    @Test
    void readsPastEntriesThatNobodyDidAnything() {
        learn(new Closed("task", "t", Reason.CANCELLED, "", 0, 1, SettableClock.START));

        Selection selection = policy.choose(EXPLORING, BOTH, 1);

        assertThat(selection.position()).isEqualTo("1");
        assertThat(selection.explanation()).endsWith("expected success 0.500 after 0 results");
    }

    @Test
    void alwaysTakesTheBestWhereItMustNotExplore() {
        learn(2, success("t", "good"), 1, success("t", "poor"));

        assertThat(IntStream.range(0, 100).mapToObj(seed -> policy.choose(NOT_EXPLORING, List.of(POOR, GOOD), seed)))
                .allSatisfy(selection -> {
                    assertThat(selection.skill()).isEqualTo(GOOD.skill());
                    assertThat(selection.propensity()).hasValue(1);
                });
    }

    @Test
    void leavesThePropensityOfADrawToBeComputedAgain() {
        assertThat(policy.choose(EXPLORING, BOTH, 1).propensity()).isEmpty();
    }

    @Test
    void saysHowFarItHadReadAndWhatItThinksOfItsChoice() {
        learn(3, success("t", "good"), 1, failure("t", "good", Reason.SKILL_ERROR));

        Selection selection = policy.choose(NOT_EXPLORING, BOTH, 1);

        assertThat(selection.position()).isEqualTo("4");
        assertThat(selection.explanation()).isEqualTo("good at t: expected success 0.667 after 4 results");
    }

    /** Otherwise the propensity could not be computed again from the log up to the position. */
    @Test
    void choosesByExactlyWhatItHadReadUpToThePositionItNames() throws InterruptedException {
        Pattern results = Pattern.compile("after (\\d+) results");
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            begun.countDown();
            for (int i = 0; i < 30_000; i++) {
                learn(success("t", "good"));
            }
            done.set(true);
        });
        reader.start();
        begun.await();

        int wrong = 0;
        while (!done.get()) {
            Selection selection = policy.choose(NOT_EXPLORING, List.of(GOOD), 1);
            Matcher matcher = results.matcher(selection.explanation());
            assertThat(matcher.find()).isTrue();
            String position = selection.position().isEmpty() ? "0" : selection.position();
            wrong += matcher.group(1).equals(position) ? 0 : 1;
        }
        reader.join();

        assertThat(wrong).isZero();
    }

    private double share(Candidate candidate, int choices) {
        return IntStream.range(0, choices)
                        .filter(seed ->
                                policy.choose(EXPLORING, BOTH, seed).skill().equals(candidate.skill()))
                        .count()
                / (double) choices;
    }

    private String expected(Candidate candidate) {
        return policy.choose(NOT_EXPLORING, List.of(candidate), 1).explanation();
    }

    private void learn(int times, LogEntry entry, int otherTimes, LogEntry other) {
        Stream.generate(() -> entry).limit(times).forEach(this::learn);
        Stream.generate(() -> other).limit(otherTimes).forEach(this::learn);
    }

    private void learn(LogEntry entry) {
        policy.learn(new Position(Integer.toString(++learned)), entry);
    }

    private static Candidate candidate(String name) {
        return new Candidate(new SkillRef(name, "1"), 0, 0);
    }

    private static TaskFeatures features(String type, boolean noExplore) {
        return new TaskFeatures(type, 5, 0, 9, 1, noExplore);
    }
}
