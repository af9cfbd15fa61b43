package io.victorhub.examples.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that all do the same again and again for a time: first to warm up, then counted.
 *
 * @param threads how many; 1 or more
 * @param warmUpMillis for how long they are not counted
 * @param millis for how long they are
 */
public record Producers(int threads, long warmUpMillis, long millis) {

    /** What is done again and again. */
    public interface Step {
        /**
         * Does it once.
         *
         * @param number 0, 1, 2, …; no two calls get the same
         */
        void run(long number) throws Exception;
    }

    /**
     * {@return how often a second it was done}
     *
     * @throws IllegalStateException if a step failed
     */
    public double perSecond(Step step) throws InterruptedException {
        AtomicLong next = new AtomicLong();
        AtomicLong done = new AtomicLong();
        AtomicLong last = new AtomicLong(); // when the last one was done, after the beginning
        long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(warmUpMillis);
        long end = TimeUnit.MILLISECONDS.toNanos(millis);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> {
                    for (long now = System.nanoTime() - begin; now < end || done.get() == 0; ) {
                        step.run(next.getAndIncrement());
                        now = System.nanoTime() - begin;
                        if (now > 0) {
                            done.incrementAndGet();
                            last.accumulateAndGet(now, Math::max);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            return done.get() * 1e9 / last.get();
        } catch (ExecutionException | CancellationException e) {
            throw new IllegalStateException("a step failed: " + e.getCause(), e);
        } finally {
            pool.shutdownNow();
        }
    }
}
