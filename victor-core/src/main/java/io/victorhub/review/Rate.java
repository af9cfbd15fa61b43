package io.victorhub.review;

import io.victorhub.statistics.Interval;
import io.victorhub.statistics.Intervals;
import java.util.Optional;

/**
 * A rate of success with what it rests on. The interval is Wilson's, at the confidence of the settings; it takes results
 * as independent.
 *
 * @param successes how many of them were successes
 * @param of how many results count, 1 or more
 * @param low the lower end of the interval in which the true rate lies, 0 to 1
 * @param high the upper end
 * @since 0.1
 */
public record Rate(long successes, long of, double low, double high) {

    /** @throws IllegalArgumentException if the counts or the interval cannot be */
    public Rate {
        if (of < 1 || successes < 0 || successes > of) {
            throw new IllegalArgumentException(successes + " successes of " + of
                    + "; they must be 0 to the number of results, which is 1 or more");
        }
        if (!(low >= 0 && low <= high && high <= 1)) {
            throw new IllegalArgumentException("the interval is " + low + ".." + high + "; it must lie within 0..1");
        }
    }

    /** Empty where nothing counts: no data is no rate of 0. */
    static Optional<Rate> of(long successes, long of, double confidence) {
        if (of == 0) {
            return Optional.empty();
        }
        Interval interval = Intervals.ofRate(successes, of, confidence);
        return Optional.of(new Rate(successes, of, interval.low(), interval.high()));
    }

    /** {@return the rate, 0 to 1} */
    public double value() {
        return (double) successes / of;
    }
}
