package io.victorhub.statistics;

/**
 * Confidence intervals. Each takes the results as independent of each other; where they come in clusters (a bad hour, a
 * burst), the true uncertainty is larger.
 */
public final class Intervals {

    private Intervals() {}

    /**
     * {@return where the true rate lies} Wilson's score interval: never outside 0..1, sensible for few results and for
     * rates of 0 and 1.
     *
     * <p>Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927);
     * recommended by L. D. Brown, T. T. Cai, A. DasGupta, "Interval estimation for a binomial proportion", Statistical
     * Science 16 (2001).
     *
     * @param successes 0 to {@code of}
     * @param of how many results, 1 or more
     * @param confidence above 0 and below 1
     * @throws IllegalArgumentException if one of them is out of its range
     */
    public static Interval ofRate(long successes, long of, double confidence) {
        if (of < 1 || successes < 0 || successes > of) {
            throw new IllegalArgumentException(successes + " successes of " + of
                    + "; they must be 0 to the number of results, which is 1 or more");
        }
        double z = Normal.reach(confidence);
        double rate = (double) successes / of;
        double shrink = 1 + z * z / of;
        double centre = (rate + z * z / (2.0 * of)) / shrink;
        double reach = z * Math.sqrt(rate * (1 - rate) / of + z * z / (4.0 * of * of)) / shrink;
        // rounding may leave the rate a hair outside, where it is 0 or 1
        return new Interval(Math.min(rate, Math.max(0, centre - reach)), Math.max(rate, Math.min(1, centre + reach)));
    }

    /**
     * {@return where the second true rate less the first lies} Newcombe's hybrid score interval.
     *
     * <p>Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of
     * eleven methods", Statistics in Medicine 17 (1998), method 10.
     *
     * @param successes1 of the first
     * @param of1 how many results the first has, 1 or more
     * @param successes2 of the second
     * @param of2 how many results the second has, 1 or more
     * @param confidence above 0 and below 1
     * @throws IllegalArgumentException if one of them is out of its range
     */
    public static Interval ofRateDifference(long successes1, long of1, long successes2, long of2, double confidence) {
        Interval first = ofRate(successes1, of1, confidence);
        Interval second = ofRate(successes2, of2, confidence);
        double rate1 = (double) successes1 / of1;
        double rate2 = (double) successes2 / of2;
        double difference = rate2 - rate1;
        return new Interval(
                difference - Math.hypot(rate2 - second.low(), first.high() - rate1),
                difference + Math.hypot(second.high() - rate2, rate1 - first.low()));
    }

    /**
     * {@return where the second true mean divided by the first lies} By the delta method on the logarithm of the ratio,
     * so both ends are above 0. Needs enough numbers for their mean to be about normal.
     *
     * <p>Source: A. Deng, U. Knoblich, J. Lu, "Applying the delta method in metric analytics", KDD 2018, section 3.
     *
     * @param first two numbers or more, their mean above 0
     * @param second two numbers or more, their mean above 0
     * @param confidence above 0 and below 1
     * @throws IllegalArgumentException if one of them is not so
     */
    public static Interval ofMeanRatio(Moments first, Moments second, double confidence) {
        double spread = relativeVariance(first) + relativeVariance(second);
        return aroundRatio(second.mean() / first.mean(), spread, confidence);
    }

    /**
     * {@return where the true ratio of two counts of events in equally long times lies, the second divided by the first}
     * As for Poisson counts, with their variance multiplied by {@code dispersion}.
     *
     * <p>Source: P. McCullagh, J. A. Nelder, "Generalized linear models", 2nd edition (1989), section 6.2.
     *
     * @param first 1 or more
     * @param second 1 or more
     * @param dispersion 1 where events come independently, more where they come in bursts; see {@link #dispersion}
     * @param confidence above 0 and below 1
     * @throws IllegalArgumentException if one of them is out of its range
     */
    public static Interval ofCountRatio(long first, long second, double dispersion, double confidence) {
        if (first < 1 || second < 1 || !(dispersion >= 1 && dispersion < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("counts " + first + " and " + second + " with dispersion " + dispersion
                    + "; all three must be 1 or more");
        }
        double spread = dispersion * (1.0 / first + 1.0 / second);
        return aroundRatio((double) second / first, spread, confidence);
    }

    /**
     * {@return by how much counts vary more than independent events would: Pearson's chi squared of each group about its
     * own mean, divided by the degrees of freedom; at least 1}
     *
     * <p>Source: as for {@link #ofCountRatio}.
     *
     * @param groups counts of equally long times; each group has a mean of its own
     */
    public static double dispersion(long[]... groups) {
        double chiSquared = 0;
        int freedom = 0;
        for (long[] group : groups) {
            Moments counts = new Moments();
            for (long count : group) {
                counts.add((double) count);
            }
            if (counts.mean() > 0) {
                chiSquared += counts.variance() * (counts.count() - 1) / counts.mean();
                freedom += group.length - 1;
            }
        }
        return freedom < 1 ? 1 : Math.max(1, chiSquared / freedom);
    }

    private static double relativeVariance(Moments numbers) {
        if (numbers.count() < 2 || !(numbers.mean() > 0)) {
            throw new IllegalArgumentException(numbers.count() + " numbers with the mean " + numbers.mean()
                    + "; a ratio of means needs two or more on each side, and means above 0");
        }
        return numbers.variance() / numbers.count() / (numbers.mean() * numbers.mean());
    }

    private static Interval aroundRatio(double ratio, double varianceOfLogarithm, double confidence) {
        double factor = Math.exp(Normal.reach(confidence) * Math.sqrt(varianceOfLogarithm));
        return new Interval(ratio / factor, ratio * factor);
    }
}
