package io.victorhub.history;

import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * Reads a log without the pages.
 *
 * <pre>{@code
 * for (Logged logged : History.of(store.log()).from(Position.START)) {
 *     reviewer.learn(logged.position(), logged.entry());
 * }
 * }</pre>
 *
 * <p>Holds nothing but the log, and at most one page while it reads. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class History {

    /** The most entries that {@link #latest} keeps: 100,000. */
    public static final int MAX_LATEST = 100_000;

    private static final int PAGE = 500;

    private final ExecutionLog log;

    private History(ExecutionLog log) {
        this.log = Objects.requireNonNull(log, "log");
    }

    /** {@return the history that {@code log} holds} */
    public static History of(ExecutionLog log) {
        return new History(log);
    }

    /**
     * {@return the entries behind {@code after}, in the log's order, each with the position behind it} They are read page
     * by page while they are walked through; each walk begins anew, sees what was appended meanwhile, and ends where the
     * log ends when it gets there. A walk belongs to one thread, and may throw what {@link ExecutionLog#read} throws.
     *
     * @param after {@link Position#START}, or a position from the same log
     */
    public Iterable<LogPage.Logged> from(Position after) {
        Objects.requireNonNull(after, "after");
        return () -> new Walk(log, after);
    }

    /** {@return the attempts at the task that are still in the log, oldest first} Reads the whole log: O(its length). */
    public List<Execution> executionsOf(String taskId) {
        Objects.requireNonNull(taskId, "taskId");
        List<Execution> found = new ArrayList<>();
        for (LogPage.Logged logged : from(Position.START)) {
            if (logged.entry() instanceof Execution execution
                    && execution.taskId().equals(taskId)) {
                found.add(execution);
            }
        }
        return List.copyOf(found);
    }

    /**
     * {@return the last entries of the log, oldest first} A log is read forwards only, so this reads the whole of it:
     * O(its length), and no more than {@code max} entries in memory.
     *
     * @param max how many at most, 1 to {@link #MAX_LATEST}
     * @throws IllegalArgumentException if {@code max} is not
     */
    public List<LogEntry> latest(int max) {
        if (max < 1 || max > MAX_LATEST) {
            throw new IllegalArgumentException("latest " + max + " entries are asked for; it must be 1 to " + MAX_LATEST
                    + ", use from(position) for more");
        }
        Deque<LogEntry> last = new ArrayDeque<>();
        for (LogPage.Logged logged : from(Position.START)) {
            if (last.size() == max) {
                last.removeFirst();
            }
            last.addLast(logged.entry());
        }
        return List.copyOf(last);
    }

    private static final class Walk implements Iterator<LogPage.Logged> {
        private final ExecutionLog log;
        private Position reached;
        private Iterator<LogPage.Logged> page = List.<LogPage.Logged>of().iterator();

        Walk(ExecutionLog log, Position after) {
            this.log = log;
            this.reached = after;
        }

        @Override
        public boolean hasNext() {
            if (!page.hasNext()) {
                LogPage next = log.read(reached, PAGE);
                reached = next.end();
                page = next.entries().iterator();
            }
            return page.hasNext();
        }

        @Override
        public LogPage.Logged next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the log ends at " + reached.text());
            }
            return page.next();
        }
    }
}
