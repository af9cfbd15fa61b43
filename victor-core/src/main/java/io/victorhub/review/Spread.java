package io.victorhub.review;

import io.victorhub.statistics.LogHistogram;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How durations are spread. Count, mean and maximum are exact; quantiles have a relative error of at most 1 %.
 *
 * @param count how many there are, 1 or more
 * @param mean their mean
 * @param p50 half of them are at most about this long
 * @param p95 95 of 100 are
 * @param p99 99 of 100 are
 * @param max the longest
 * @since 0.1
 */
public record Spread(long count, Duration mean, Duration p50, Duration p95, Duration p99, Duration max) {

    /** Checks that nothing is missing. */
    public Spread {
        Objects.requireNonNull(mean, "mean");
        Objects.requireNonNull(p50, "p50");
        Objects.requireNonNull(p95, "p95");
        Objects.requireNonNull(p99, "p99");
        Objects.requireNonNull(max, "max");
    }

    /** Empty where there are no durations. */
    static Optional<Spread> of(LogHistogram nanos) {
        if (nanos.count() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Spread(
                nanos.count(),
                duration(nanos.mean()),
                duration(nanos.quantile(.5)),
                duration(nanos.quantile(.95)),
                duration(nanos.quantile(.99)),
                Duration.ofNanos(nanos.max())));
    }

    private static Duration duration(double nanos) {
        return Duration.ofNanos(Math.round(nanos));
    }
}
