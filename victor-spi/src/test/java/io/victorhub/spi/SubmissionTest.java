package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionTest {

    private static final Task TASK = Task.of("t").id("t-1").build();

    @Test
    void ofATaskSaysNothingBesideIt() {
        Submission submission = Submission.of(TASK);

        assertThat(submission.task()).isSameAs(TASK);
        assertThat(submission.notBefore()).isEmpty();
        assertThat(submission.uniqueKey()).isEmpty();
        assertThat(submission.uniquePolicy()).isEqualTo(UniquePolicy.JOIN);
        assertThat(submission.lane()).isEmpty();
        assertThat(submission.parent()).isEmpty();
        assertThat(submission.batch()).isEmpty();
        assertThat(submission.held()).isFalse();
        assertThat(submission.skill()).isEmpty();
        assertThat(submission.maxCost()).isEmpty();
        assertThat(submission.noExplore()).isFalse();
        assertThat(submission.maxAttempts()).isEmpty();
        assertThat(submission.timeLimit()).isEmpty();
        assertThat(submission.mdc()).isEmpty();
        assertThat(submission).hasToString("Submission[Task[id=t-1, type=t, priority=5]]");
    }

    @Test
    void differsIfAnyComponentDiffers() {
        Submission submission = whole().build();

        assertThat(submission).isEqualTo(whole().build()).hasSameHashCodeAs(whole().build());
        assertThat(List.of(
                        whole().notBefore(Instant.EPOCH.plusNanos(1)).build(),
                        whole().uniqueKey("k").build(),
                        whole().uniqueKey("unique", UniquePolicy.REFUSE).build(),
                        whole().lane("k").build(),
                        whole().parent("k").build(),
                        whole().batch("k").build(),
                        whole().held(false).build(),
                        whole().skill("k").build(),
                        whole().maxCost(2).build(),
                        whole().noExplore(false).build(),
                        whole().maxAttempts(4).build(),
                        whole().timeLimit(Duration.ofSeconds(61)).build(),
                        whole().mdc(Map.of()).build(),
                        Submission.of(TASK)))
                .doesNotContain(submission);
    }

    @Test
    void namesTaskAndComponentOfAMalformedKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Submission.builder(TASK).uniqueKey("").build())
                .withMessage("task t-1: unique key '' has 0 characters; it must have 1 to 200");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Submission.builder(TASK).lane(" a").build())
                .withMessage("task t-1: lane ' a' must not begin or end with a blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Submission.builder(TASK).parent("a\tb").build())
                .withMessage("task t-1: parent 'a<U+0009>b' has the unprintable character U+0009; remove it");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Submission.builder(TASK).batch("b".repeat(201)).build())
                .withMessageContaining("task t-1: batch 'bbb")
                .withMessageEndingWith("has 201 characters; it must have 1 to 200");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Submission.builder(TASK).skill("No Name").build())
                .withMessageStartingWith("task t-1: skill 'No Name' must be 1 to 100 of");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesAMaximumCostOutOfRange(double cost) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Submission.builder(TASK).maxCost(cost).build())
                .withMessage("task t-1: maximum cost is " + cost + "; it must be a finite number, 0 or more");
    }

    @Test
    void refusesLimitsThatLeaveNoRoom() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Submission.builder(TASK).maxAttempts(0).build())
                .withMessage("task t-1: maximum of attempts is 0; it must be 1 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Submission.builder(TASK).timeLimit(Duration.ZERO).build())
                .withMessage("task t-1: time limit is PT0S; it must be more than nothing");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Submission.builder(TASK).timeLimit(Duration.ofNanos(-1)).build())
                .withMessage("task t-1: time limit is PT-0.000000001S; it must be more than nothing");
    }

    @Test
    void takesWhateverTheLoggingContextHolds() {
        Map<String, String> mdc = new HashMap<>();
        mdc.put("request", "r-1");
        mdc.put("nobody", null);
        mdc.put(null, "nothing");
        mdc.put("half", "\uD83C!");

        Submission submission = Submission.builder(TASK).mdc(mdc).build();
        mdc.clear();

        assertThat(submission.mdc()).containsOnly(Map.entry("request", "r-1"), Map.entry("half", "\uFFFD!"));
    }

    @Test
    void saysTheSameOfAnotherTask() {
        Task other = Task.of("u").id("t-2").build();

        Submission submission = whole().build().withTask(other);

        assertThat(submission.task()).isSameAs(other);
        assertThat(submission.withTask(TASK)).isEqualTo(whole().build());
    }

    @Test
    void refusesToBeBuiltOfNoTask() {
        assertThatNullPointerException().isThrownBy(() -> Submission.of(null)).withMessage("task");
    }

    private static Submission.Builder whole() {
        return Submission.builder(TASK)
                .notBefore(Instant.EPOCH)
                .uniqueKey("unique")
                .lane("lane")
                .parent("parent")
                .batch("batch")
                .held(true)
                .skill("skill")
                .maxCost(1)
                .noExplore(true)
                .maxAttempts(3)
                .timeLimit(Duration.ofMinutes(1))
                .mdc(Map.of("request", "r-1"));
    }
}
