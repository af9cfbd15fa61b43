package io.victorhub.scheduling.loop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one thread sleep until somebody wakes it. A wake before the sleep is not lost. */
final class Waker {

    /** What is wanted soon may come often: so long it is collected. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Condition changed = lock.newCondition();
    private boolean awake;
    private boolean resting;
    private boolean wasSoon;
    private volatile boolean soon;

    void wake() {
        lock.lock();
        try {
            awake = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes at once the first time, and then no more than once a millisecond, however often it is called. */
    void wakeSoon() {
        if (soon) {
            return;
        }
        lock.lock();
        try {
            soon = true;
            if (!resting) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sleeps until woken, at most so long. */
    void sleep(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (wasSoon) {
                rest();
            }
            long left = nanos;
            while (!awake && !soon && left > 0) {
                left = changed.awaitNanos(left);
            }
            wasSoon = soon && !awake;
            awake = false;
            soon = false;
        } finally {
            lock.unlock();
        }
    }

    private void rest() throws InterruptedException {
        resting = true;
        try {
            long left = REST_NANOS;
            while (!awake && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            resting = false;
        }
    }
}
