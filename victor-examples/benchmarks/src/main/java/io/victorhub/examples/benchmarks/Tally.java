package io.victorhub.examples.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the tasks of one drain: the calls of handlers, and what is on record as done. May be called by many threads.
 */
public final class Tally {

    private final long expected;
    private final AtomicLong firstCall = new AtomicLong();
    private final LongAdder calls = new LongAdder();
    private final LongAdder sum = new LongAdder();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicReference<String> trouble = new AtomicReference<>();
    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch allEnded = new CountDownLatch(1);
    private volatile long lastEnd;

    /** @param expected how many tasks there are; 1 or more */
    public Tally(long expected) {
        this.expected = expected;
    }

    /** A handler was called with the payload of that number. */
    public void called(long number) {
        if (firstCall.get() == 0 && firstCall.compareAndSet(0, System.nanoTime())) {
            called.countDown();
        }
        calls.increment();
        sum.add(number);
    }

    /** The end of a task is on record. */
    public void ended() {
        if (ended.incrementAndGet() == expected) {
            lastEnd = System.nanoTime();
            allEnded.countDown();
        }
    }

    /** Something went wrong, so that the figures are worth nothing. */
    public void failed(String why) {
        trouble.compareAndSet(null, why);
        called.countDown();
        allEnded.countDown();
    }

    /** {@return how many are on record as done} */
    public long done() {
        return ended.get();
    }

    /** {@return how many calls of handlers have begun} */
    public long calls() {
        return calls.sum();
    }

    /** Waits for the first call. */
    public void awaitFirstCall(long nanos) throws InterruptedException {
        if (!called.await(nanos, TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("no handler was called within " + nanos / 1_000_000 + " ms");
        }
        check();
    }

    /**
     * Waits until all tasks are done, or the time is over.
     *
     * @return tasks a second, from the first call of a handler until then
     * @throws IllegalStateException if something went wrong
     */
    public double perSecond(long nanos) throws InterruptedException {
        awaitFirstCall(nanos);
        boolean all = allEnded.await(nanos, TimeUnit.NANOSECONDS);
        check();
        long done = all ? expected : ended.get();
        long end = all ? lastEnd : System.nanoTime();
        return done * 1e9 / (end - firstCall.get());
    }

    /**
     * Checks that each of the payloads 0, 1, … arrived once, if all are done.
     *
     * @throws IllegalStateException if not
     */
    public void checkArrived() {
        check();
        long wanted = expected * (expected - 1) / 2;
        if (ended.get() >= expected && sum.sum() != wanted) {
            throw new IllegalStateException("the numbers of the payloads add up to " + sum.sum() + " instead of "
                    + wanted + "; some task was not done exactly once");
        }
    }

    /** @throws IllegalStateException if something went wrong */
    public void check() {
        String why = trouble.get();
        if (why != null) {
            throw new IllegalStateException(why);
        }
    }
}
