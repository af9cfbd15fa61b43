package io.victorhub.statistics;

import java.util.Arrays;

/**
 * How whole numbers of 0 or more, such as durations in nanoseconds, are spread: any quantile with a relative error of at
 * most 1 %, without keeping the numbers.
 *
 * <p>Each number is counted in the bucket of its logarithm. Adding one costs O(1). All numbers that a {@code long} can
 * hold need about 2,200 buckets of 8 bytes; only the span between the smallest and the largest number that were seen is
 * allocated. Histograms are merged without any further loss. Used by one thread at a time.
 *
 * <p>Source: C. Masson, J. E. Rim, H. K. Lee, "DDSketch: a fast and fully-mergeable quantile sketch with relative-error
 * guarantees", PVLDB 12 (2019), section 2.1. Buckets are never collapsed, since there can be no more of them.
 */
public final class LogHistogram {

    /** The largest relative error of a quantile. */
    public static final double ACCURACY = .01;

    // a little finer than promised, so that rounding in the logarithm cannot break the promise
    private static final double FINER = .0099;
    private static final double BASE = (1 + FINER) / (1 - FINER);
    private static final double LOG_BASE = Math.log(BASE);
    private static final int SLACK = 16;

    private long count;
    private long zeros;
    private long[] buckets = new long[0]; // bucket i counts numbers in (BASE^(i - 1), BASE^i]
    private int first; // the i of buckets[0]
    private long min = Long.MAX_VALUE;
    private long max;
    private long sumLow; // the sum is sumHigh * 2^63 + sumLow
    private long sumHigh;

    /** Creates one that has seen no number. */
    public LogHistogram() {}

    /**
     * Adds a number.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public void add(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("value is " + value + "; it must be 0 or more");
        }
        if (value == 0) {
            zeros++;
        } else {
            int bucket = bucket(value);
            makeRoom(bucket, bucket);
            buckets[bucket - first]++;
        }
        count++;
        min = Math.min(min, value);
        max = Math.max(max, value);
        addToSum(0, value);
    }

    /** Adds all numbers that {@code other} has seen. */
    public void addAll(LogHistogram other) {
        if (other.buckets.length > 0) {
            makeRoom(other.first, other.first + other.buckets.length - 1);
            for (int i = 0; i < other.buckets.length; i++) {
                buckets[other.first - first + i] += other.buckets[i];
            }
        }
        zeros += other.zeros;
        count += other.count;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        addToSum(other.sumHigh, other.sumLow);
    }

    /** {@return how many numbers it has seen} */
    public long count() {
        return count;
    }

    /**
     * {@return the number of rank {@code floor(q * (count - 1))}, counted from 0 in ascending order, with a relative error
     * of at most {@link #ACCURACY}; the smallest and the largest are exact}
     *
     * @param q 0 to 1; .5 is the median
     * @throws IllegalArgumentException if {@code q} is not
     * @throws IllegalStateException if it has seen no number
     */
    public double quantile(double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("quantile " + q + " is asked for; it must be 0..1");
        }
        requireNumbers();
        long rank = (long) Math.floor(q * (count - 1));
        if (rank >= count - 1) {
            return max;
        }
        long below = zeros;
        for (int i = 0; below <= rank; i++) {
            below += buckets[i];
            if (below > rank) {
                double middle = Math.exp((first + i) * LOG_BASE) * 2 / (BASE + 1);
                return Math.min((double) max, Math.max((double) min, middle));
            }
        }
        return 0;
    }

    /**
     * {@return the mean of all numbers, exact but for rounding}
     *
     * @throws IllegalStateException if it has seen no number
     */
    public double mean() {
        requireNumbers();
        return (sumHigh * 0x1p63 + sumLow) / count;
    }

    /**
     * {@return the largest number}
     *
     * @throws IllegalStateException if it has seen no number
     */
    public long max() {
        requireNumbers();
        return max;
    }

    private void requireNumbers() {
        if (count == 0) {
            throw new IllegalStateException("a histogram without numbers has no quantiles; look at count() first");
        }
    }

    private static int bucket(long value) {
        return (int) Math.ceil(Math.log((double) value) / LOG_BASE);
    }

    private void addToSum(long high, long low) {
        sumHigh += high;
        sumLow += low;
        if (sumLow < 0) {
            sumLow &= Long.MAX_VALUE;
            sumHigh++;
        }
    }

    private void makeRoom(int from, int to) {
        if (buckets.length == 0) {
            first = Math.max(0, from - SLACK);
            buckets = new long[to + SLACK - first + 1];
        } else if (from < first || to >= first + buckets.length) {
            int newFirst = from < first ? Math.max(0, from - SLACK) : first;
            int end = Math.max(first + buckets.length, to >= first + buckets.length ? to + SLACK + 1 : 0);
            long[] wider = new long[end - newFirst];
            System.arraycopy(buckets, 0, wider, first - newFirst, buckets.length);
            buckets = wider;
            first = newFirst;
        }
    }

    @Override
    public String toString() {
        return "LogHistogram[count=" + count + ", zeros=" + zeros + ", buckets="
                + Arrays.stream(buckets).filter(n -> n > 0).count() + "]";
    }
}
