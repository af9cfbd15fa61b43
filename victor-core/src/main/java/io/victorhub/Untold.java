package io.victorhub;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was learned and not told yet. A few entries are kept; of what a slow listener leaves beyond them only the place in
 * the log, where they are read again when their turn has come.
 */
final class Untold {

    private static final Logger log = LoggerFactory.getLogger(Untold.class);

    private final ExecutionLog entries;
    private final LogFollower.Learner learner;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Deque<LogEntry> kept = new ArrayDeque<>();
    private Position rest = Position.START; // behind it lies what is to be read again
    private long left; // how many entries that are
    private boolean telling;

    /** @param most how many entries are kept at most, and read again at once */
    Untold(ExecutionLog entries, LogFollower.Learner learner, int most) {
        this.entries = entries;
        this.learner = learner;
        this.most = most;
    }

    /**
     * Some more were learned.
     *
     * @param from the position before the first of them
     */
    void add(Position from, List<LogPage.Logged> some) {
        lock.lock();
        try {
            Position before = from;
            for (LogPage.Logged logged : some) {
                if (left > 0) {
                    left++;
                } else if (learner.isAwaited(logged.entry()) && !keep(logged.entry())) {
                    rest = before;
                    left = 1;
                }
                before = logged.position();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whoever finds nobody telling tells what all have learned by then. */
    void tell() {
        for (LogEntry next = next(false); next != null; next = next(true)) {
            try {
                learner.learned(next);
            } catch (RuntimeException | Error e) {
                log.error("telling of the end of task {} failed", next.taskId(), e);
            }
        }
    }

    private @Nullable LogEntry next(boolean mine) {
        while (true) {
            Position again;
            lock.lock();
            try {
                if (telling && !mine) {
                    return null;
                }
                LogEntry next = kept.poll();
                telling = next != null || left > 0;
                if (next != null || left == 0) {
                    return next;
                }
                again = rest;
            } finally {
                lock.unlock();
            }
            mine = true;
            readAgain(again);
        }
    }

    /** Nobody else does: it is for whoever tells. */
    private void readAgain(Position from) {
        List<LogPage.Logged> page;
        try {
            page = entries.read(from, most).entries();
        } catch (RuntimeException | Error e) {
            lock.lock();
            try {
                telling = false; // the next one who tells tries again
            } finally {
                lock.unlock();
            }
            throw e;
        }
        lock.lock();
        try {
            for (LogPage.Logged logged : page) {
                if (left == 0) {
                    return; // what comes then is not learned yet
                }
                if (learner.isAwaited(logged.entry()) && !keep(logged.entry())) {
                    return;
                }
                rest = logged.position();
                left--;
            }
            if (page.isEmpty()) {
                left = 0; // it was forgotten meanwhile
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean keep(LogEntry entry) {
        return kept.size() < most && kept.add(entry);
    }
}
