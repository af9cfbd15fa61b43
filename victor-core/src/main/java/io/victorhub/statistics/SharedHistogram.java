package io.victorhub.statistics;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How whole numbers of 0 or more are spread, added by any number of threads at once, without locks: the same promise as
 * {@link LogHistogram}, with buckets that cost no logarithm to find. Numbers below 128 have a bucket each; every power of two above
 * has 64 of the same width, so a bucket is at most 1/64 as wide as its numbers are large, and its middle at most 1 % away.
 *
 * <p>Adding one is O(1): three counters that the processor adds to by itself. Memory is taken by the power of two: half a
 * kilobyte for each in which there are numbers, so about 2 KiB for durations that differ by a factor of ten.
 */
public final class SharedHistogram {

    private static final int BITS = 6;
    private static final int WIDTH = 1 << BITS; // buckets of a power of two
    private static final int ROWS = Long.SIZE - 1 - BITS + 1; // the first holds the numbers below WIDTH

    private final AtomicReferenceArray<@Nullable AtomicLongArray> rows = new AtomicReferenceArray<>(ROWS);
    private final LongAdder sum = new LongAdder();
    private final AtomicLong max = new AtomicLong();

    /** Creates one that has seen no number. */
    public SharedHistogram() {}

    /** Adds a number; one below 0 counts as 0. */
    public void add(long value) {
        long counted = Math.max(0, value);
        int row = row(counted);
        row(row).getAndIncrement(column(counted, row));
        sum.add(counted);
        if (counted > max.get()) {
            max.accumulateAndGet(counted, Math::max);
        }
    }

    /** {@return what it has seen by now; what is added meanwhile may be in a part of it} */
    public Spread spread() {
        long[] counts = new long[ROWS * WIDTH];
        long count = 0;
        for (int row = 0; row < ROWS; row++) {
            AtomicLongArray cells = rows.get(row);
            for (int column = 0; cells != null && column < WIDTH; column++) {
                long here = cells.get(column);
                counts[row * WIDTH + column] = here;
                count += here;
            }
        }
        int end = counts.length;
        while (end > 0 && counts[end - 1] == 0) {
            end--;
        }
        return new Spread(count, sum.sum(), max.get(), Arrays.copyOf(counts, end));
    }

    private AtomicLongArray row(int row) {
        AtomicLongArray there = rows.get(row);
        if (there != null) {
            return there;
        }
        AtomicLongArray fresh = new AtomicLongArray(WIDTH);
        AtomicLongArray other = rows.compareAndExchange(row, null, fresh);
        return other == null ? fresh : other;
    }

    /** Row 0 for what is below WIDTH, then one for each power of two. */
    private static int row(long value) {
        return Math.max(0, Long.SIZE - BITS - Long.numberOfLeadingZeros(value));
    }

    private static int column(long value, int row) {
        return row == 0 ? (int) value : (int) (value >>> row - 1) - WIDTH;
    }

    /** The least number of a bucket. */
    static long least(int bucket) {
        int row = bucket / WIDTH;
        int column = bucket % WIDTH;
        return row == 0 ? column : (long) (column + WIDTH) << row - 1;
    }

    /** How many different numbers a bucket holds. */
    static long width(int bucket) {
        int row = bucket / WIDTH;
        return row <= 1 ? 1 : 1L << row - 1;
    }

    /** What a histogram had seen at one moment. Immutable. */
    public static final class Spread {
        private final long count;
        private final long sum;
        private final long max;
        private final long[] counts;

        Spread(long count, long sum, long max, long[] counts) {
            this.count = count;
            this.sum = sum;
            this.max = max;
            this.counts = counts;
        }

        /** {@return how many numbers} */
        public long count() {
            return count;
        }

        /** {@return the sum of them} */
        public long sum() {
            return sum;
        }

        /** {@return the largest; 0 if there is none} */
        public long max() {
            return max;
        }

        /**
         * {@return the number of rank {@code floor(q * (count - 1))}, counted from 0 in ascending order, with a relative error of at
         * most 1 %}
         *
         * @param q 0 to 1; .5 is the median
         * @throws IllegalArgumentException if {@code q} is not
         * @throws IllegalStateException if there is no number
         */
        public double quantile(double q) {
            if (!(q >= 0 && q <= 1)) {
                throw new IllegalArgumentException("quantile " + q + " is asked for; it must be 0..1");
            }
            if (count == 0) {
                throw new IllegalStateException("a histogram without numbers has no quantiles; look at count() first");
            }
            long rank = (long) Math.floor(q * (count - 1));
            if (rank >= count - 1) {
                return max;
            }
            long below = 0;
            for (int bucket = 0; bucket < counts.length; bucket++) {
                below += counts[bucket];
                if (below > rank) {
                    return Math.min(max, least(bucket) + (width(bucket) - 1) / 2.0);
                }
            }
            return max;
        }
    }
}
