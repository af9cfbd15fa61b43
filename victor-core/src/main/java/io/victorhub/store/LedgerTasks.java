package io.victorhub.store;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Disposition;
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
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.spi.store.TaskStore;
import io.victorhub.spi.store.Turnover;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The queue, as a face of the ledger. */
final class LedgerTasks implements TaskStore {

    private final Ledger ledger;
    private final Arrivals arrivals;
    private final Settling settling;
    private final Leasing leasing;
    private final Changing changing;
    private final TaskReader reader;

    LedgerTasks(Ledger ledger, int maxSubmissionBytes) {
        this.ledger = ledger;
        this.arrivals = new Arrivals(ledger, maxSubmissionBytes);
        this.settling = new Settling(ledger, arrivals);
        this.leasing = new Leasing(ledger, settling);
        this.changing = new Changing(ledger);
        this.reader = new TaskReader(ledger);
    }

    @Override
    public List<Submitted> submit(Collection<Submission> all) {
        return arrivals.submit(all);
    }

    @Override
    public List<Lease> lease(LeaseRequest request) {
        return leasing.lease(request);
    }

    @Override
    public Turnover turnOver(Collection<Settlement> settlements, LeaseRequest request) {
        return leasing.turnOver(settlements, request);
    }

    @Override
    public List<Outcome> renew(Collection<Lease> leases, Duration ttl) {
        return ledger.look(() -> leases.stream()
                .map(lease -> settling.running(lease.taskId(), lease.fence()) >= 0
                        ? Outcome.RECORDED
                        : settling.without(lease.taskId()))
                .toList());
    }

    @Override
    public List<Outcome> settle(Collection<Settlement> settlements) {
        if (settlements.isEmpty()) {
            return List.of();
        }
        Settling.Batch batch = settling.prepare(settlements);
        return ledger.commit(Recorder.Safety.SETTLED, batch.names(), () -> {
            List<Fact> facts = new ArrayList<>(settlements.size());
            List<Outcome> outcomes = batch.decide(ledger.clock.instant(), facts);
            return new Ledger.Draft<>(facts, outcomes, batch.names(), () -> {});
        });
    }

    @Override
    public int expire(int max) {
        return leasing.expire(max);
    }

    @Override
    public List<Outcome> cancel(Collection<String> ids) {
        return changing.each(ids, Ledger.NO_NAMES, (id, task, now) -> {
            if (task.status() == TaskStatus.RUNNING) {
                return Optional.of(new Fact.CancelAsked(task.sequence));
            }
            return task.waits()
                    ? Optional.of(settling.settled(
                            task,
                            id,
                            Disposition.cancelled(),
                            Reason.CANCELLED,
                            "it was cancelled while it waited",
                            now))
                    : Optional.empty();
        });
    }

    @Override
    public List<Outcome> release(Collection<String> ids) {
        return changing.each(
                ids,
                Ledger.NO_NAMES,
                (id, task, now) -> task.status() == TaskStatus.HELD
                        ? Optional.of(new Fact.Freed(task.sequence, now))
                        : Optional.empty());
    }

    @Override
    public List<Outcome> requeue(Collection<String> ids, boolean held) {
        Set<String> taken = new HashSet<>();
        return changing.each(ids, changing.uniqueKeys(ids), (id, task, now) -> {
            String key = task.uniqueKey();
            boolean may = task.status() == TaskStatus.DEAD
                    && !ledger.beingErased.contains(id)
                    && !ledger.recorder.submission(task.place()).erased() // it would run without its inputs
                    && (key == null || ledger.table.holder(key) < 0 && taken.add(key));
            return may ? Optional.of(new Fact.Requeued(task.sequence, task.round() + 1, now, held)) : Optional.empty();
        });
    }

    @Override
    public List<Outcome> erase(Collection<String> ids) {
        return ids.isEmpty() ? List.of() : new Erasing(ledger, ids).erase();
    }

    @Override
    public void progress(Collection<Progress> latest) {
        ledger.commit(Recorder.Safety.STARTED, Ledger.NO_NAMES, () -> {
            List<Fact> facts = new ArrayList<>();
            for (Progress progress : latest) {
                long sequence = settling.running(progress.taskId(), progress.fence());
                if (sequence >= 0) {
                    facts.add(new Fact.Progressed(sequence, progress));
                }
            }
            return new Ledger.Draft<>(facts, true, Ledger.NO_NAMES, () -> {});
        });
    }

    @Override
    public Optional<TaskState> find(String id) {
        return reader.find(id);
    }

    @Override
    public TaskPage tasks(TaskQuery query) {
        return reader.tasks(query);
    }

    @Override
    public Optional<List<LogEntry>> entries(String id, int max) {
        return Optional.of(reader.entries(id, max));
    }

    @Override
    public StoreStats stats() {
        return ledger.look(() -> {
            ledger.table.promote(ledger.clock.instant());
            return ledger.table.stats();
        });
    }

    @Override
    public long unsettled(String batch) {
        return ledger.look(() -> ledger.table.unsettled(batch));
    }

    @Override
    public Subscription onWork(Runnable wake) {
        return ledger.wakers.add(
                wake,
                () -> ledger.look(() -> {
                    Instant now = ledger.clock.instant();
                    ledger.table.promote(now);
                    return new Wakers.Due(ledger.table.takeReadied(), ledger.table.nextDue());
                }));
    }
}
