package io.victorhub.review;

/**
 * How something changed from one week to the next.
 *
 * @since 0.1
 */
public sealed interface Trend {

    /**
     * It can be told. The interval takes results as independent.
     *
     * @param before what it was in the week before
     * @param after what it is in this week
     * @param change by how much: the difference of two rates, or what was added to the rest as a share of {@code before}
     * @param low the lower end of the interval in which the true change lies, at the confidence of the settings
     * @param high the upper end
     */
    record Change(double before, double after, double change, double low, double high) implements Trend {

        /** @throws IllegalArgumentException if the ends of the interval are no numbers or the wrong way round */
        public Change {
            if (!(low <= high)) {
                throw new IllegalArgumentException(
                        "the interval is " + low + ".." + high + "; its lower end must not exceed the upper one");
            }
        }

        /** {@return whether the interval leaves out 0: it is more than chance} */
        public boolean clear() {
            return low > 0 || high < 0;
        }
    }

    /**
     * It cannot be told: one of the weeks has too few results, or the log begins too late to know the whole of the week
     * before.
     *
     * @param before how many results the week before has
     * @param after how many results this week has
     * @param needed how many each must have
     */
    record NotEnoughData(long before, long after, long needed) implements Trend {}
}
