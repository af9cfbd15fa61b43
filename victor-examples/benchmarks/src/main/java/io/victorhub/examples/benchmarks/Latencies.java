package io.victorhub.examples.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Probes things that are idle, by turns, 2 to 10 ms apart: what one takes right after the other shares its noise. Before
 * that each is probed without a pause, so that all run as compiled code.
 *
 * @param warmUpNanos for how long each is probed before, one after the other
 * @param probes how often each is probed at most; the first quarter is not counted, and at least the first one
 * @param capNanos how long it may take; what is known by then is counted
 */
public record Latencies(long warmUpNanos, int probes, long capNanos) {

    private static final int SHORTEST_MICROS = 2_000;
    private static final int LONGEST_MICROS = 10_000;
    private static final int NOT_COUNTED = 4; // one of so many

    /** Does something once, and says how long it took. */
    public interface Probe {
        /**
         * {@return nanoseconds}
         *
         * @param number 0, 1, 2, …
         */
        long nanos(long number) throws Exception;
    }

    /**
     * How long it took.
     *
     * @param p50 the median, in nanoseconds
     * @param p99 99 of 100 were not longer, in nanoseconds
     */
    public record Spread(double p50, double p99) {

        /** {@return the spread of times, which are sorted by this} */
        public static Spread of(long[] nanos) {
            Arrays.sort(nanos);
            return new Spread(quantile(nanos, 0.5), quantile(nanos, 0.99));
        }

        /** {@return the median in microseconds} */
        public double p50Micros() {
            return p50 / 1e3;
        }

        private static double quantile(long[] sorted, double share) {
            return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
        }
    }

    /** {@return how long each of them took} */
    public Map<String, Spread> run(Map<String, Probe> all) throws Exception {
        long first = 0;
        for (Probe probe : all.values()) {
            first = Math.max(first, warmUp(probe));
        }
        Random random = new Random(4711); // the same pauses in each run
        Map<String, long[]> times = new LinkedHashMap<>();
        all.keySet().forEach(name -> times.put(name, new long[probes]));
        long end = System.nanoTime() + capNanos;
        int done = 0;
        while (done < probes && (done == 0 || System.nanoTime() - end < 0)) {
            for (Map.Entry<String, Probe> probe : all.entrySet()) {
                pause(SHORTEST_MICROS + random.nextInt(LONGEST_MICROS - SHORTEST_MICROS));
                times.get(probe.getKey())[done] = probe.getValue().nanos(first + done);
            }
            done++;
        }
        int from = Math.min(done - 1, Math.max(1, done / NOT_COUNTED));
        Map<String, Spread> spreads = new LinkedHashMap<>();
        for (Map.Entry<String, long[]> each : times.entrySet()) {
            spreads.put(each.getKey(), Spread.of(Arrays.copyOfRange(each.getValue(), from, done)));
        }
        return spreads;
    }

    /** {@return how many numbers were used} */
    private long warmUp(Probe probe) throws Exception {
        long end = System.nanoTime() + warmUpNanos;
        long number = 0;
        do {
            probe.nanos(number++);
        } while (System.nanoTime() - end < 0);
        return number;
    }

    private static void pause(int micros) {
        long until = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
