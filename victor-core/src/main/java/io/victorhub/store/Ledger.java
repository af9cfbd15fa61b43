package io.victorhub.store;

import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.StorageException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes what a store holds: decide under the lock, record without it, apply under it again. So what anybody sees is
 * durable, many changes share one force, and the order of the records is the order of the decisions. Names (of tasks, of
 * unique keys, of state) that a change is about are in flux until it is applied; another change of one of them waits.
 */
final class Ledger {

    /**
     * What was decided.
     *
     * @param facts what to record; nothing if there is nothing to change
     * @param answer what the caller gets
     * @param names what the change is about
     * @param undo takes back what the decision did to the table, if the facts cannot be kept
     */
    record Draft<R>(List<Fact> facts, R answer, Set<String> names, Runnable undo) {

        static <R> Draft<R> nothing(R answer) {
            return new Draft<>(List.of(), answer, Set.of(), () -> {});
        }
    }

    final ReentrantLock lock = new ReentrantLock(); // guards table, state, numbers, inFlux, closed
    final TaskTable table;
    final StateTable state = new StateTable();
    final Recorder recorder;
    final InstantSource clock;
    final Wakers wakers;
    private final Condition steady = lock.newCondition();
    private final Set<String> inFlux = new HashSet<>();
    private boolean closed;
    private long epoch;
    private long lastLease;
    private long lastSequence;
    private long lastVersion;

    Ledger(TaskTable table, Recorder recorder, InstantSource clock, Wakers wakers) {
        this.table = table;
        this.recorder = recorder;
        this.clock = clock;
        this.wakers = wakers;
    }

    static String task(String id) {
        return "t " + id;
    }

    static String uniqueKey(String key) {
        return "u " + key;
    }

    static String stateKey(String key) {
        return "s " + key;
    }

    /**
     * Makes one change.
     *
     * @param forced whether it must be forced to disk, or written is enough
     * @param names what the decision will look at
     * @param decide called under the lock, when none of them is in flux
     */
    <R> R commit(boolean forced, Collection<String> names, Supplier<Draft<R>> decide) {
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
                receipt = recorder.record(draft.facts(), forced);
            } catch (RuntimeException | Error e) {
                draft.undo().run();
                throw e;
            }
            inFlux.addAll(draft.names());
        } finally {
            lock.unlock();
        }
        finish(draft, receipt);
        wakers.wake();
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

    /** Applies facts that are kept already: when a journal is read. */
    void replay(Recorder.Receipt receipt) {
        apply(receipt);
    }

    Fact.Opened opening(String node) {
        return new Fact.Opened(epoch, lastLease, lastSequence, lastVersion, clock.instant(), node);
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

    long nextSequence() {
        return ++lastSequence;
    }

    long nextVersion() {
        return ++lastVersion;
    }

    /** No change begins after this, and those under way are finished. */
    void close() {
        lock.lock();
        try {
            while (!inFlux.isEmpty()) {
                steady.awaitUninterruptibly();
            }
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private <R> void finish(Draft<R> draft, Recorder.Receipt receipt) {
        boolean kept = false;
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
                recorder.publish(receipt);
            } finally {
                inFlux.removeAll(draft.names());
                steady.signalAll();
                lock.unlock();
            }
        }
    }

    private void awaitSteady(Collection<String> names) {
        while (names.stream().anyMatch(inFlux::contains)) {
            steady.awaitUninterruptibly();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StorageException("the store is closed");
        }
    }

    private void apply(Recorder.Receipt receipt) {
        for (int i = 0; i < receipt.facts().size(); i++) {
            apply(receipt, i, receipt.facts().get(i));
        }
    }

    private void apply(Recorder.Receipt receipt, int index, Fact fact) {
        if (fact instanceof Fact.Added added) {
            add(added, receipt.submission(index, 0));
        } else if (fact instanceof Fact.Leased leased) {
            lastLease = Math.max(lastLease, leased.number());
            ifThere(leased.id(), task -> table.lease(task, leased.number(), leased.at()));
        } else if (fact instanceof Fact.Ended ended) {
            end(ended, receipt, index);
        } else if (fact instanceof Fact.Opened opened) {
            epoch = Math.max(epoch, opened.epoch());
            lastLease = Math.max(lastLease, opened.lease());
            lastSequence = Math.max(lastSequence, opened.sequence());
            lastVersion = Math.max(lastVersion, opened.version());
        } else if (fact instanceof Fact.StateChanged changed) {
            lastVersion = Math.max(lastVersion, changed.version());
            Ref ref = receipt.submission(index, 0);
            for (Change change : changed.changes()) {
                state.apply(change, changed.version(), ref);
            }
        } else if (fact instanceof Fact.Forgot forgot) {
            forget(forgot.before());
        } else {
            applyToTask(fact);
        }
    }

    /** A task that is not there was forgotten, or its own record was damaged. */
    private void applyToTask(Fact fact) {
        if (fact instanceof Fact.CancelAsked asked) {
            ifThere(asked.id(), task -> task.cancelRequested = true);
        } else if (fact instanceof Fact.Freed freed) {
            ifThere(freed.id(), task -> table.free(task, freed.at()));
        } else if (fact instanceof Fact.Requeued requeued) {
            ifThere(requeued.id(), task -> table.requeue(task, requeued.at()));
        }
    }

    private void ifThere(String id, Consumer<QueuedTask> change) {
        QueuedTask task = table.get(id);
        if (task != null) {
            change.accept(task);
        }
    }

    private void add(Fact.Added added, Ref ref) {
        lastSequence = Math.max(lastSequence, added.sequence());
        table.add(added.sequence(), added.at(), added.submission().value(), ref);
    }

    private void end(Fact.Ended ended, Recorder.Receipt receipt, int index) {
        ifThere(ended.id(), task -> {
            if (!ended.entries().isEmpty()) {
                task.last = receipt.entry(index, ended.entries().size() - 1);
            }
            table.end(task, ended.disposition(), ended.at());
        });
        for (int i = 0; i < ended.followUps().size(); i++) {
            add(ended.followUps().get(i), receipt.submission(index, i));
        }
    }

    private void forget(String before) {
        Set<String> liveBatches = new HashSet<>();
        table.all().stream()
                .filter(task -> !task.status.settled() && task.batch != null)
                .forEach(task -> liveBatches.add(task.batch));
        table.all().stream()
                .filter(task -> task.status.settled())
                .filter(task -> task.last == null || recorder.isBefore(task.last, before))
                .filter(task -> task.batch == null || !liveBatches.contains(task.batch))
                .filter(task -> !isLive(task.parent))
                .toList()
                .forEach(task -> {
                    table.remove(task);
                    recorder.forgotten(task.id, task.submission);
                });
    }

    private boolean isLive(@Nullable String id) {
        QueuedTask task = id == null ? null : table.get(id);
        return task != null && !task.status.settled();
    }
}
