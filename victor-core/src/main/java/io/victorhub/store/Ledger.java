package io.victorhub.store;

import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.StorageException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes what a store holds: decide under the lock, record without it, apply under it again. So what anybody sees is
 * durable, many changes share one force, and the order of the records is the order of the decisions. Names (of tasks, of
 * unique keys, of state) that a change is about are in flux until it is applied; another change of one of them waits.
 */
final class Ledger {

    static final long[] NO_NAMES = {};

    /**
     * What was decided.
     *
     * @param facts what to record; nothing if there is nothing to change
     * @param answer what the caller gets
     * @param names what the change is about
     * @param undo takes back what the decision did to the table, if the facts cannot be kept
     */
    record Draft<R>(List<Fact> facts, R answer, long[] names, Runnable undo) {

        static <R> Draft<R> nothing(R answer) {
            return new Draft<>(List.of(), answer, NO_NAMES, () -> {});
        }
    }

    final ReentrantLock lock = new ReentrantLock(); // guards table, state, beingErased, numbers, inFlux, closed
    final TaskTable table;
    final StateTable state = new StateTable();
    final Set<String> beingErased = new HashSet<>(); // ids
    final Archive archive;
    final Recorder recorder;
    final InstantSource clock;
    final Wakers wakers;
    private final Condition steady = lock.newCondition();
    private final Flux inFlux = new Flux();
    private int waitingForSteady;
    private boolean still; // nothing new begins
    private boolean closed;
    private final Hashes hashes;
    private long epoch;
    private long lastLease;
    private long lastSequence;
    private long lastVersion;

    Ledger(TaskTable table, Archive archive, Recorder recorder, InstantSource clock, Wakers wakers, long key) {
        this.table = table;
        this.archive = archive;
        this.recorder = recorder;
        this.clock = clock;
        this.wakers = wakers;
        this.hashes = new Hashes(key);
    }

    /** {@return the name of a task, which is also the hash of its id in the table} */
    long task(String id) {
        return hashes.of(id);
    }

    long uniqueKey(String key) {
        return hashes.of("u " + key);
    }

    long stateKey(String key) {
        return hashes.of("s " + key);
    }

    /**
     * Makes one change.
     *
     * @param safety how safe it must be before it counts
     * @param names what the decision will look at
     * @param decide called under the lock, when none of them is in flux
     */
    <R> R commit(Recorder.Safety safety, long[] names, Supplier<Draft<R>> decide) {
        Draft<R> draft;
        Recorder.Receipt receipt;
        lock.lock();
        try {
            awaitSteady(names);
            requireOpen();
            draft = decide.get();
            if (draft.facts().isEmpty()) {
                return draft.answer();
            }
            try {
                receipt = recorder.record(draft.facts(), safety);
            } catch (RuntimeException | Error e) {
                draft.undo().run();
                throw e;
            }
            inFlux.add(draft.names());
        } finally {
            lock.unlock();
        }
        finish(draft, receipt);
        archive.awaitRoom();
        return draft.answer();
    }

    /** Looks at something, under the lock. */
    <R> R look(Supplier<R> look) {
        lock.lock();
        try {
            requireOpen();
            return look.get();
        } finally {
            lock.unlock();
        }
    }

    /** Does something outside the lock while nobody else changes what has these names. */
    <R> R hold(long[] names, Supplier<R> look, Runnable action) {
        R seen;
        lock.lock();
        try {
            awaitSteady(names);
            requireOpen();
            seen = look.get();
            inFlux.add(names);
        } finally {
            lock.unlock();
        }
        try {
            action.run();
            return seen;
        } finally {
            lock.lock();
            try {
                settle(names);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Looks at everything, under the lock, while no change is under way: what is written is what is applied. */
    <R> R lookWhileStill(Supplier<R> look) {
        lock.lock();
        try {
            requireOpen();
            still = true;
            waitingForSteady++;
            while (!inFlux.isEmpty()) {
                steady.awaitUninterruptibly();
            }
            return look.get();
        } finally {
            still = false;
            waitingForSteady--;
            steady.signalAll();
            lock.unlock();
        }
    }

    /** Applies facts that are kept already: when a journal is read. */
    void replay(Recorder.Receipt receipt) {
        apply(receipt);
    }

    Fact.Opened opening(String node) {
        return new Fact.Opened(epoch, lastLease, lastSequence, lastVersion, clock.instant(), node);
    }

    /** Goes on above these numbers. */
    void resume(long atLeastEpoch, long atLeastLease, long atLeastSequence, long atLeastVersion) {
        epoch = Math.max(epoch, atLeastEpoch);
        lastLease = Math.max(lastLease, atLeastLease);
        lastSequence = Math.max(lastSequence, atLeastSequence);
        lastVersion = Math.max(lastVersion, atLeastVersion);
    }

    void nextEpoch() {
        epoch++;
    }

    long epoch() {
        return epoch;
    }

    long nextLease() {
        return ++lastLease;
    }

    /** Rows know the lower half of it, where 0 means none. */
    long nextSequence() {
        lastSequence++;
        if ((int) lastSequence == 0) {
            lastSequence++;
        }
        return lastSequence;
    }

    /** {@return the version of the latest change of state} Under the lock. */
    long version() {
        return lastVersion;
    }

    long nextVersion() {
        return ++lastVersion;
    }

    /** {@return the task of that id that is not settled for good; null if there is none} Under the lock. */
    @Nullable QueuedTask find(String id) {
        return table.find(
                task(id), sequence -> recorder.id(table.rows.place(sequence)).equals(id));
    }

    /** {@return whether a task of that id is there, settled or not} Under the lock. */
    boolean isKnown(String id) {
        return find(id) != null || archive.find(id, task(id)) != null;
    }

    /** No change begins after this, and those under way are finished. */
    void close() {
        lock.lock();
        try {
            waitingForSteady++;
            while (!inFlux.isEmpty()) {
                steady.awaitUninterruptibly();
            }
            closed = true;
        } finally {
            waitingForSteady--;
            steady.signalAll();
            lock.unlock();
        }
    }

    private <R> void finish(Draft<R> draft, Recorder.Receipt receipt) {
        boolean kept = false;
        boolean readied = false;
        boolean dueMoved = false;
        try {
            recorder.await(receipt);
            kept = true;
        } finally {
            lock.lock();
            try {
                if (kept) {
                    apply(receipt);
                } else {
                    draft.undo().run();
                }
                recorder.publish(receipt, kept);
                readied = table.takeReadied();
                dueMoved = table.takeDueMoved();
            } finally {
                settle(draft.names());
                lock.unlock();
            }
            if (readied) {
                wakers.wake();
            } else if (dueMoved) {
                wakers.look();
            }
        }
    }

    private void settle(long[] names) {
        inFlux.remove(names);
        if (waitingForSteady > 0) {
            steady.signalAll();
        }
    }

    private void awaitSteady(long[] names) {
        if (!still && !inFlux.hasAny(names)) {
            return;
        }
        waitingForSteady++;
        try {
            while (still || inFlux.hasAny(names)) {
                steady.awaitUninterruptibly();
            }
        } finally {
            waitingForSteady--;
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StorageException("the store is closed");
        }
    }

    private void apply(Recorder.Receipt receipt) {
        List<Fact> facts = receipt.facts();
        for (int i = 0; i < facts.size(); i++) {
            apply(receipt, i, facts.get(i));
        }
    }

    private void apply(Recorder.Receipt receipt, int index, Fact fact) {
        if (fact instanceof Fact.Added added) {
            add(added, receipt.submission(index, 0));
        } else if (fact instanceof Fact.Leased leased) {
            lastLease = Math.max(lastLease, leased.number());
            ifThere(leased.sequence(), task -> table.lease(task, leased.number(), leased.attempt(), leased.at()));
        } else if (fact instanceof Fact.Ended ended) {
            end(ended, receipt, index);
        } else if (fact instanceof Fact.Opened opened) {
            resume(opened.epoch(), opened.lease(), opened.sequence(), opened.version());
        } else if (fact instanceof Fact.StateChanged changed) {
            lastVersion = Math.max(lastVersion, changed.version());
            long record = receipt.record(index);
            for (Change change : changed.changes()) {
                state.apply(change, changed.version(), record);
            }
        } else if (fact instanceof Fact.Moved moved) {
            move(moved, receipt, index);
        } else if (fact instanceof Fact.Kept kept) {
            keep(kept.ended(), receipt.record(index));
        } else {
            applyToTask(fact);
        }
    }

    /** A task that is not there was forgotten, or its own record was damaged. */
    private void applyToTask(Fact fact) {
        if (fact instanceof Fact.CancelAsked asked) {
            ifThere(asked.sequence(), table::askCancel);
        } else if (fact instanceof Fact.Freed freed) {
            ifThere(freed.sequence(), task -> table.free(task, freed.at()));
        } else if (fact instanceof Fact.Requeued requeued) {
            ifThere(requeued.sequence(), task -> table.requeue(task, requeued.round(), requeued.at(), requeued.held()));
        } else if (fact instanceof Fact.Progressed progressed) {
            ifThere(progressed.sequence(), task -> table.progress(task, progressed.progress()));
        }
    }

    private void ifThere(long sequence, LongConsumer change) {
        if (table.rows.has(sequence)) {
            change.accept(sequence);
        }
    }

    private void add(Fact.Added added, long place) {
        lastSequence = Math.max(lastSequence, added.sequence());
        table.add(added.sequence(), added.at(), added.how(), task(added.how().id()), place);
    }

    private void end(Fact.Ended ended, Recorder.Receipt receipt, int index) {
        int entries = ended.entries().size();
        long last = entries == 0 ? Where.NOWHERE : receipt.entry(index, entries - 1);
        ifThere(ended.sequence(), task -> table.end(task, ended.disposition(), ended.at(), ended.attempts(), last));
        if (SettledTask.isFinal(ended)) {
            table.countSettled(ended.type(), ((Disposition.Settled) ended.disposition()).as(), 1);
            archive.add(SettledTask.of(ended, last), task(ended.id()), receipt.record(index));
        }
        for (int i = 0; i < ended.followUps().size(); i++) {
            add(ended.followUps().get(i), receipt.submission(index, i));
        }
    }

    private void keep(Fact.Ended ended, long record) {
        table.countSettled(ended.type(), ((Disposition.Settled) ended.disposition()).as(), 1);
        archive.add(SettledTask.of(ended, Where.NOWHERE), task(ended.id()), record);
    }

    private void move(Fact.Moved moved, Recorder.Receipt receipt, int index) {
        TaskImage image = moved.image();
        lastSequence = Math.max(lastSequence, image.sequence());
        lastLease = Math.max(lastLease, image.lease());
        long last = moved.last() == null ? Where.NOWHERE : receipt.entry(index, 0);
        table.restore(image.withLast(last), task(image.how().id()), receipt.submission(index, 0));
    }
}
