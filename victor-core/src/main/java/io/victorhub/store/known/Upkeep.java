package io.victorhub.store.known;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work in the background: full tables are written, and runs are merged, one merge at a time. */
final class Upkeep {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    /** After each such piece of a merge a table is written, if one became full meanwhile. */
    private static final int MERGED_AT_ONCE = 1 << 16;

    private final KnownIds known;
    private final RunFolder folder;
    private final Executor background;
    private final int unit;
    private final ReentrantLock merging = new ReentrantLock(); // held by whoever works in the background; guards told

    /** Held while a table becomes a run; taken within merging. Fair, so that many flushes keep no merge from going on. */
    private final ReentrantLock writing = new ReentrantLock(true);

    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile boolean givenUp; // the merge under way
    private boolean told;

    /** @param unit how many entries a full table has */
    Upkeep(KnownIds known, RunFolder folder, Executor background, int unit) {
        this.known = known;
        this.folder = folder;
        this.background = background;
        this.unit = unit;
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

    /** Writes the oldest full tables, in this thread. */
    void writeTables(int most) throws IOException {
        writing.lock();
        try {
            Table table = known.nextWaiting();
            for (int i = 0; i < most && table != null; i++) {
                known.written(write(table));
                table = known.nextWaiting();
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
                writeTables(1);
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
        return known.nextWaiting() != null || MergePlan.of(known.view().runs(), known.floor(), unit) != null;
    }

    private void ended() {
        underWay.set(false);
        known.tellWaiters();
    }

    private Run write(Table table) throws IOException {
        View view = known.view();
        long number = view.lastTable() + 1;
        long from = view.covered();
        long floor = known.floor();
        long[] entries = table.sorted();
        RunHeader begun = RunWriter.begin(number, number, from, Math.max(from, table.to()));
        try (RunWriter out = new RunWriter(folder, begun, table.count())) {
            for (int i = 0; i < entries.length; i += 2) {
                if (entries[i + 1] >= floor) {
                    out.add(entries[i], entries[i + 1]);
                }
            }
            return out.finish();
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
        MergePlan plan = MergePlan.of(runs, floor, unit);
        if (plan == null) {
            return;
        }
        Run[] old = Arrays.copyOfRange(runs, plan.start(), plan.end());
        Run merged;
        try (Merge merge = new Merge(old, floor, folder)) {
            while (merge.step(MERGED_AT_ONCE)) {
                if (isToEnd()) {
                    return;
                }
                writeTables(1);
            }
            merged = merge.finish();
        }
        known.merged(plan, merged);
        for (Run run : old) {
            run.retire(true);
        }
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
