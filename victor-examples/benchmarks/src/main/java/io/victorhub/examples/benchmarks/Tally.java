package io.victorhub.examples.benchmarks;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the tasks of one drain, and when the first began and the last ended. Used by all contestants alike; may be
 * called by many threads.
 */
public final class Tally {

    private final long expected;
    private final AtomicLong firstCall = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong lastEnd = new AtomicLong();
    private final LongAdder sum = new LongAdder();
    private final AtomicReference<String> trouble = new AtomicReference<>();
    private final CountDownLatch allEnded = new CountDownLatch(1);

    /** @param expected how many tasks there are; 1 or more */
    public Tally(long expected) {
        this.expected = expected;
    }

    /** A handler was called with the payload of that number. */
    public void called(long number) {
        if (firstCall.get() == 0) {
            firstCall.compareAndSet(0, System.nanoTime());
        }
        sum.add(number);
    }

    /** The end of a task is on record. */
    public void ended() {
        long count = ended.incrementAndGet();
        if (count <= expected) {
            lastEnd.accumulateAndGet(System.nanoTime(), (a, b) -> a == 0 || b - a > 0 ? b : a);
        }
        if (count == expected) {
            allEnded.countDown();
        }
    }

    /** Something went wrong, so that the figures are worth nothing. */
    public void failed(String why) {
        trouble.compareAndSet(null, why);
        allEnded.countDown();
    }

    /** {@return how many have ended} */
    public long count() {
        return ended.get();
    }

    /**
     * Waits for the last one.
     *
     * @return false if the time was not enough
     * @throws IllegalStateException if something went wrong
     */
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        boolean all = allEnded.await(time, unit);
        Optional.ofNullable(trouble.get()).ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        return all;
    }

    /**
     * Checks that each of the payloads 0, 1, … arrived.
     *
     * @throws IllegalStateException if not
     */
    public void checkAllArrived() {
        long wanted = expected * (expected - 1) / 2;
        if (sum.sum() != wanted) {
            throw new IllegalStateException("the numbers of the payloads add up to " + sum.sum() + " instead of "
                    + wanted + "; some task was not done exactly once");
        }
    }

    /** {@return tasks a second, from the first call of a handler to the last end} */
    public double perSecond() {
        return Math.min(count(), expected) * 1e9 / Math.max(1, lastEnd.get() - firstCall.get());
    }
}
