package io.victorhub;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.StorageException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
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

        /** The entry was learned; called by one thread at a time, in the order of the log, without locks. */
        void learned(LogEntry entry);
    }

    private static final Logger log = LoggerFactory.getLogger(LogFollower.class);
    private static final int PAGE = 500;

    private final ExecutionLog entries;
    private final Learner learner;
    private final ReentrantLock reading = new ReentrantLock(); // guards position; held while learning
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Condition changed = lock.newCondition();
    private final Deque<LogEntry> untold = new ArrayDeque<>();
    private Position position = Position.START;
    private boolean telling;
    private boolean poked;
    private boolean closed;

    LogFollower(ExecutionLog entries, Learner learner) {
        this.entries = entries;
        this.learner = learner;
    }

    /** Learns what was there before the hub was opened; nobody is told of it. Returns how many entries that were. */
    long replay() {
        return learn(entry -> {});
    }

    /** {@return how far the log was learned, up to now} */
    Position position() {
        catchUp();
        reading.lock();
        try {
            return position;
        } finally {
            reading.unlock();
        }
    }

    /** There may be more in the log. */
    void poke() {
        lock.lock();
        try {
            poked = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Learns everything that is in the log now. Who is told of it may be told a little later, by another thread. */
    void catchUp() {
        try {
            learn(this::untold);
        } finally {
            tell(); // what was learned before something failed
        }
    }

    /** Follows until closed. */
    void run() {
        while (awaitPoke()) {
            try {
                catchUp();
            } catch (StorageException e) {
                log.warn("the log cannot be read on; what is behind is not learned from yet", e);
            } catch (RuntimeException | Error e) {
                log.error("learning from the log failed; it goes on with the next entry", e);
            }
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private long learn(Consumer<LogEntry> tellLater) {
        long count = 0;
        reading.lock();
        try {
            for (LogPage page = entries.read(position, PAGE);
                    !page.entries().isEmpty();
                    page = entries.read(position, PAGE)) {
                for (LogPage.Logged logged : page.entries()) {
                    position = logged.position(); // first: an entry that a learner chokes on is passed over
                    tellLater.accept(logged.entry());
                    count++;
                    learner.learn(logged.position(), logged.entry());
                }
            }
        } finally {
            reading.unlock();
        }
        return count;
    }

    private void untold(LogEntry entry) {
        lock.lock();
        try {
            untold.add(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Whoever finds nobody telling tells what all have learned by then. */
    private void tell() {
        for (LogEntry next = next(false); next != null; next = next(true)) {
            try {
                learner.learned(next);
            } catch (RuntimeException | Error e) {
                log.error("telling of the end of task {} failed", next.taskId(), e);
            }
        }
    }

    private @Nullable LogEntry next(boolean mine) {
        lock.lock();
        try {
            if (telling && !mine) {
                return null;
            }
            LogEntry next = untold.poll();
            telling = next != null;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitPoke() {
        lock.lock();
        try {
            while (!poked && !closed) {
                changed.awaitUninterruptibly();
            }
            poked = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }
}
