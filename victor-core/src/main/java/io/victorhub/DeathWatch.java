package io.victorhub;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Remembers when the last dead letters came, so many of them that it can tell whether there are too many. */
final class DeathWatch {

    private final HealthLimits limits;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final @Nullable Instant[] latest; // a ring
    private int next;

    DeathWatch(HealthLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.latest = new @Nullable Instant[limits.deadLetters()];
    }

    void died() {
        Instant now = clock.instant();
        lock.lock();
        try {
            latest[next] = now;
            next = (next + 1) % latest.length;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether there were too many within the time that the limits say} */
    boolean tooMany(Instant now) {
        lock.lock();
        try {
            Instant oldest = latest[next];
            return oldest != null && !oldest.plus(limits.deadLettersWithin()).isBefore(now);
        } finally {
            lock.unlock();
        }
    }
}
