package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SensitiveKeysTest {

    private static final Task TASK = Task.of("t")
            .id("a")
            .input("password", "hunter22")
            .input("user", Map.of("Password", "open sesame", "name", "Ada"))
            .input("cards", List.of(Map.of("number", 4111111111111111L), Map.of("number", 5500)))
            .context(Map.of("tenant", "x", "email", "ada@example.org"))
            .build();

    @Test
    void hidesWhatAPatternMeansHoweverDeepItIs() {
        Task hidden = redacted("*.password", "cards.num*");

        assertThat(hidden.inputs())
                .containsEntry("password", "(hidden)")
                .containsEntry("user", Map.of("Password", "(hidden)", "name", "Ada"))
                .containsEntry("cards", List.of(Map.of("number", "(hidden)"), Map.of("number", "(hidden)")));
        assertThat(hidden.context()).isEqualTo(TASK.context());
    }

    @Test
    void aPatternMayNameWhereItBegins() {
        assertThat(redacted("context.email").context()).containsEntry("email", "(hidden)");
        assertThat(redacted("inputs.email").context()).isEqualTo(TASK.context());
        assertThat(redacted("inputs.password").inputs())
                .containsEntry("password", "(hidden)")
                .containsEntry("user", TASK.inputs().get("user"));
        assertThat(redacted("user").inputs()).containsEntry("user", "(hidden)");
    }

    @Test
    void aDotIsNoPartOfAName() {
        assertThat(redacted("*word").inputs()).containsEntry("password", "(hidden)");
        assertThat(redacted("user.*ssword").inputs())
                .containsEntry("password", "hunter22")
                .containsEntry("user", Map.of("Password", "(hidden)", "name", "Ada"));
        assertThat(redacted("x*").inputs()).isEqualTo(TASK.inputs());
    }

    @Test
    void hidesOutputAndMetadataOfAnExecution() {
        Execution execution = Execution.of("a", "t")
                .startedAt(Instant.EPOCH)
                .output(Map.of("token", "abc", "rows", 3L))
                .details(Details.builder()
                        .metadata("session", Map.of("token", "x"))
                        .cost(2)
                        .build())
                .build();

        Execution hidden = (Execution) SensitiveKeys.of("token").redact(execution);

        assertThat(hidden.output()).isEqualTo(Map.of("token", "(hidden)", "rows", 3L));
        assertThat(hidden.details().metadata()).isEqualTo(Map.of("session", Map.of("token", "(hidden)")));
        assertThat(hidden.details().cost()).isEqualTo(2);
    }

    @Test
    void hidesWhatIsSensitiveInATextAlsoWhereItWasCutShort() {
        SensitiveKeys keys = SensitiveKeys.of("password", "key");
        Task task = TASK.toBuilder()
                .input("key", "k".repeat(16) + "-tail-of-a-long-key")
                .build();

        assertThat(keys.redact(task, "login with hunter22 failed, so did open sesame for Ada"))
                .isEqualTo("login with (hidden) failed, so did (hidden) for Ada");
        assertThat(keys.redact(task, "key " + "k".repeat(16) + "-tail-o… is wrong"))
                .isEqualTo("key (hidden)… is wrong");
        assertThat(keys.redact(task, "nothing")).isEqualTo("nothing");
    }

    @Test
    void nothingIsSensitiveUnlessItIsSaid() {
        Submission submission = Submission.of(TASK);

        assertThat(SensitiveKeys.NONE.redact(submission)).isSameAs(submission);
        assertThat(SensitiveKeys.NONE.redact(TASK, "hunter22")).isEqualTo("hunter22");
        assertThat(SensitiveKeys.of().isEmpty()).isTrue();
    }

    @Test
    void refusesPatternsWithoutNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SensitiveKeys.of("a..b"))
                .withMessage("'a..b' is no pattern of sensitive keys; it must be like password or customer.*.email");
        assertThatIllegalArgumentException().isThrownBy(() -> SensitiveKeys.of(""));
    }

    private static Task redacted(String... patterns) {
        return SensitiveKeys.of(patterns).redact(Submission.of(TASK)).task();
    }
}
