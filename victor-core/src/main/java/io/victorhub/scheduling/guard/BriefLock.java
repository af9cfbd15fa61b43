package io.victorhub.scheduling.guard;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A lock that is held for so short that waiting for it asleep would cost a hundred times more. */
final class BriefLock {

    private static final int SPINS = 50;

    private final ReentrantLock lock = new ReentrantLock();

    void acquire() {
        for (int i = 0; i < SPINS; i++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }

    void release() {
        lock.unlock();
    }

    void run(Runnable action) {
        acquire();
        try {
            action.run();
        } finally {
            release();
        }
    }

    <T> T get(Supplier<T> value) {
        acquire();
        try {
            return value.get();
        } finally {
            release();
        }
    }
}
