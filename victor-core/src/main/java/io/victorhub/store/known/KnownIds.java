package io.victorhub.store.known;

import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where in the journal ids were settled, on disk: a multimap from a 64-bit hash of an id to a place. A fresh id is told
 * from a known one without touching the disk, but for about 1 in 100; a known one is found with about one read.
 *
 * <p>It has no journal of its own. What a crash or a bad disk takes from it is missing from {@link #covered()}, and the
 * owner adds it again from the journal: whatever stands at {@code covered()} and behind, in any order; adding an entry
 * twice does no harm. What cannot be read while it is open is an exception, never an unknown id.
 *
 * <p>Hashes may be of any quality as far as speed goes; equal ones cost a look into the journal. Places and positions are
 * at least 0, and a higher place is a newer one. All methods may be called by any thread at any time; none but
 * {@link #flush}, {@link #clear}, {@link #close} and {@link #awaitRoom} waits for the disk to write.
 */
public final class KnownIds implements AutoCloseable {

    /**
     * What fills memory.
     *
     * @param tableEntries how many entries are collected before they are written
     * @param waitingTables how many full tables may wait until the owner is asked to slow down
     */
    record Limits(int tableEntries, int waitingTables) {

        static final Limits DEFAULT = new Limits(1 << 16, 8);
    }

    private static final Logger log = LoggerFactory.getLogger(KnownIds.class);

    private final RunFolder folder;
    private final Limits limits;
    private final Upkeep upkeep;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicReference<View> view;
    private final AtomicLong floor = new AtomicLong();
    private volatile boolean closed;
    private final ReentrantLock lock = new ReentrantLock(); // guards current and position; never held in the background
    private @Nullable Table current;
    private long position;
    private final ReentrantLock waiting = new ReentrantLock(); // for who waits for room
    private final Condition changed = waiting.newCondition();

    private KnownIds(RunFolder folder, Limits limits, Executor background, View view) {
        this.folder = folder;
        this.limits = limits;
        this.view = new AtomicReference<>(view);
        this.position = view.covered();
        this.upkeep = new Upkeep(this, folder, background, limits);
    }

    /**
     * Opens what is in {@code folder}, which is made if need be. Reads about 1.6 bytes for each entry. Runs that are
     * damaged or do not follow on the one before are removed, with a warning: see {@link #covered()}.
     *
     * @param background writes full tables and merges runs, one piece of work at a time; one thread is enough
     * @throws StorageException if the folder cannot be used
     */
    public static KnownIds open(Path folder, Executor background) {
        return open(folder, background, Limits.DEFAULT, Disk.REAL);
    }

    static KnownIds open(Path folder, Executor background, Limits limits, Disk disk) {
        RunFolder runs = new RunFolder(folder, disk);
        KnownIds known = new KnownIds(runs, limits, background, View.of(runs.open()));
        known.upkeep.request();
        return known;
    }

    /**
     * Adds an entry, in memory at first: O(1), never waits for the disk. Where {@link #isBehind}, wait for room before
     * the next one, outside of any lock; it is taken in any case.
     */
    public void add(long hash, long place) {
        requirePosition(place, "a place");
        lock.lock();
        try {
            requireOpen();
            Table table = current == null ? begin(limits.tableEntries()) : current;
            table.add(mix(hash), place);
            if (!table.isFull()) {
                return;
            }
            seal();
        } finally {
            lock.unlock();
        }
        upkeep.request();
    }

    /** Tells that everything that stands before {@code position} in the journal, and is forced there, has been added. */
    public void cover(long position) {
        requirePosition(position, "a position");
        lock.lock();
        try {
            this.position = Math.max(this.position, position);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Looks for an entry. Takes no lock; allocates nothing and reads no file where the hash is not there.
     *
     * @param isIt asked about each place that has this hash, from the highest down; called without locks
     * @return the first place that is accepted, or -1 if there is none
     * @throws StorageException if a file that may hold it cannot be read or is damaged, or this is closed
     */
    public long find(long hash, LongPredicate isIt) {
        long mixed = mix(hash);
        while (true) {
            requireOpen();
            long lowest = floor.get();
            Candidates found = view().find(mixed, lowest);
            if (found != null) {
                return found.highest(lowest, isIt);
            }
        }
    }

    /**
     * Forgets all entries with a place below {@code place}: at once for lookups, on disk with the next merges. Told again
     * after each opening.
     */
    public void dropBelow(long place) {
        floor.accumulateAndGet(place, Math::max);
        upkeep.request();
    }

    /**
     * {@return the position before which nothing is missing from the files} What stands at it or behind it must be added
     * again after opening; 0 means everything. If the journal ends before it, {@link #clear} before anything else.
     */
    public long covered() {
        return view().covered();
    }

    /** {@return whether more full tables wait to be written than should} */
    public boolean isBehind() {
        return view().waiting() >= limits.waitingTables();
    }

    /** Waits while this {@link #isBehind} and is being written; not if writing failed. Goes on through interrupts. */
    public void awaitRoom() {
        waiting.lock();
        try {
            while (isBehind() && upkeep.isUnderWay() && !closed) {
                changed.awaitUninterruptibly();
            }
        } finally {
            waiting.unlock();
        }
    }

    /**
     * Writes and forces all that was added, in this thread: {@link #covered()} is then what was last told to be covered.
     *
     * @throws StorageException if it cannot be written; it is in memory then and tried again with the next full table
     */
    public void flush() {
        write(sealAll());
        upkeep.request();
    }

    /**
     * Forgets everything, on disk too; {@link #covered()} is 0 then.
     *
     * @throws StorageException if files cannot be deleted; close this then, for it would be mixed with what is there
     */
    public void clear() {
        upkeep.alone(() -> {
            Run[] runs;
            lock.lock();
            try {
                requireOpen();
                runs = view().runs();
                view.set(View.EMPTY);
                current = null;
                position = 0;
            } finally {
                lock.unlock();
            }
            for (int i = runs.length - 1; i >= 0; i--) {
                runs[i].retire(true); // from the newest: what a crash leaves of them follows on each other
            }
            folder.requireEmpty();
        });
    }

    /** {@return the highest place in the files; -1 if there is none} If the journal ends before it, {@link #clear}. */
    public long highest() {
        long highest = -1;
        for (Run run : view().runs()) {
            highest = Math.max(highest, run.header().highest());
        }
        return highest;
    }

    /** {@return whether a file was found damaged or unreadable} It is made anew from the journal when opened next. */
    public boolean needsRebuild() {
        return view().damaged();
    }

    /** {@return how many files there are} */
    public int runs() {
        return view().runs().length;
    }

    /** {@return how many entries there are} Those that are dropped or there twice count until they are merged away. */
    public long entries() {
        return view().entries();
    }

    /** {@return about how many bytes of heap this takes} */
    public long heapBytes() {
        return view().heapBytes();
    }

    /** Writes what is in memory, if it can, ends the work in the background, and closes the files. Idempotent. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        upkeep.stop();
        try {
            write(sealAll());
        } catch (StorageException e) {
            log.warn("{}", String.valueOf(e.getMessage())); // and read from the journal again when opened next
        }
        closed = true;
        tellWaiters();
        for (Run run : view().runs()) {
            run.retire(false);
        }
    }

    View view() {
        return Objects.requireNonNull(view.get());
    }

    long floor() {
        return floor.get();
    }

    /** The oldest tables are on disk now. */
    void written(int tables, Run run) {
        view.updateAndGet(now -> now.written(tables, run));
        tellWaiters();
    }

    /** Runs have become one. */
    void merged(MergePlan plan, Run run) {
        view.updateAndGet(now -> now.merged(plan, run));
    }

    /** There may be room now, or no use in waiting for it. */
    void tellWaiters() {
        waiting.lock();
        try {
            changed.signalAll();
        } finally {
            waiting.unlock();
        }
    }

    String cannotWrite(IOException why) {
        return "the known ids in " + folder.path() + " cannot be written: " + why
                + "; make room on the disk or mend it (nothing is lost, they are kept in memory)";
    }

    private void write(int tables) {
        try {
            upkeep.writeTables(tables);
        } catch (IOException e) {
            throw new StorageException(cannotWrite(e), e);
        }
    }

    /** {@return how many tables wait now} The last one too, and one with nothing in it if only more is covered. */
    private int sealAll() {
        lock.lock();
        try {
            requireOpen();
            if (current == null && position > view().sealedTo()) {
                begin(0);
            }
            seal();
            return view().waiting();
        } finally {
            lock.unlock();
        }
    }

    /** {@return a table that takes entries} Called with the lock. */
    private Table begin(int most) {
        Table table = new Table(most);
        current = table;
        view.updateAndGet(now -> now.with(table));
        return table;
    }

    private void seal() {
        Table table = current;
        if (table != null) {
            table.seal(position);
            current = null;
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StorageException("the known ids in " + folder.path() + " are closed");
        }
    }

    private static void requirePosition(long value, String what) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " is at least 0, not " + value);
        }
    }

    /** One to one, so nothing is lost, and evenly spread whatever the hash is like. */
    private static long mix(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
