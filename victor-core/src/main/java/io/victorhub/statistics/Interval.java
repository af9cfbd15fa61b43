package io.victorhub.statistics;

/**
 * Where a number that was estimated lies with a given confidence, both ends included.
 *
 * @param low the lower end
 * @param high the upper end, not below {@code low}
 */
public record Interval(double low, double high) {

    /** @throws IllegalArgumentException if an end is no number or they are the wrong way round */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    "interval " + low + " to " + high + "; the lower end must not exceed the upper one");
        }
    }

    /** {@return whether {@code value} lies within, the ends included} */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
