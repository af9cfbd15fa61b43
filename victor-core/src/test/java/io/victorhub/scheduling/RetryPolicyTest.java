package io.victorhub.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** The mean of 10,000 even draws from 0 to 4 s is 2 s ± 12 ms; further off than 60 ms has p < 1e-6. */
    @Test
    void spreadsItsWaitsEvenly() {
        RetryPolicy policy = new RetryPolicy(5, SECOND, Duration.ofMinutes(1));

        double[] seconds = LongStream.range(0, 10_000)
                .mapToDouble(seed -> policy.waitAfter(3, Duration.ZERO, seed).toNanos() / 1e9)
                .toArray();

        assertThat(Arrays.stream(seconds).average().orElseThrow()).isCloseTo(2, within(.06));
        for (int quarter = 0; quarter < 4; quarter++) {
            int from = quarter;
            assertThat(Arrays.stream(seconds).filter(wait -> wait >= from && wait < from + 1))
                    .hasSizeBetween(2_250, 2_750); // 2,500 ± 43; p < 1e-7
        }
    }

    @Test
    void waitsNotAtAllWithoutABase() {
        assertThat(RetryPolicy.immediate(3).waitAfter(1_000_000, Duration.ZERO, 1))
                .isZero();
    }

    @Test
    void defaultTriesFiveTimesAndWaitsFiveMinutesAtMost() {
        assertThat(RetryPolicy.DEFAULT).isEqualTo(new RetryPolicy(5, SECOND, Duration.ofMinutes(5)));
        assertThat(RetryPolicy.never().maxAttempts()).isOne();
    }

    @Test
    void needsAnAttempt() {
        assertThatThrownBy(() -> RetryPolicy.immediate(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a retry policy with 0 attempts; allow 1 or more");
    }

    @Test
    void needsACapNoShorterThanItsBase() {
        assertThatThrownBy(() -> new RetryPolicy(1, SECOND, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a retry policy that waits PT1S up to PT0S; the base must be 0 or more, and the cap no shorter");
        assertThatThrownBy(() -> new RetryPolicy(1, SECOND.negated(), SECOND))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
    }
}
