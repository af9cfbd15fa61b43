package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The entries of the log beside executions, and what goes with one. */
class LogEntryTest {

    private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

    @Test
    void aClosedTaskCountsItsAttemptsFromNoneAndItsRoundsFromOne() {
        assertThat(new Closed("t-1", "t", Result.Reason.EXPIRED, "late", 0, 1, NOW).attempts())
                .isZero();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Closed("t-1", "t", Result.Reason.EXPIRED, "late", -1, 1, NOW))
                .withMessage("task t-1 had -1 attempts in round 1; attempts count from 0, rounds from 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Closed("t-1", "t", Result.Reason.EXPIRED, "late", 0, 0, NOW))
                .withMessage("task t-1 had 0 attempts in round 0; attempts count from 0, rounds from 1");
    }

    @Test
    void aClosedTaskHasWholeTextsAndNothingMissing() {
        assertThat(new Closed("t-1", "t", Result.Reason.EXPIRED, "\uD83C", 0, 1, NOW).message())
                .isEqualTo("\uFFFD");

        assertThatNullPointerException()
                .isThrownBy(() -> new Closed("t-1", "t", null, "late", 0, 1, NOW))
                .withMessage("reason");
        assertThatNullPointerException()
                .isThrownBy(() -> new Closed("t-1", "t", Result.Reason.EXPIRED, "late", 0, 1, null))
                .withMessage("at");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Closed("t-1", "", Result.Reason.EXPIRED, "late", 0, 1, NOW))
                .withMessageStartingWith("task type ''");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-.001, 1.001, Double.NaN, Double.POSITIVE_INFINITY})
    void aRatingIsFromNoneToOne(double quality) {
        assertThat(new Rating("t-1", 1, "Ada", NOW).quality()).isEqualTo(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rating("t-1", quality, "Ada", NOW))
                .withMessage("quality of task t-1 is " + quality + "; it must be 0..1");
    }

    @Test
    void anImportedExecutionMayKnowNeitherTypeNorSkill() {
        Imported imported =
                new Imported("old-1", Execution.Status.SUCCESS, Duration.ZERO, Optional.empty(), Optional.empty(), NOW);

        assertThat(imported.type()).isEmpty();
        assertThat(imported.skill()).isEmpty();
    }

    @Test
    void anImportedExecutionIsCheckedLikeOurs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> imported(Duration.ofSeconds(-1), Optional.empty(), Optional.empty()))
                .withMessage("duration of task old-1 is PT-1S; it must not be negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> imported(Duration.ZERO, Optional.of("T"), Optional.empty()))
                .withMessageStartingWith("task type 'T' must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> imported(Duration.ZERO, Optional.empty(), Optional.of("S")))
                .withMessageStartingWith("skill 'S' must be");
        assertThatNullPointerException()
                .isThrownBy(() -> imported(null, Optional.empty(), Optional.empty()))
                .withMessage("duration");
    }

    @Test
    void aChoiceCopiesWhatItWasMadeFrom() {
        List<SkillRef> candidates = new ArrayList<>(List.of(new SkillRef("s", "1")));
        Map<String, Object> features = new HashMap<>(Map.of("length", 1));
        Choice choice = new Choice(candidates, features, 1, "p", "", OptionalDouble.empty(), "why\uD83C");

        candidates.clear();
        features.clear();

        assertThat(choice.candidates()).containsExactly(new SkillRef("s", "1"));
        assertThat(choice.features()).containsExactly(Map.entry("length", 1L));
        assertThat(choice.explanation()).isEqualTo("why\uFFFD");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> choice.features().clear());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-.001, 1.001, Double.NaN})
    void aPropensityIsAProbability(double propensity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Choice(List.of(), Map.of(), 1, "p", "", OptionalDouble.of(propensity), "why"))
                .withMessage("propensity is " + propensity + "; it must be 0..1");
    }

    private static Imported imported(Duration duration, Optional<String> type, Optional<String> skill) {
        return new Imported("old-1", Execution.Status.SUCCESS, duration, type, skill, NOW);
    }
}
