package io.victorhub.scheduling.loop;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one thread sleep until somebody wakes it. A wake before the sleep is not lost. */
final class Waker {

    private final ReentrantLock lock = new ReentrantLock(); // guards awake
    private final Condition changed = lock.newCondition();
    private boolean awake;

    void wake() {
        lock.lock();
        try {
            awake = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Sleeps until woken, at most so long. */
    void sleep(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!awake && left > 0) {
                left = changed.awaitNanos(left);
            }
            awake = false;
        } finally {
            lock.unlock();
        }
    }
}
