package io.victorhub.review;

import java.util.Objects;

/**
 * The seven days up to a moment against the seven days before them, to the quarter of an hour.
 *
 * @param successRate the rate of success of the tasks that were settled, as a difference: .021 is 2.1 points more
 * @param duration the mean duration of attempts, in seconds, as a share: -.15 is 15 % less
 * @param throughput how many tasks were settled, as a share: .23 is 23 % more; not told while the log does not reach back
 *     over both weeks
 * @since 0.1
 */
public record Trends(Trend successRate, Trend duration, Trend throughput) {

    /** Checks that nothing is missing. */
    public Trends {
        Objects.requireNonNull(successRate, "successRate");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(throughput, "throughput");
    }
}
