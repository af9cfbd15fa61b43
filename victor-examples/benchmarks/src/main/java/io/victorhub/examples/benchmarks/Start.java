package io.victorhub.examples.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Takes the time from a submit until a handler is called. One thread submits; another one calls the handler. */
public final class Start {

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Submits a task of that number. */
    public interface Submit {
        /** Returns when it is submitted; the handler may have been called by then. */
        void run(long number) throws Exception;
    }

    private record Call(long number, long at) {}

    private volatile Call last = new Call(-1, 0);
    private volatile Thread waiting = Thread.currentThread();

    /** The handler was called; the first thing that it does. */
    public void called(long number) {
        last = new Call(number, System.nanoTime());
        LockSupport.unpark(waiting);
    }

    /**
     * {@return how long it took, in nanoseconds}
     *
     * @throws IllegalStateException if the handler is not called within a minute
     */
    public long nanos(long number, Submit submit) throws Exception {
        waiting = Thread.currentThread();
        long begin = System.nanoTime();
        submit.run(number);
        while (last.number() != number) {
            long left = begin + PATIENCE_NANOS - System.nanoTime();
            if (left < 0) {
                throw new IllegalStateException("task " + number + " was not begun within a minute");
            }
            LockSupport.parkNanos(left);
        }
        return last.at() - begin;
    }
}
