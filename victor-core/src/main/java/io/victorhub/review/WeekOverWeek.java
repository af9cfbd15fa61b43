package io.victorhub.review;

import io.victorhub.statistics.Interval;
import io.victorhub.statistics.Intervals;
import io.victorhub.statistics.Moments;

/** Compares the week up to a quarter with the week before it. */
final class WeekOverWeek {

    private static final int DAYS = 7;

    private final Quarters quarters;
    private final long last;
    private final Period before;
    private final Period after;
    private final int needed;
    private final double confidence;

    WeekOverWeek(Quarters quarters, long last, ReviewSettings settings) {
        this.quarters = quarters;
        this.last = last;
        this.before = quarters.between(last - 2 * Quarters.PER_WEEK + 1, last - Quarters.PER_WEEK);
        this.after = quarters.between(last - Quarters.PER_WEEK + 1, last);
        this.needed = settings.minimumResults();
        this.confidence = settings.confidence();
    }

    Trends trends() {
        return new Trends(successRate(), duration(), throughput());
    }

    private Trend successRate() {
        if (before.counted() < needed || after.counted() < needed) {
            return new Trend.NotEnoughData(before.counted(), after.counted(), needed);
        }
        Interval interval = Intervals.ofRateDifference(
                before.succeeded(), before.counted(), after.succeeded(), after.counted(), confidence);
        double was = (double) before.succeeded() / before.counted();
        double is = (double) after.succeeded() / after.counted();
        return new Trend.Change(was, is, is - was, interval.low(), interval.high());
    }

    private Trend duration() {
        Moments was = before.seconds();
        Moments is = after.seconds();
        if (was.count() < needed || is.count() < needed || !(was.mean() > 0) || !(is.mean() > 0)) {
            return new Trend.NotEnoughData(was.count(), is.count(), needed);
        }
        return relative(was.mean(), is.mean(), Intervals.ofMeanRatio(was, is, confidence));
    }

    private Trend throughput() {
        long was = before.settled();
        long is = after.settled();
        boolean wholeWeekKnown = quarters.first() <= last - 2 * Quarters.PER_WEEK + 1;
        if (was < needed || is < needed || !wholeWeekKnown) {
            return new Trend.NotEnoughData(was, is, needed);
        }
        double dispersion = Intervals.dispersion(daily(last - Quarters.PER_WEEK), daily(last));
        return relative((double) was, (double) is, Intervals.ofCountRatio(was, is, dispersion, confidence));
    }

    private long[] daily(long lastQuarter) {
        long[] counts = new long[DAYS];
        for (int i = 0; i < DAYS; i++) {
            long to = lastQuarter - (long) i * Quarters.PER_DAY;
            counts[i] = quarters.between(to - Quarters.PER_DAY + 1, to).settled();
        }
        return counts;
    }

    private static Trend relative(double was, double is, Interval ratio) {
        return new Trend.Change(was, is, is / was - 1, ratio.low() - 1, ratio.high() - 1);
    }
}
