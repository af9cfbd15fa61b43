package io.victorhub.review;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What happened lately, by quarters of an hour: every zone's days begin at one, so days of any zone and weeks up to any
 * moment can be put together from them.
 *
 * <p>A ring of 35 days. Two weeks are asked for; the rest keeps entries from a clock that is ahead, and late ones, from
 * pushing out what is needed.
 */
final class Quarters {

    static final int PER_DAY = 24 * 4;
    static final int PER_WEEK = 7 * PER_DAY;

    private static final int SECONDS = 900;
    private static final int KEPT = 35 * PER_DAY;

    private final long[] numbers = new long[KEPT];
    private final @Nullable Period[] periods = new @Nullable Period[KEPT];
    private long first = Long.MAX_VALUE;

    Quarters() {
        Arrays.fill(numbers, Long.MIN_VALUE);
    }

    /** Quarters are numbered from 1970 in UTC. */
    static long numberOf(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), SECONDS);
    }

    void add(Reading reading) {
        long number = numberOf(reading.at());
        first = Math.min(first, number);
        int place = place(number);
        if (number < numbers[place]) {
            return; // older than what is kept
        }
        Period period = periods[place];
        if (period == null || number > numbers[place]) {
            period = new Period();
            periods[place] = period;
            numbers[place] = number;
        }
        period.add(reading);
    }

    /** The earliest quarter in which anything happened, kept or not. */
    long first() {
        return first;
    }

    /** What happened from one quarter to another, both included; no more than the last 35 days. */
    Period between(long from, long to) {
        Period sum = new Period();
        for (long number = Math.max(from, to - KEPT + 1); number <= to; number++) {
            int place = place(number);
            Period period = periods[place];
            if (period != null && numbers[place] == number) {
                sum.addAll(period);
            }
        }
        return sum;
    }

    private static int place(long number) {
        return Math.floorMod(number, KEPT);
    }
}
