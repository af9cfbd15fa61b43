package io.victorhub.testing;

import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreCapabilities;
import io.victorhub.spi.store.StoreStats;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.Subscription;
import io.victorhub.spi.store.TaskPage;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStore;
import io.victorhub.spi.store.Versioned;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A store that fails when told to, and counts how often the scheduler looks. */
public final class WrappedStore implements Store {

    private final Store store;
    private final TaskStore tasks = new WrappedTasks();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private volatile boolean settleFails;
    private volatile boolean leaseFails;
    private volatile Consumer<Settlement> beforeSettling = settlement -> {};
    private volatile Consumer<Settlement> afterSettling = settlement -> {};
    private volatile Runnable afterLeasing = () -> {};

    public WrappedStore(Store store) {
        this.store = store;
    }

    /** Whether settlements cannot be kept. */
    public void settleFails(boolean fails) {
        settleFails = fails;
    }

    /** Whether nothing can be leased. */
    public void leaseFails(boolean fails) {
        leaseFails = fails;
    }

    /** What happens before each settlement; it may throw. */
    public void beforeSettling(Consumer<Settlement> action) {
        beforeSettling = action;
    }

    /** What happens when a settlement is on record, and whoever settled does not know yet; it may throw. */
    public void afterSettling(Consumer<Settlement> action) {
        afterSettling = action;
    }

    /** What happens when tasks have been leased, and whoever leased them does not know yet. */
    public void afterLeasing(Runnable action) {
        afterLeasing = action;
    }

    /** How often somebody asked for work. */
    public int looks() {
        return looks.get();
    }

    /** How many settlements came in each call. */
    public List<Integer> batches() {
        return batches;
    }

    /** How often it failed. */
    public int failures() {
        return failures.get();
    }

    @Override
    public TaskStore tasks() {
        return tasks;
    }

    @Override
    public ExecutionLog log() {
        return store.log();
    }

    @Override
    public StateStore state() {
        return new WrappedState();
    }

    @Override
    public StoreCapabilities capabilities() {
        return store.capabilities();
    }

    @Override
    public void close() {
        store.close();
    }

    private void failIf(boolean fails) {
        if (fails) {
            failures.incrementAndGet();
            throw new StorageException("no space left on device", null);
        }
    }

    /** Keeps things only while the queue does. */
    private final class WrappedState implements StateStore {

        @Override
        public Optional<Versioned> read(String key) {
            return store.state().read(key);
        }

        @Override
        public boolean change(List<Change> all) {
            failIf(settleFails || leaseFails);
            return store.state().change(all);
        }

        @Override
        public List<Versioned> list(String prefix, String afterKey, int max) {
            return store.state().list(prefix, afterKey, max);
        }
    }

    private final class WrappedTasks implements TaskStore {

        @Override
        public List<Submitted> submit(Collection<Submission> all) {
            return store.tasks().submit(all);
        }

        @Override
        public List<Lease> lease(LeaseRequest request) {
            looks.incrementAndGet();
            failIf(leaseFails);
            List<Lease> leases = store.tasks().lease(request);
            if (!leases.isEmpty()) {
                afterLeasing.run();
            }
            return leases;
        }

        @Override
        public List<Outcome> renew(Collection<Lease> leases, Duration ttl) {
            return store.tasks().renew(leases, ttl);
        }

        @Override
        public Settlement prepare(Settlement settlement) {
            return store.tasks().prepare(settlement);
        }

        @Override
        public List<Outcome> settle(Collection<Settlement> settlements) {
            batches.add(settlements.size());
            failIf(settleFails);
            settlements.forEach(beforeSettling);
            List<Outcome> outcomes = store.tasks().settle(settlements);
            settlements.forEach(afterSettling);
            return outcomes;
        }

        @Override
        public int expire(int max) {
            return store.tasks().expire(max);
        }

        @Override
        public List<Outcome> cancel(Collection<String> ids) {
            return store.tasks().cancel(ids);
        }

        @Override
        public List<Outcome> release(Collection<String> ids) {
            return store.tasks().release(ids);
        }

        @Override
        public List<Outcome> requeue(Collection<String> ids, boolean held) {
            return store.tasks().requeue(ids, held);
        }

        @Override
        public List<Outcome> erase(Collection<String> ids) {
            return store.tasks().erase(ids);
        }

        @Override
        public void progress(Collection<Progress> latest) {
            store.tasks().progress(latest);
        }

        @Override
        public Optional<TaskState> find(String id) {
            return store.tasks().find(id);
        }

        @Override
        public TaskPage tasks(TaskQuery query) {
            return store.tasks().tasks(query);
        }

        @Override
        public StoreStats stats() {
            return store.tasks().stats();
        }

        @Override
        public long unsettled(String batch) {
            return store.tasks().unsettled(batch);
        }

        @Override
        public Subscription onWork(Runnable wake) {
            return store.tasks().onWork(wake);
        }
    }
}
