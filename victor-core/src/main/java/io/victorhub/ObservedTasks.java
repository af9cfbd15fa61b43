package io.victorhub;

import io.victorhub.metrics.recording.Recording;
import io.victorhub.metrics.recording.Refusal;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.StorageException;
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
import org.jspecify.annotations.Nullable;

/**
 * A queue that tells what is put into it, and how long it takes. Where nobody wants to know it hands everything on: each method of
 * the interface, so that the store's own way of doing it is kept.
 */
final class ObservedTasks implements TaskStore {

    private final TaskStore tasks;
    private final EventFeed feed;
    private final @Nullable Recording recording;

    ObservedTasks(TaskStore tasks, EventFeed feed, @Nullable Recording recording) {
        this.tasks = tasks;
        this.feed = feed;
        this.recording = recording;
    }

    @Override
    public List<Submitted> submit(Collection<Submission> all) {
        Recording measured = recording;
        List<Submitted> answers = measured == null ? tasks.submit(all) : submit(all, measured);
        if (feed.isHeard()) {
            feed.submitted(all, answers);
        }
        return answers;
    }

    private List<Submitted> submit(Collection<Submission> all, Recording measured) {
        long began = System.nanoTime();
        List<Submitted> answers;
        try {
            answers = tasks.submit(all);
        } catch (StorageException e) {
            all.forEach(submission -> measured.refused(submission.task().type(), Refusal.TROUBLE));
            throw e;
        }
        measured.submitted(all, answers, System.nanoTime() - began);
        return answers;
    }

    @Override
    public List<Lease> lease(LeaseRequest request) {
        List<Lease> leases = tasks.lease(request);
        Recording measured = recording;
        if (measured != null) {
            measured.turnedOver(0, leases.size(), 0);
        }
        return leases;
    }

    @Override
    public List<Outcome> settle(Collection<Settlement> settlements) {
        Recording measured = recording;
        if (measured == null) {
            return tasks.settle(settlements);
        }
        long began = System.nanoTime();
        List<Outcome> outcomes = tasks.settle(settlements);
        measured.turnedOver(settlements.size(), 0, System.nanoTime() - began);
        return outcomes;
    }

    @Override
    public Settlement prepare(Settlement settlement) {
        return tasks.prepare(settlement);
    }

    @Override
    public Turnover turnOver(Collection<Settlement> settlements, LeaseRequest request) {
        Recording measured = recording;
        if (measured == null) {
            return tasks.turnOver(settlements, request);
        }
        long began = System.nanoTime();
        Turnover turnover = tasks.turnOver(settlements, request);
        measured.turnedOver(settlements.size(), turnover.leases().size(), System.nanoTime() - began);
        return turnover;
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
