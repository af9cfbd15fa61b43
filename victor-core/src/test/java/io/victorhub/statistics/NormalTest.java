package io.victorhub.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTest {

    @ParameterizedTest
    @CsvSource({
        "0.5, 0",
        "0.75, 0.6744897501960817",
        "0.9, 1.2815515655446004",
        "0.975, 1.959963984540054",
        "0.995, 2.5758293035489004",
        "0.9999, 3.719016485455709",
        "0.025, -1.959963984540054",
        "1e-9, -5.9978070150076865",
        "1e-20, -9.262340089798408",
        "1e-300, -37.0470962993612"
    })
    void givesThePercentagePointsOfTheTables(double p, double expected) {
        assertThat(Normal.quantile(p)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void reachesAsFarAsTheConfidenceAsks() {
        assertThat(Normal.reach(.95)).isCloseTo(1.959963984540054, within(1e-13));
        assertThat(Normal.reach(.99)).isCloseTo(2.5758293035489004, within(1e-13));
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatThrownBy(() -> Normal.quantile(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("p is 1.0; it must be above 0 and below 1");
        assertThatThrownBy(() -> Normal.reach(95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("confidence is 95.0; it must be above 0 and below 1, such as 0.95");
        assertThatThrownBy(() -> Normal.quantile(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
