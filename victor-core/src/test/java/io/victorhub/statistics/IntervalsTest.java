package io.victorhub.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalsTest {

    /** The examples of Newcombe, "Two-sided confidence intervals for the single proportion", Stat. in Med. 17 (1998). */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0.0000, 0.1611", "1, 29, 0.0061, 0.1718"})
    void givesTheScoreIntervalsInPrint(long successes, long of, double low, double high) {
        Interval interval = Intervals.ofRate(successes, of, .95);

        assertThat(interval.low()).isCloseTo(low, within(.00005));
        assertThat(interval.high()).isCloseTo(high, within(.00005));
    }

    /** The first example of the paper that is cited there, the other way round. */
    @Test
    void givesTheIntervalOfADifferenceInPrint() {
        Interval interval = Intervals.ofRateDifference(48, 80, 56, 70, .95);

        assertThat(interval.low()).isCloseTo(.0524, within(.00005));
        assertThat(interval.high()).isCloseTo(.3339, within(.00005));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 50, 120, 400})
    void coversTheTrueRateAboutAsOftenAsItSays(int of) {
        double sum = 0;
        int rates = 0;
        for (double rate = .05; rate < .951; rate += .01, rates++) {
            double covered = exactCoverage(rate, of);
            assertThat(covered).as("coverage at %s", rate).isGreaterThan(.9);
            sum += covered;
        }

        assertThat(sum / rates).isBetween(.945, .958);
    }

    /** At 10,000 histories of true coverage .95, 11 standard errors of .0022 are never left by chance. */
    @Test
    void coversTheTrueRatioOfMeansAboutAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(7);
        int covered = 0;
        for (int i = 0; i < 10_000; i++) {
            Moments before = exponentials(random, 200, 2);
            Moments after = exponentials(random, 300, 3);
            covered += Intervals.ofMeanRatio(before, after, .95).contains(1.5) ? 1 : 0;
        }

        assertThat(covered / 10_000.0).isBetween(.94, .96);
    }

    @Test
    void computesTheRatioOfMeansByHand() {
        Moments before = of(1, 2, 3);
        Moments after = of(2, 4, 6, 8);

        Interval interval = Intervals.ofMeanRatio(before, after, .95);

        double standardError = Math.sqrt(1.0 / 3 / 4 + 20.0 / 3 / 4 / 25);
        assertThat(interval.low()).isCloseTo(2.5 * Math.exp(-1.959963984540054 * standardError), within(1e-12));
        assertThat(interval.high()).isCloseTo(2.5 * Math.exp(1.959963984540054 * standardError), within(1e-12));
    }

    @Test
    void widensTheRatioOfCountsWhereEventsComeInBursts() {
        Interval independent = Intervals.ofCountRatio(100, 150, 1, .95);
        Interval bursts = Intervals.ofCountRatio(100, 150, 4, .95);

        double standardError = Math.sqrt(1.0 / 100 + 1.0 / 150);
        assertThat(independent.low()).isCloseTo(1.5 * Math.exp(-1.959963984540054 * standardError), within(1e-12));
        assertThat(Math.log(bursts.high() / 1.5)).isCloseTo(2 * Math.log(independent.high() / 1.5), within(1e-12));
    }

    @Test
    void takesEvenCountsForIndependentAndUnevenOnesForBursts() {
        assertThat(Intervals.dispersion(new long[] {5, 5, 5}, new long[] {9, 9, 9}))
                .isEqualTo(1);
        assertThat(Intervals.dispersion(new long[] {0, 10}, new long[] {0, 20})).isEqualTo(15);
        assertThat(Intervals.dispersion(new long[] {0, 0}, new long[] {3})).isEqualTo(1);
    }

    @Test
    void saysWhatIsOutOfRange() {
        assertThatThrownBy(() -> Intervals.ofRate(6, 5, .95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("6 successes of 5; they must be 0 to the number of results, which is 1 or more");
        assertThatThrownBy(() -> Intervals.ofRate(0, 0, .95)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Intervals.ofMeanRatio(of(0, 0), of(1, 2), .95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "2 numbers with the mean 0.0; a ratio of means needs two or more on each side, and means above 0");
        assertThatThrownBy(() -> Intervals.ofCountRatio(0, 5, 1, .95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("counts 0 and 5 with dispersion 1.0; all three must be 1 or more");
        assertThatThrownBy(() -> new Interval(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The chance that the interval holds the true rate: the sum over all outcomes whose interval does. */
    private static double exactCoverage(double rate, int of) {
        double covered = 0;
        double logProbability = of * Math.log1p(-rate);
        for (int successes = 0; successes <= of; successes++) {
            if (Intervals.ofRate(successes, of, .95).contains(rate)) {
                covered += Math.exp(logProbability);
            }
            logProbability += Math.log((of - successes) / (successes + 1.0)) + Math.log(rate / (1 - rate));
        }
        return covered;
    }

    private static Moments exponentials(SplittableRandom random, int count, double mean) {
        Moments moments = new Moments();
        for (int i = 0; i < count; i++) {
            moments.add(-mean * Math.log(1 - random.nextDouble()));
        }
        return moments;
    }

    private static Moments of(double... values) {
        Moments moments = new Moments();
        for (double value : values) {
            moments.add(value);
        }
        return moments;
    }
}
