package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultTest {

    @ParameterizedTest
    @CsvSource({
        "INVALID_INPUT,  false, true",
        "REFUSED,        false, true",
        "INVALID_RESULT, false, true",
        "SKILL_ERROR,    true,  true",
        "UNAVAILABLE,    true,  true",
        "RATE_LIMITED,   true,  true",
        "TIMED_OUT,      true,  true",
        "RESOURCE,       true,  true",
        "LOST,           true,  true",
        "CANCELLED,      false, false",
        "EXPIRED,        false, false",
        "HUB_CLOSING,    true,  false"
    })
    void aReasonSaysWhetherToRetryAndWhetherToLearn(Result.Reason reason, boolean retried, boolean learnedFrom) {
        assertThat(reason.worthRetrying()).isEqualTo(retried);
        assertThat(reason.learnedFrom()).isEqualTo(learnedFrom);
        assertThat(Result.failure(reason, "why").worthRetrying()).isEqualTo(retried);
    }

    @Test
    void theTableOfReasonsIsWhole() {
        assertThat(Result.Reason.values()).hasSize(12);
    }

    @Test
    void copiesItsOutput() {
        Map<String, Object> output = new HashMap<>(Map.of("posts", 10));
        Result.Success success = Result.success(output);

        output.put("posts", 11);

        assertThat(success.output()).isEqualTo(Map.of("posts", 10L));
        assertThat(success.details()).isSameAs(Details.NONE);
    }

    @Test
    void takesNullAsAnOutput() {
        assertThat(Result.success(null).output()).isNull();
        assertThat(Result.partial(null, "all").output()).isNull();
    }

    @Test
    void namesThePlaceInTheOutputThatIsNoJson() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Result.success(Map.of("posts", List.of("a", new Object()))))
                .withMessage(
                        "value.posts[1] is a java.lang.Object; JSON knows text, numbers, true and false, null, lists"
                                + " and maps");
        assertThatIllegalArgumentException().isThrownBy(() -> Result.partial(Float.NaN, "the rest"));
    }

    @Test
    void refusesAnOutputWithASecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Result.success(Map.of("password", Secret.of("swordfish"))))
                .withMessageStartingWith("value.password is a io.victorhub.spi.Secret; JSON knows")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("swordfish"));
    }

    @Test
    void refusesANegativeWait() {
        assertThat(Result.unavailable("down", Duration.ZERO).retryAfter()).contains(Duration.ZERO);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Result.unavailable("down", Duration.ofSeconds(-1)))
                .withMessage("retryAfter is PT-1S; it must not be negative");
    }

    @Test
    void saysWhatIsMissing() {
        assertThatNullPointerException()
                .isThrownBy(() -> Result.failure(null, "why"))
                .withMessage("reason");
        assertThatNullPointerException()
                .isThrownBy(() -> Result.failure(Result.Reason.REFUSED, null))
                .withMessage("message");
        assertThatNullPointerException()
                .isThrownBy(() -> new Result.Failure(Result.Reason.REFUSED, "why", null, Details.NONE))
                .withMessage("retryAfter");
        assertThatNullPointerException()
                .isThrownBy(() -> Result.partial(1, null))
                .withMessage("missing");
        assertThatNullPointerException()
                .isThrownBy(() -> Result.success(1, null))
                .withMessage("details");
    }

    @Test
    void makesTextsForReadersWhole() {
        assertThat(Result.failure(Result.Reason.REFUSED, "no\uDC00").message()).isEqualTo("no\uFFFD");
        assertThat(Result.partial(1, "\uD83Crest").missing()).isEqualTo("\uFFFDrest");
        assertThat(new Result.Failure(Result.Reason.REFUSED, "no", Optional.empty(), Details.NONE).message())
                .isEqualTo("no");
    }
}
