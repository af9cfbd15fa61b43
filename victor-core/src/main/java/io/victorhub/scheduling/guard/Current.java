package io.victorhub.scheduling.guard;

import io.victorhub.scheduling.Budget.Limit;

/** The hour and the day of now. */
record Current(Periods.Period hour, Periods.Period day) {

    boolean holds(long millis) {
        return hour.holds(millis) && day.holds(millis);
    }

    Periods.Period of(Limit limit) {
        return limit.isDaily() ? day : hour;
    }

    /** {@return when the first of them ends} */
    long end() {
        return Math.min(hour.end(), day.end());
    }
}
