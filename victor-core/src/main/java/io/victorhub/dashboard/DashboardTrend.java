package io.victorhub.dashboard;

/**
 * How a figure of the last week compares with the week before.
 *
 * @since 0.1
 */
public sealed interface DashboardTrend {

    /** {@return that there are too few tasks to say} */
    static DashboardTrend notEnoughData() {
        return new NotEnoughData();
    }

    /**
     * {@return the change of a rate}
     *
     * @param difference the new rate less the old one, -1 to 1
     */
    static DashboardTrend inPoints(double difference) {
        return new Change(difference, true);
    }

    /**
     * {@return the change of a figure in relation to what it was}
     *
     * @param ratio the difference in parts of the old figure: 0.15 for 15 per cent more
     */
    static DashboardTrend relative(double ratio) {
        return new Change(ratio, false);
    }

    /**
     * It changed, or not.
     *
     * @param amount by how much, where 0.01 is a point or a per cent; negative for less
     * @param inPoints whether it is a difference of two rates, else it is in relation to the old figure
     */
    record Change(double amount, boolean inPoints) implements DashboardTrend {
        /** @throws IllegalArgumentException if the amount is no finite number */
        public Change {
            if (!Double.isFinite(amount)) {
                throw new IllegalArgumentException(
                        "a trend of " + amount + "; where there is none, say notEnoughData()");
            }
        }
    }

    /** There are too few tasks to say. */
    record NotEnoughData() implements DashboardTrend {}
}
