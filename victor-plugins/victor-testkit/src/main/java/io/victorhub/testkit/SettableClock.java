package io.victorhub.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * A clock that stands still until it is set.
 *
 * <pre>{@code
 * SettableClock clock = new SettableClock(Instant.parse("2026-01-05T09:00:00Z"));
 * clock.advance(Duration.ofMinutes(1));
 * }</pre>
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public final class SettableClock implements InstantSource {

    private final ReentrantLock lock = new ReentrantLock(); // guards changes, so that no step is lost
    private volatile Instant now;

    /** @param start what it shows at first */
    public SettableClock(Instant start) {
        this.now = Objects.requireNonNull(start, "start");
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Shows {@code instant} from now on, which may be earlier than before. */
    public void set(Instant instant) {
        change(before -> Objects.requireNonNull(instant, "instant"));
    }

    /** Goes forward; back where {@code by} is negative. */
    public void advance(Duration by) {
        change(before -> before.plus(by));
    }

    @Override
    public String toString() {
        return "SettableClock[" + now + "]";
    }

    private void change(UnaryOperator<Instant> step) {
        lock.lock();
        try {
            now = step.apply(now);
        } finally {
            lock.unlock();
        }
    }
}
