package io.victorhub.store;

import io.victorhub.spi.store.LogPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The last entries of the log as they came, so that who follows it closely need not read them back. Holds a few thousand
 * and a few megabytes at most.
 */
final class LogTail {

    private static final int MOST = 1 << 13; // a power of two
    private static final long MOST_BYTES = 8L << 20;

    /** An entry, where it begins, and how large it is. */
    private record One(LogCursor before, LogCursor behind, LogPage.Logged logged, int bytes) {}

    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final @Nullable One[] ring = new @Nullable One[MOST];
    private long first;
    private long end;
    private long bytes;

    void add(LogCursor before, LogCursor behind, LogPage.Logged logged, int size) {
        lock.lock();
        try {
            bytes += size;
            while (first < end && (end - first == MOST || bytes > MOST_BYTES)) {
                drop();
            }
            ring[(int) end++ & MOST - 1] = new One(before, behind, logged, size);
        } finally {
            lock.unlock();
        }
    }

    /** What is here may differ from what is on disk now. */
    void clear() {
        lock.lock();
        try {
            while (first < end) {
                drop();
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return the entries behind the cursor; empty if some of them are no longer here, or it was not given for one} */
    Optional<List<LogPage.Logged>> read(LogCursor after, int max) {
        return read(after, max, true);
    }

    /** {@return the same from anywhere between two entries} */
    Optional<List<LogPage.Logged>> readFromBetween(LogCursor after, int max) {
        return read(after, max, false);
    }

    private Optional<List<LogPage.Logged>> read(LogCursor after, int max, boolean exactly) {
        lock.lock();
        try {
            if (first == end || after.compareTo(at(first).before()) < 0) {
                return Optional.empty();
            }
            long low = first; // the first whose end is behind the cursor
            long high = end;
            while (low < high) {
                long middle = low + high >>> 1;
                if (at(middle).behind().compareTo(after) <= 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            boolean wasGiven = (low == first ? at(first).before() : at(low - 1).behind()).equals(after);
            if (exactly && !wasGiven) {
                return Optional.empty();
            }
            int count = (int) Math.min(max, end - low);
            List<LogPage.Logged> page = new ArrayList<>(count);
            for (long i = low; i < low + count; i++) {
                page.add(at(i).logged());
            }
            return Optional.of(page);
        } finally {
            lock.unlock();
        }
    }

    private One at(long index) {
        One one = ring[(int) index & MOST - 1];
        if (one == null) {
            throw new IllegalStateException("the tail of the log has a hole");
        }
        return one;
    }

    private void drop() {
        bytes -= at(first).bytes();
        ring[(int) first++ & MOST - 1] = null;
    }
}
