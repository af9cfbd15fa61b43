package io.victorhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SettableClockTest {

    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    private final SettableClock clock = new SettableClock(START);

    @Test
    void standsStillUntilItIsSet() {
        assertThat(clock.instant()).isEqualTo(START).isEqualTo(clock.instant());

        clock.set(START.minusSeconds(5));

        assertThat(clock.instant()).isEqualTo(START.minusSeconds(5));
    }

    @Test
    void losesNoStepOfSeveralThreads() {
        IntStream.range(0, 1000).parallel().forEach(i -> clock.advance(Duration.ofSeconds(1)));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(1000));
    }
}
