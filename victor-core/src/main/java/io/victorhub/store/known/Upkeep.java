package io.victorhub.store.known;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work in the background: full tables are written, and runs are merged, one merge at a time. */
final class Upkeep {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    /** After so many tables' worth of entries, a merge lets those be written that became full meanwhile. */
    private static final int MERGED_AT_ONCE = 4;

    private final KnownIds known;
    private final RunFolder folder;
    private final Executor background;
    private final KnownIds.Limits limits;
    private final ReentrantLock merging = new ReentrantLock(); // held by whoever works in the background; guards told

    /** Held while tables become a run; taken within merging. Fair, so that many flushes keep no merge from going on. */
    private final ReentrantLock writing = new ReentrantLock(true);

    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile boolean givenUp; // the merge under way
    private boolean told;

    Upkeep(KnownIds known, RunFolder folder, Executor background, KnownIds.Limits limits) {
        this.known = known;
        this.folder = folder;
        this.background = background;
        this.limits = limits;
    }

    /** {@return whether work is under way, or about to begin} */
    boolean isUnderWay() {
        return underWay.get();
    }

    /** Has done what there is to do, if there is something. Waits for nothing. */
    void request() {
        if (stopped || !isSomethingToDo() || !underWay.compareAndSet(false, true)) {
            return;
        }
        try {
            background.execute(this::run);
        } catch (RejectedExecutionException e) {
            log.debug("no thread for the known ids in {}; it is asked for again", folder.path(), e);
            ended();
        }
    }

    /** Writes that many of the full tables, the oldest first, in this thread. */
    void writeTables(int count) throws IOException {
        writing.lock();
        try {
            int written = 1;
            for (int left = count; left > 0 && written > 0; left -= written) {
                written = writeRun(left);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Does something while nothing is written or merged; a merge under way is given up. */
    void alone(Runnable work) {
        givenUp = true;
        merging.lock();
        try {
            givenUp = false;
            writing.lock();
            try {
                work.run();
            } finally {
                writing.unlock();
            }
        } finally {
            merging.unlock();
        }
        request();
    }

    /** No work begins any more, and none is under way when this returns. */
    void stop() {
        stopped = true;
        alone(() -> {});
    }

    private void run() {
        boolean done = false;
        merging.lock();
        try {
            while (!isToEnd() && isSomethingToDo()) {
                writeRun();
                merge();
            }
            done = !isToEnd();
            told &= !done;
        } catch (IOException e) {
            tell(e);
        } finally {
            merging.unlock();
            ended();
        }
        if (done) {
            request(); // what came after the last look
        }
    }

    private boolean isToEnd() {
        return stopped || givenUp;
    }

    private boolean isSomethingToDo() {
        View view = known.view();
        return view.waiting() > 0 || MergePlan.of(view.runs(), known.floor(), limits.tableEntries()) != null;
    }

    private void ended() {
        underWay.set(false);
        known.tellWaiters();
    }

    /** At most one, so that a merge goes on however many tables become full. */
    private void writeRun() throws IOException {
        writing.lock();
        try {
            writeRun(limits.waitingTables());
        } finally {
            writing.unlock();
        }
    }

    /** {@return how many of the oldest full tables have become a run} They are in memory twice meanwhile. */
    private int writeRun(int most) throws IOException {
        View view = known.view();
        int count = Math.min(view.waiting(), Math.min(most, limits.waitingTables()));
        if (count > 0) {
            known.written(count, write(Arrays.asList(view.tables()).subList(0, count)));
        }
        return count;
    }

    private Run write(List<Table> tables) throws IOException {
        View view = known.view();
        long from = view.covered();
        long to = Math.max(from, tables.get(tables.size() - 1).to());
        long number = view.lastNumber() + 1;
        long most = tables.stream().mapToLong(Table::count).sum();
        List<TableCursor> cursors = tables.stream().map(TableCursor::new).toList();
        RunWriter out = new RunWriter(folder, RunWriter.begin(number, number, from, to), most);
        try (Merge merge = new Merge(cursors, known.floor(), out)) {
            merge.step(Integer.MAX_VALUE);
            return merge.finish();
        }
    }

    /** What turns out to be damaged is left out of the next plan. */
    private void merge() throws IOException {
        try {
            mergeWhatIsDue();
        } catch (Damage e) {
            log.debug("a merge of known ids in {} was given up", folder.path(), e);
        }
    }

    private void mergeWhatIsDue() throws IOException {
        Run[] runs = known.view().runs();
        long floor = known.floor();
        MergePlan plan = MergePlan.of(runs, floor, limits.tableEntries());
        if (plan == null) {
            return;
        }
        List<Run> old = Arrays.asList(runs).subList(plan.start(), plan.end());
        Run merged;
        try (Merge merge = begin(old, floor)) {
            while (merge.step(MERGED_AT_ONCE * limits.tableEntries())) {
                if (isToEnd()) {
                    return;
                }
                writeRun();
            }
            merged = merge.finish();
        }
        known.merged(plan, merged);
        old.forEach(run -> run.retire(true));
    }

    private Merge begin(List<Run> old, long floor) throws IOException {
        RunHeader first = old.get(0).header();
        RunHeader last = old.get(old.size() - 1).header();
        RunHeader begun = RunWriter.begin(first.first(), last.last(), first.from(), last.to());
        List<Run> needed = old.stream().filter(run -> !run.isBelow(floor)).toList();
        long most = needed.stream().mapToLong(run -> run.header().entries()).sum();
        RunWriter out = new RunWriter(folder, begun, most);
        return new Merge(needed.stream().map(RunCursor::new).toList(), floor, out);
    }

    private void tell(IOException why) {
        if (told) {
            log.debug("{}", known.cannotWrite(why));
        } else {
            log.warn("{}; it is tried again with the next ones", known.cannotWrite(why));
            told = true;
        }
    }
}
