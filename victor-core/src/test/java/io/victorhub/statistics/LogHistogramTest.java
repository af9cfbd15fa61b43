package io.victorhub.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogHistogramTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 1_000_000_007, Long.MAX_VALUE})
    void knowsASingleNumberExactly(long number) {
        LogHistogram histogram = new LogHistogram();

        histogram.add(number);

        assertThat(histogram.quantile(0)).isEqualTo(number);
        assertThat(histogram.quantile(1)).isEqualTo(number);
        assertThat(histogram.max()).isEqualTo(number);
        assertThat(histogram.mean()).isEqualTo(number);
    }

    @Test
    void countsZerosBelowEverythingElse() {
        LogHistogram histogram = new LogHistogram();
        for (long number : new long[] {0, 0, 0, 500, 700}) {
            histogram.add(number);
        }

        assertThat(histogram.quantile(.5)).isEqualTo(0);
        assertThat(histogram.quantile(.75)).isBetween(495.0, 505.0);
        assertThat(histogram.mean()).isEqualTo(240);
    }

    @Test
    void holdsTheWholeRangeInAFewThousandBuckets() {
        LogHistogram histogram = new LogHistogram();
        for (long number = 1; number > 0; number *= 2) {
            histogram.add(number);
            histogram.add(number + (number >> 1));
        }

        assertThat(histogram.count()).isEqualTo(126);
        assertThat(histogram).hasToString("LogHistogram[count=126, zeros=0, buckets=125]");
    }

    @Test
    void hasNoQuantileBeforeItHasSeenANumber() {
        LogHistogram histogram = new LogHistogram();

        assertThat(histogram.count()).isZero();
        assertThatThrownBy(() -> histogram.quantile(.5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a histogram without numbers has no quantiles; look at count() first");
        assertThatThrownBy(histogram::mean).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesNegativeNumbersAndWrongQuantiles() {
        LogHistogram histogram = new LogHistogram();

        assertThatThrownBy(() -> histogram.add(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value is -1; it must be 0 or more");
        assertThatThrownBy(() -> histogram.quantile(95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quantile 95.0 is asked for; it must be 0..1");
        assertThat(histogram.count()).isZero();
    }
}
