package io.victorhub.store;

import io.victorhub.spi.store.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes whoever waits for work: when something changed, and when a delay or a deadline runs out. The thread that watches
 * the time begins with the first one who waits, and sleeps without end where nothing is delayed.
 */
final class Wakers {

    private static final Logger log = LoggerFactory.getLogger(Wakers.class);

    /** A clock that is set forward is noticed after that long. */
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(10);

    /**
     * What a look at the queue found.
     *
     * @param readied whether tasks may start whose time had not come before
     * @param next when there is next something to do, of which a deadline may be past
     */
    record Due(boolean readied, Optional<Instant> next) {}

    private final ThreadFactory threads;
    private final InstantSource clock;
    private final List<Runnable> wakers = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Condition changed = lock.newCondition();
    private @Nullable Thread thread;
    private boolean lookAgain;
    private boolean closed;
    private Optional<Instant> calledFor = Optional.empty(); // only the thread that watches the time uses it

    Wakers(ThreadFactory threads, InstantSource clock) {
        this.threads = threads;
        this.clock = clock;
    }

    /** @param nextDue lets tasks start whose time has come, and tells when to look next; may take the ledger's lock */
    Subscription add(Runnable wake, Supplier<Due> nextDue) {
        wakers.add(wake);
        lock.lock();
        try {
            if (thread == null && !closed) {
                Thread started = threads.newThread(() -> run(nextDue));
                started.setName("victor-store-timer");
                started.setDaemon(true);
                started.start();
                thread = started;
            }
        } finally {
            lock.unlock();
        }
        return () -> wakers.remove(wake);
    }

    /** There may be something to do. Called without the ledger's lock. */
    void wake() {
        look();
        callAll();
    }

    /** The next delay or deadline may be another one. Called without the ledger's lock. */
    void look() {
        lock.lock();
        try {
            if (thread != null) {
                lookAgain = true;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        Thread ending;
        lock.lock();
        try {
            closed = true;
            changed.signal();
            ending = thread;
        } finally {
            lock.unlock();
        }
        if (ending != null && ending != Thread.currentThread()) {
            join(ending);
        }
    }

    private void run(Supplier<Due> nextDue) {
        long nanos;
        do {
            try {
                nanos = wakeIfDue(nextDue.get());
            } catch (RuntimeException | Error e) {
                log.debug("the store is closed, or memory is short; looked at again in a while", e);
                nanos = LONGEST_SLEEP_NANOS;
            }
        } while (sleep(nanos));
    }

    /** {@return how long to sleep then} */
    private long wakeIfDue(Due due) {
        long nanos = due.next().map(this::nanosUntil).orElse(Long.MAX_VALUE);
        boolean overdue = nanos <= 0 && !due.next().equals(calledFor);
        if (overdue) {
            calledFor = due.next(); // whoever was woken may be paused: once is enough
        }
        if (due.readied() || overdue) {
            callAll();
        }
        return due.next().isEmpty() || nanos > 0 && nanos < LONGEST_SLEEP_NANOS ? nanos : LONGEST_SLEEP_NANOS;
    }

    private boolean sleep(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!closed && !lookAgain && left > 0) {
                left = changed.awaitNanos(left);
            }
            lookAgain = false;
            return !closed;
        } catch (InterruptedException e) {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private long nanosUntil(Instant due) {
        Instant now = clock.instant();
        if (!due.isAfter(now)) {
            return 0;
        }
        Duration left = Duration.between(now, due);
        return left.compareTo(Duration.ofDays(1)) > 0 ? TimeUnit.DAYS.toNanos(1) : left.toNanos() + 1;
    }

    private void callAll() {
        for (Runnable waker : wakers) {
            try {
                waker.run();
            } catch (RuntimeException | Error e) {
                log.warn("somebody who waits for work threw when woken; it is passed over", e);
            }
        }
    }

    private static void join(Thread ending) {
        boolean interrupted = false;
        while (ending.isAlive()) {
            try {
                ending.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
