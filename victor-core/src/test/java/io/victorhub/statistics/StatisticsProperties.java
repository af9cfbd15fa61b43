package io.victorhub.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class StatisticsProperties {

    @Property(tries = 500)
    void aQuantileIsWithinOnePerCentOfTheSortedNumbers(
            @ForAll("numbers") List<Long> numbers, @ForAll @DoubleRange(max = 1) double q) {
        List<Long> sorted = numbers.stream().sorted().toList();

        LogHistogram histogram = histogram(numbers);

        for (double asked : new double[] {q, 0, .5, .95, .99, 1}) {
            double exact = sorted.get((int) Math.floor(asked * (sorted.size() - 1)));
            assertThat(histogram.quantile(asked)).isCloseTo(exact, within(exact * LogHistogram.ACCURACY));
        }
        assertThat(histogram.quantile(1)).isEqualTo((double) sorted.get(sorted.size() - 1));
    }

    @Property(tries = 300)
    void theMeanIsExactHoweverLargeTheSum(@ForAll("numbers") List<Long> numbers) {
        BigDecimal sum = numbers.stream().map(BigDecimal::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add);
        double mean = sum.divide(BigDecimal.valueOf(numbers.size()), MathContext.DECIMAL64)
                .doubleValue();

        assertThat(histogram(numbers).mean()).isCloseTo(mean, within(mean * 1e-14));
    }

    @Property(tries = 300)
    void mergedHistogramsEqualOneThatSawAll(@ForAll("numbers") List<Long> some, @ForAll("numbers") List<Long> others) {
        LogHistogram merged = histogram(some);
        LogHistogram all = histogram(some);

        merged.addAll(histogram(others));
        others.forEach(all::add);

        assertThat(merged.count()).isEqualTo(all.count());
        assertThat(merged.mean()).isEqualTo(all.mean());
        assertThat(merged.max()).isEqualTo(all.max());
        for (double q = 0; q <= 1; q += .05) {
            assertThat(merged.quantile(q)).isEqualTo(all.quantile(q));
        }
    }

    @Property(tries = 300)
    void mergedMomentsEqualOnesThatSawAll(
            @ForAll List<@DoubleRange(min = 0, max = 1e6) Double> some,
            @ForAll List<@DoubleRange(min = 0, max = 1e6) Double> others) {
        Moments merged = moments(some);
        Moments all = moments(some);

        merged.addAll(moments(others));
        others.forEach(all::add);

        assertThat(merged.count()).isEqualTo(all.count());
        assertThat(merged.mean()).isCloseTo(all.mean(), within(1e-9 * (1 + all.mean())));
        assertThat(merged.variance()).isCloseTo(all.variance(), within(1e-9 * (1 + all.variance())));
    }

    @Property(tries = 300)
    void theVarianceIsThatOfTheTwoPassFormula(@ForAll List<@DoubleRange(min = 0, max = 1e6) Double> numbers) {
        double mean = numbers.stream().mapToDouble(x -> x).average().orElse(0);
        double squares =
                numbers.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        double variance = numbers.size() < 2 ? 0 : squares / (numbers.size() - 1);

        Moments moments = moments(numbers);

        assertThat(moments.mean()).isCloseTo(mean, within(1e-9 * (1 + mean)));
        assertThat(moments.variance()).isCloseTo(variance, within(1e-9 * (1 + variance)));
    }

    @Property
    void theIntervalOfARateHoldsTheRateAndStaysWithinZeroAndOne(
            @ForAll @LongRange(min = 1, max = 1_000_000) long of,
            @ForAll @DoubleRange(max = 1) double share,
            @ForAll @DoubleRange(min = .5, max = .99) double confidence) {
        long successes = Math.round(share * of);

        Interval interval = Intervals.ofRate(successes, of, confidence);

        assertThat(interval.contains((double) successes / of)).isTrue();
        assertThat(interval.low()).isBetween(0.0, 1.0);
        assertThat(interval.high()).isBetween(0.0, 1.0);
    }

    @Property
    void theIntervalOfARateIsThatOfItsComplementMirrored(
            @ForAll @IntRange(min = 1, max = 10_000) int of, @ForAll @DoubleRange(max = 1) double share) {
        long successes = Math.round(share * of);

        Interval interval = Intervals.ofRate(successes, of, .95);
        Interval mirrored = Intervals.ofRate(of - successes, of, .95);

        assertThat(interval.low()).isCloseTo(1 - mirrored.high(), within(1e-12));
        assertThat(interval.high()).isCloseTo(1 - mirrored.low(), within(1e-12));
    }

    @Property
    void theIntervalOfADifferenceHoldsItAndTurnsRoundWithIt(
            @ForAll @IntRange(min = 1, max = 10_000) int of1,
            @ForAll @IntRange(min = 1, max = 10_000) int of2,
            @ForAll @DoubleRange(max = 1) double share1,
            @ForAll @DoubleRange(max = 1) double share2) {
        long successes1 = Math.round(share1 * of1);
        long successes2 = Math.round(share2 * of2);

        Interval there = Intervals.ofRateDifference(successes1, of1, successes2, of2, .95);
        Interval back = Intervals.ofRateDifference(successes2, of2, successes1, of1, .95);

        assertThat(there.contains((double) successes2 / of2 - (double) successes1 / of1))
                .isTrue();
        assertThat(there.low()).isCloseTo(-back.high(), within(1e-12));
        assertThat(there.low()).isBetween(-1.0, 1.0);
        assertThat(there.high()).isBetween(-1.0, 1.0);
    }

    @Provide
    Arbitrary<List<Long>> numbers() {
        Arbitrary<Long> number = Arbitraries.oneOf(
                Arbitraries.longs().between(0, Long.MAX_VALUE),
                Arbitraries.longs().between(0, 300),
                Arbitraries.doubles().between(0, 43).map(power -> (long) Math.exp(power)));
        return number.list().ofMinSize(1).ofMaxSize(200);
    }

    private static LogHistogram histogram(List<Long> numbers) {
        LogHistogram histogram = new LogHistogram();
        numbers.forEach(histogram::add);
        return histogram;
    }

    private static Moments moments(List<Double> numbers) {
        Moments moments = new Moments();
        numbers.forEach(moments::add);
        return moments;
    }
}
