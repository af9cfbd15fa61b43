package io.victorhub;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.StoreStats;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.Subscription;
import io.victorhub.spi.store.TaskPage;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStore;
import io.victorhub.spi.store.Turnover;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Hands everything on: each method of the interface, so that the store's own way of doing it is kept. Others change what they
 * are there for.
 */
abstract class ForwardingTasks implements TaskStore {

    final TaskStore tasks;

    ForwardingTasks(TaskStore tasks) {
        this.tasks = tasks;
    }

    @Override
    public List<Submitted> submit(Collection<Submission> all) {
        return tasks.submit(all);
    }

    @Override
    public List<Lease> lease(LeaseRequest request) {
        return tasks.lease(request);
    }

    @Override
    public List<Outcome> settle(Collection<Settlement> settlements) {
        return tasks.settle(settlements);
    }

    @Override
    public Settlement prepare(Settlement settlement) {
        return tasks.prepare(settlement);
    }

    @Override
    public Turnover turnOver(Collection<Settlement> settlements, LeaseRequest request) {
        return tasks.turnOver(settlements, request);
    }

    @Override
    public List<Outcome> renew(Collection<Lease> leases, Duration ttl) {
        return tasks.renew(leases, ttl);
    }

    @Override
    public int expire(int max) {
        return tasks.expire(max);
    }

    @Override
    public List<Outcome> cancel(Collection<String> ids) {
        return tasks.cancel(ids);
    }

    @Override
    public List<Outcome> release(Collection<String> ids) {
        return tasks.release(ids);
    }

    @Override
    public List<Outcome> requeue(Collection<String> ids, boolean held) {
        return tasks.requeue(ids, held);
    }

    @Override
    public List<Outcome> erase(Collection<String> ids) {
        return tasks.erase(ids);
    }

    @Override
    public void progress(Collection<Progress> latest) {
        tasks.progress(latest);
    }

    @Override
    public Optional<TaskState> find(String id) {
        return tasks.find(id);
    }

    @Override
    public TaskPage tasks(TaskQuery query) {
        return tasks.tasks(query);
    }

    @Override
    public Optional<List<LogEntry>> entries(String id, int max) {
        return tasks.entries(id, max);
    }

    @Override
    public StoreStats stats() {
        return tasks.stats();
    }

    @Override
    public long unsettled(String batch) {
        return tasks.unsettled(batch);
    }

    @Override
    public Subscription onWork(Runnable wake) {
        return tasks.onWork(wake);
    }
}
