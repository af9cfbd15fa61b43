package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTest {

    private final Secret secret = Secret.of("swordfish");

    @Test
    void givesItsTextToWhoeverAsks() {
        assertThat(secret.reveal()).isEqualTo("swordfish");
    }

    @Test
    void doesNotPrint() {
        assertThat(secret).hasToString("Secret[hidden]");
        assertThat(List.of(secret) + " " + Map.of("password", secret) + " %s".formatted(secret))
                .doesNotContain("swordfish");
    }

    @Test
    void tellsNothingByItsHash() {
        assertThat(secret).hasSameHashCodeAs(Secret.of("another"));
    }

    @Test
    void equalsOneOfTheSameTextOnly() {
        assertThat(secret).isEqualTo(Secret.of("swordfish")).isNotEqualTo(Secret.of("swordfisi"));
        assertThat(secret).isNotEqualTo(Secret.of("swordfish ")).isNotEqualTo("swordfish");
    }

    @Test
    void isNoJsonWhereverItStands() {
        for (Object value : List.of(secret, List.of(secret), Map.of("password", secret), Map.of(secret, 1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JsonValues.copyOf(value))
                    .satisfies(e -> assertThat(e).hasMessageNotContaining("swordfish"));
        }
        assertThat(secret).isNotInstanceOf(Serializable.class);
    }

    @Test
    void isNeverNothing() {
        assertThatNullPointerException().isThrownBy(() -> Secret.of(null)).withMessage("text");
    }
}
