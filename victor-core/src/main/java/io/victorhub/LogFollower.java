package io.victorhub;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.StorageException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log behind those who write it, and gives every entry once, in order, to whoever learns from it. Whoever wants
 * to see what was learned may catch up first.
 */
final class LogFollower {

    /** Who learns from the log. */
    interface Learner {
        /** Takes in an entry, under the follower's lock. */
        void learn(Position behind, LogEntry entry);

        /** No more entries come for the moment, says the follower, under its lock. */
        void learnedAll();

        /** {@return whether anybody wants to be told that the entry was learned} */
        boolean isAwaited(LogEntry entry);

        /** The entry was learned; called by one thread at a time, in the order of the log, without locks. */
        void learned(LogEntry entry);
    }

    private static final Logger log = LoggerFactory.getLogger(LogFollower.class);
    /** A store holds some thousands of its last entries in memory. */
    private static final int MOST_OWED = 1_000;

    private static final int FAR_TOO_MANY = 3_000;
    private static final long LONGEST_WAIT_MILLIS = 5;

    private static final int PAGE = 500;

    /** While entries come closer together than this, they are collected for a while: each wake costs as much as many. */
    private static final long CLOSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private static final Consumer<LogEntry> UNSEEN = entry -> {};
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ExecutionLog entries;
    private final Learner learner;
    private final Untold untold;
    private final ReentrantLock reading = new ReentrantLock(); // guards position; held while learning
    private final AtomicLong owed = new AtomicLong(); // about how many entries are not learned
    private Position position = Position.START;
    private volatile boolean poked;
    private volatile boolean closed;
    private volatile @Nullable Thread sleeper;

    LogFollower(ExecutionLog entries, Learner learner) {
        this.entries = entries;
        this.learner = learner;
        this.untold = new Untold(entries, learner, PAGE);
    }

    /**
     * Learns what was there before the hub was opened; nobody is told of it. Returns how many entries that were.
     *
     * @param sees gets them too
     */
    long replay(Consumer<LogEntry> sees) {
        long count = 0;
        for (int learned = learn(false, sees); learned > 0; learned = learn(false, sees)) {
            count += learned;
        }
        return count;
    }

    /**
     * An entry was put on record by the calling thread. Where too many are not learned, it learns some itself if nobody else
     * is at it: so those who write never run away from what is still in memory.
     */
    void grew() {
        if (owed.incrementAndGet() > MOST_OWED) {
            help();
        }
        poke();
    }

    private void help() {
        if (!mayHelp()) {
            return;
        }
        try {
            while (owed.get() > MOST_OWED / 2 && learn(true, UNSEEN) > 0) {
                // the next page
            }
        } catch (StorageException e) {
            log.debug("the log cannot be read on; its follower says so", e);
        } finally {
            reading.unlock();
        }
    }

    /** Where far too many are owed, somebody is at it too slowly: waiting a little leaves the processor to him. */
    private boolean mayHelp() {
        if (reading.tryLock()) {
            return true;
        }
        try {
            return owed.get() > FAR_TOO_MANY && reading.tryLock(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** There may be more in the log. Costs next to nothing while somebody is at it anyway. */
    void poke() {
        if (!poked) {
            poked = true;
            Thread asleep = sleeper;
            if (asleep != null) {
                LockSupport.unpark(asleep);
            }
        }
    }

    /** Tells up to where the log is learned, and learns nothing more before that is taken in. */
    void tellPosition(Consumer<Position> taker) {
        reading.lock();
        try {
            taker.accept(position);
        } finally {
            reading.unlock();
        }
    }

    /** {@return about how many entries are not learned} */
    long behind() {
        return owed.get();
    }

    /** Learns everything that is in the log now. Who is told of it may be told a little later, by another thread. */
    void catchUp() {
        var unused = catchUpAndCount();
    }

    /** Follows until closed. */
    void run() {
        long ranOut = System.nanoTime();
        while (!closed) {
            poked = false;
            long learned = 0;
            try {
                learned = catchUpAndCount();
            } catch (StorageException e) {
                log.warn("the log cannot be read on; what is behind is not learned from yet", e);
            } catch (RuntimeException | Error e) {
                log.error("learning from the log failed; it goes on with the next entry", e);
            }
            long now = System.nanoTime();
            if (learned * CLOSE_NANOS > now - ranOut) {
                LockSupport.parkNanos(this, REST_NANOS);
            } else {
                awaitPoke();
            }
            ranOut = now;
        }
    }

    void close() {
        closed = true;
        Thread asleep = sleeper;
        if (asleep != null) {
            LockSupport.unpark(asleep);
        }
    }

    private long catchUpAndCount() {
        long count = 0;
        int learned;
        do {
            try {
                learned = learn(true, UNSEEN);
                count += learned;
            } finally {
                untold.tell(); // what was learned before something failed too
            }
        } while (learned > 0);
        return count;
    }

    /** Learns the next page; {@return how many entries it had} */
    private int learn(boolean tellLater, Consumer<LogEntry> sees) {
        reading.lock();
        try {
            LogPage page = entries.read(position, PAGE);
            Position from = position;
            int learned = 0;
            try {
                for (LogPage.Logged logged : page.entries()) {
                    position = logged.position(); // first: an entry that a learner chokes on is passed over
                    learned++;
                    sees.accept(logged.entry());
                    learner.learn(logged.position(), logged.entry());
                }
                learner.learnedAll();
            } finally {
                if (tellLater) {
                    untold.add(from, page.entries().subList(0, learned));
                }
            }
            owe(learned);
            return learned;
        } finally {
            reading.unlock();
        }
    }

    /** Not all that is learned was counted when it was written. */
    private void owe(int lessBy) {
        if (owed.addAndGet(-lessBy) < 0) {
            owed.set(0);
        }
    }

    private void awaitPoke() {
        sleeper = Thread.currentThread();
        while (!poked && !closed) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                log.debug("somebody interrupted the follower of the log; it goes on");
            }
        }
        sleeper = null;
    }
}
