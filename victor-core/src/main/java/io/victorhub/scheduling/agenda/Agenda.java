package io.victorhub.scheduling.agenda;

import io.victorhub.spi.store.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what comes due by itself, when it is due, on a thread of its own. The thread begins with the first thing that could
 * come due; it sleeps until then, and without end where nothing has a time.
 */
public final class Agenda {

    private static final Logger log = LoggerFactory.getLogger(Agenda.class);
    private static final long TROUBLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long CLOSING_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A clock that is set forward is noticed after that long. */
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final List<Chore> chores = new CopyOnWriteArrayList<>();
    private final InstantSource clock;
    private final ThreadFactory threads;
    private final Consumer<StorageException> storageFailed;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Condition changed = lock.newCondition();
    private @Nullable Thread thread;
    private boolean lookAgain;
    private boolean closed;

    /** @param storageFailed hears of what could not be kept, and is tried again after a second */
    public Agenda(InstantSource clock, ThreadFactory threads, Consumer<StorageException> storageFailed) {
        this.clock = clock;
        this.threads = threads;
        this.storageFailed = storageFailed;
    }

    /** Adds something to be done when it is due; before the first {@link #poke}. */
    public void add(Chore chore) {
        chores.add(chore);
    }

    /** Something may be due, or due at another time. */
    public void poke() {
        lock.lock();
        try {
            if (closed || (thread == null && chores.stream().allMatch(Chore::isEmpty))) {
                return;
            }
            lookAgain = true;
            changed.signal();
            if (thread == null) {
                Thread started = threads.newThread(this::run);
                started.setName("victor-agenda");
                started.setDaemon(true);
                thread = started;
                started.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does what is due in this thread, for those who drive the hub by hand.
     *
     * @return how many tasks were submitted
     * @throws StorageException if that cannot be kept
     */
    public int workByHand() {
        int submitted = 0;
        for (Chore chore : chores) {
            submitted += chore.work(true);
        }
        return submitted;
    }

    /** Does no more. Waits a second for what is being done. */
    public void close() {
        Thread ending;
        lock.lock();
        try {
            closed = true;
            changed.signal();
            ending = thread;
        } finally {
            lock.unlock();
        }
        if (ending == null || ending == Thread.currentThread()) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.timedJoin(ending, CLOSING_NANOS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long nanos;
        do {
            nanos = Long.MAX_VALUE;
            for (Chore chore : chores) {
                nanos = Math.min(nanos, work(chore));
            }
        } while (sleep(nanos));
    }

    /** {@return how long to sleep at most then} */
    private long work(Chore chore) {
        try {
            chore.work(false);
            return chore.next().map(this::nanosUntil).orElse(Long.MAX_VALUE);
        } catch (StorageException e) {
            storageFailed.accept(e);
        } catch (RuntimeException | Error e) {
            log.error("something that was due could not be done; it is tried again in a second", e);
        }
        return TROUBLE_NANOS;
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
            return !closed; // somebody interrupted it; it goes on
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
        return left.compareTo(Duration.ofNanos(LONGEST_SLEEP_NANOS)) > 0 ? LONGEST_SLEEP_NANOS : left.toNanos() + 1;
    }
}
