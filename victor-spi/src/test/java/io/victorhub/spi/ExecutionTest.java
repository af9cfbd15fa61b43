package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.victorhub.spi.Execution.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ExecutionTest {

    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    @Test
    void isASuccessInNoTimeWhereNothingElseIsSaid() {
        Execution execution = Execution.of("t-1", "t").startedAt(START).build();

        assertThat(execution.status()).isEqualTo(Execution.Status.SUCCESS);
        assertThat(execution.priority()).isEqualTo(5);
        assertThat(execution.attempt()).isEqualTo(1);
        assertThat(execution.round()).isEqualTo(1);
        assertThat(execution.skill()).isEmpty();
        assertThat(execution.output()).isNull();
        assertThat(execution.details()).isEqualTo(Details.NONE);
        assertThat(execution.trouble()).isEmpty();
        assertThat(execution.missing()).isEmpty();
        assertThat(execution.at()).isEqualTo(START);
        assertThat(execution.queueWait()).isZero();
        assertThat(execution.retryAt()).isEmpty();
        assertThat(execution.choice()).isEmpty();
        assertThat(execution.lines()).isEmpty();
        assertThat(execution.node()).isEmpty();
        assertThat(execution).hasToString("Execution[task=t-1, type=t, attempt=1, status=SUCCESS]");
    }

    @Test
    void endsWhenItsDurationIsOver() {
        assertThat(whole().build().at()).isEqualTo(START.plusSeconds(2));
        assertThat(whole().build())
                .hasToString(
                        "Execution[task=t-1, type=t, skill=s 1, attempt=2, status=FAILED, trouble=TIMED_OUT: too long]");
    }

    @Test
    void differsIfAnyComponentDiffers() {
        Execution execution = whole().build();

        assertThat(execution).isEqualTo(whole().build()).hasSameHashCodeAs(whole().build());
        assertThat(List.of(
                        whole().priority(4).build(),
                        whole().attempt(3).build(),
                        whole().round(3).build(),
                        whole().status(Execution.Status.EXPIRED).build(),
                        whole().skill(null).build(),
                        whole().output(2).build(),
                        whole().details(Details.NONE).build(),
                        whole().trouble(null).build(),
                        whole().missing("").build(),
                        whole().startedAt(START.plusNanos(1)).build(),
                        whole().queueWait(Duration.ZERO).build(),
                        whole().duration(Duration.ZERO).build(),
                        whole().retryAt(null).build(),
                        whole().choice(null).build(),
                        whole().lines(List.of()).build(),
                        whole().node("").build()))
                .doesNotContain(execution);
    }

    @Test
    void copiesWhatItIsMadeOf() {
        List<String> lines = new ArrayList<>(List.of("began"));
        List<Object> output = new ArrayList<>(List.of(1));
        Execution execution = whole().lines(lines).output(output).build();

        lines.clear();
        output.clear();

        assertThat(execution.lines()).containsExactly("began");
        assertThat(execution.output()).isEqualTo(List.of(1L));
    }

    @Test
    void refusesCountsAndTimesThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().attempt(0).build())
                .withMessage("task t-1 has attempt 0 of round 2; both count from 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().round(0).build())
                .withMessage("task t-1 has attempt 2 of round 0; both count from 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().duration(Duration.ofNanos(-1)).build())
                .withMessage("task t-1 has the duration PT-0.000000001S and waited PT1S; neither may be negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().queueWait(Duration.ofSeconds(-1)).build())
                .withMessage("task t-1 has the duration PT2S and waited PT-1S; neither may be negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().priority(11).build())
                .withMessage("task t-1 has priority 11; it must be 0..10");
    }

    @Test
    void refusesNamesThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Execution.of("", "t"))
                .withMessageStartingWith("task id ''");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Execution.of("t-1", "T"))
                .withMessageStartingWith("task type 'T'");
        assertThatNullPointerException()
                .isThrownBy(() -> Execution.of("t-1", "t").build())
                .withMessage("startedAt");
    }

    @Test
    void makesTextsForReadersWhole() {
        Execution execution = whole().trouble(
                        new Trouble(Result.Reason.SKILL_ERROR, "\uD83C", Optional.of("\uD83C"), Optional.of("a\uDC00")))
                .missing("\uD83C")
                .lines(List.of("ok", "\uD83C"))
                .node("\uD83C")
                .build();

        assertThat(execution.trouble())
                .contains(new Trouble(
                        Result.Reason.SKILL_ERROR, "\uFFFD", Optional.of("\uFFFD"), Optional.of("a\uFFFD")));
        assertThat(execution.missing()).isEqualTo("\uFFFD");
        assertThat(execution.lines()).containsExactly("ok", "\uFFFD");
        assertThat(execution.node()).isEqualTo("\uFFFD");
    }

    @Test
    void namesItsStatusAsTheSeedDoes() {
        assertThat(Arrays.stream(Execution.Status.values()).map(Execution.Status::text))
                .containsExactly("success", "partial", "failed", "cancelled", "expired");
    }

    private static Execution.Builder whole() {
        return Execution.of("t-1", "t")
                .priority(7)
                .attempt(2)
                .round(2)
                .status(Execution.Status.FAILED)
                .skill(new SkillRef("s", "1"))
                .output(1)
                .details(Details.builder().cost(1).build())
                .trouble(Trouble.of(Result.Reason.TIMED_OUT, "too long"))
                .missing("all")
                .startedAt(START)
                .queueWait(Duration.ofSeconds(1))
                .duration(Duration.ofSeconds(2))
                .retryAt(START.plusSeconds(60))
                .choice(new Choice(List.of(), Map.of(), 1, "only", "", OptionalDouble.of(1), "one serves it"))
                .lines(List.of("began"))
                .node("n-1");
    }
}
