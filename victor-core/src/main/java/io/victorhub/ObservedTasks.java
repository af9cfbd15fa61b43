package io.victorhub;

import io.victorhub.metrics.recording.Recording;
import io.victorhub.metrics.recording.Refusal;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskStore;
import io.victorhub.spi.store.Turnover;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A queue that tells what is put into it, and how long it takes, where somebody wants to know. */
final class ObservedTasks extends ForwardingTasks {

    private final EventFeed feed;
    private final @Nullable Recording recording;

    ObservedTasks(TaskStore tasks, EventFeed feed, @Nullable Recording recording) {
        super(tasks);
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
}
