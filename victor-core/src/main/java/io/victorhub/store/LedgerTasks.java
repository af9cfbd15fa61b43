package io.victorhub.store;

import io.victorhub.spi.Closed;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Fence;
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
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.spi.store.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue, as a face of the ledger. */
final class LedgerTasks implements TaskStore {

    private static final Logger log = LoggerFactory.getLogger(LedgerTasks.class);
    private static final int EXPIRE_AT_LEASE = 1000;

    private final Ledger ledger;
    private final Arrivals arrivals;
    private final TaskReader reader;

    LedgerTasks(Ledger ledger, int maxSubmissionBytes) {
        this.ledger = ledger;
        this.arrivals = new Arrivals(ledger, maxSubmissionBytes);
        this.reader = new TaskReader(ledger);
    }

    @Override
    public List<Submitted> submit(Collection<Submission> all) {
        return arrivals.submit(all);
    }

    @Override
    public List<Lease> lease(LeaseRequest request) {
        while (expire(EXPIRE_AT_LEASE) == EXPIRE_AT_LEASE) {
            // what is overdue is never handed out
        }
        List<QueuedTask> taken = ledger.commit(false, Set.of(), () -> {
            Instant now = ledger.clock.instant();
            ledger.table.promote(now);
            List<QueuedTask> tasks = ledger.table.take(request);
            List<Fact> facts = tasks.stream()
                    .<Fact>map(task -> new Fact.Leased(task.id, ledger.nextLease(), now))
                    .toList();
            return new Ledger.Draft<>(facts, tasks, names(tasks), () -> tasks.forEach(ledger.table::enqueue));
        });
        List<Lease> leases = new ArrayList<>(taken.size());
        for (QueuedTask task : taken) {
            try {
                leases.add(lease(task));
            } catch (StorageException e) {
                bury(task, e);
            } catch (RuntimeException | Error e) {
                giveBack(task, e);
            }
        }
        return leases;
    }

    /** Nobody got this lease, so nobody would end it. */
    private void giveBack(QueuedTask task, Throwable trouble) {
        log.warn("task {} could not be handed out; it goes back to the queue", task.id, trouble);
        Set<String> names = names(List.of(task));
        ledger.commit(true, names, () -> {
            Instant now = ledger.clock.instant();
            Fact fact = new Fact.Ended(task.id, Disposition.released(now.plusSeconds(1)), now, List.of(), List.of());
            return new Ledger.Draft<>(List.of(fact), true, names, () -> {});
        });
    }

    /** What cannot be read cannot be run, and must not stop the others. */
    private void bury(QueuedTask task, StorageException unreadable) {
        log.warn("task {} cannot be read and is a dead letter now", task.id, unreadable);
        Set<String> names = names(List.of(task));
        ledger.commit(true, names, () -> {
            Fact fact = settled(
                    task,
                    Disposition.dead(),
                    Reason.RESOURCE,
                    "it cannot be read: " + unreadable.getMessage(),
                    ledger.clock.instant());
            return new Ledger.Draft<>(List.of(fact), true, names, () -> {});
        });
    }

    private Lease lease(QueuedTask task) {
        Submission submission = ledger.recorder.submission(task.submission);
        return ledger.look(() -> new Lease(
                submission,
                new Fence(ledger.epoch(), task.lease),
                task.attempts,
                task.round,
                task.readyAt,
                Optional.empty()));
    }

    @Override
    public List<Outcome> renew(Collection<Lease> leases, Duration ttl) {
        return ledger.look(() -> leases.stream()
                .map(lease -> outcomeFor(lease.taskId(), lease.fence()))
                .toList());
    }

    @Override
    public List<Outcome> settle(Collection<Settlement> settlements) {
        return settlements.stream().map(this::settle).toList();
    }

    private Outcome settle(Settlement settlement) {
        String id = settlement.lease().taskId();
        List<Payload<LogEntry>> entries =
                settlement.entry().map(ledger.recorder::payload).map(List::of).orElse(List.of());
        List<Arrivals.Arrival> followUps = arrivals.prepare(settlement.followUps());
        Set<String> names = Arrivals.names(followUps);
        names.add(Ledger.task(id));
        return ledger.commit(true, names, () -> {
            Outcome outcome = outcomeFor(id, settlement.lease().fence());
            QueuedTask task = ledger.table.get(id);
            if (outcome != Outcome.RECORDED || task == null) {
                return Ledger.Draft.nothing(outcome);
            }
            Instant now = ledger.clock.instant();
            boolean cancelled = task.cancelRequested && !(settlement.disposition() instanceof Disposition.Settled);
            List<Payload<LogEntry>> all = new ArrayList<>(entries);
            if (cancelled) {
                all.add(ledger.recorder.payload(closed(task, Reason.CANCELLED, "it was cancelled while it ran", now)));
            }
            Disposition disposition = cancelled ? Disposition.cancelled() : settlement.disposition();
            QueuedTask leaving = disposition instanceof Disposition.Settled ? task : null;
            Fact fact = new Fact.Ended(id, disposition, now, all, arrivals.accepted(followUps, leaving, now));
            return new Ledger.Draft<>(List.of(fact), Outcome.RECORDED, names, () -> {});
        });
    }

    @Override
    public int expire(int max) {
        return ledger.commit(true, Set.of(), () -> {
            Instant now = ledger.clock.instant();
            List<QueuedTask> overdue = ledger.table.overdue(now, max);
            overdue.forEach(ledger.table::dequeue);
            List<Fact> facts = overdue.stream()
                    .map(task -> settled(
                            task, Disposition.expired(), Reason.EXPIRED, "its deadline passed while it waited", now))
                    .toList();
            return new Ledger.Draft<>(
                    facts, overdue.size(), names(overdue), () -> overdue.forEach(ledger.table::enqueue));
        });
    }

    @Override
    public List<Outcome> cancel(Collection<String> ids) {
        return changeEach(ids, Set.of(), (task, now) -> {
            if (task.status == TaskStatus.RUNNING) {
                return Optional.of(new Fact.CancelAsked(task.id));
            }
            return task.waits()
                    ? Optional.of(settled(
                            task, Disposition.cancelled(), Reason.CANCELLED, "it was cancelled while it waited", now))
                    : Optional.empty();
        });
    }

    @Override
    public List<Outcome> release(Collection<String> ids) {
        return changeEach(
                ids,
                Set.of(),
                (task, now) ->
                        task.status == TaskStatus.HELD ? Optional.of(new Fact.Freed(task.id, now)) : Optional.empty());
    }

    @Override
    public List<Outcome> requeue(Collection<String> ids) {
        Set<String> taken = new HashSet<>();
        return changeEach(ids, uniqueKeys(ids), (task, now) -> {
            String key = task.uniqueKey;
            boolean may = task.status == TaskStatus.DEAD
                    && (key == null || ledger.table.holder(key) == null && taken.add(key));
            return may ? Optional.of(new Fact.Requeued(task.id, now)) : Optional.empty();
        });
    }

    /** The names of the unique keys of tasks: a submission may want one of them at the same time. */
    private Set<String> uniqueKeys(Collection<String> ids) {
        return ledger.look(() -> {
            Set<String> keys = new HashSet<>();
            for (String id : ids) {
                QueuedTask task = ledger.table.get(id);
                if (task != null && task.uniqueKey != null) {
                    keys.add(Ledger.uniqueKey(task.uniqueKey));
                }
            }
            return keys;
        });
    }

    @Override
    public List<Outcome> erase(Collection<String> ids) {
        Set<String> settled = new HashSet<>();
        List<Outcome> outcomes = ledger.look(() -> {
            List<Outcome> each = new ArrayList<>();
            for (String id : ids) {
                QueuedTask task = ledger.table.get(id);
                boolean may = task != null && task.status.settled();
                if (may) {
                    settled.add(id);
                }
                each.add(task == null ? Outcome.UNKNOWN : may ? Outcome.RECORDED : Outcome.STALE);
            }
            return each;
        });
        if (!settled.isEmpty()) {
            ledger.recorder.erase(settled);
        }
        return outcomes;
    }

    @Override
    public void progress(Collection<Progress> latest) {
        ledger.look(() -> {
            for (Progress progress : latest) {
                if (outcomeFor(progress.taskId(), progress.fence()) == Outcome.RECORDED) {
                    QueuedTask task = ledger.table.get(progress.taskId());
                    if (task != null) {
                        task.progress = progress;
                    }
                }
            }
            return true;
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
                    ledger.table.promote(ledger.clock.instant());
                    return new Wakers.Due(ledger.table.takeReadied(), ledger.table.nextDue());
                }));
    }

    static Closed closed(QueuedTask task, Reason reason, String message, Instant now) {
        return new Closed(task.id, task.type, reason, message, task.attempts, task.round, now);
    }

    private Fact settled(QueuedTask task, Disposition as, Reason reason, String message, Instant now) {
        return new Fact.Ended(
                task.id, as, now, List.of(ledger.recorder.payload(closed(task, reason, message, now))), List.of());
    }

    /** Makes the same change to several tasks, as one record where it can be made. */
    private List<Outcome> changeEach(
            Collection<String> ids,
            Set<String> alsoNames,
            BiFunction<QueuedTask, Instant, Optional<? extends Fact>> change) {
        Set<String> names = new LinkedHashSet<>(alsoNames);
        ids.forEach(id -> names.add(Ledger.task(id)));
        return ledger.commit(true, names, () -> {
            Instant now = ledger.clock.instant();
            List<Fact> facts = new ArrayList<>();
            List<QueuedTask> changed = new ArrayList<>();
            List<Outcome> outcomes = new ArrayList<>();
            for (String id : ids) {
                QueuedTask task = ledger.table.get(id);
                Optional<? extends Fact> fact =
                        task == null || changed.contains(task) ? Optional.empty() : change.apply(task, now);
                if (task != null && fact.isPresent()) {
                    facts.add(fact.get());
                    changed.add(task);
                    ledger.table.dequeue(task);
                }
                outcomes.add(task == null ? Outcome.UNKNOWN : fact.isPresent() ? Outcome.RECORDED : Outcome.STALE);
            }
            return new Ledger.Draft<>(
                    facts,
                    outcomes,
                    names,
                    () -> changed.stream().filter(QueuedTask::waits).forEach(ledger.table::enqueue));
        });
    }

    private Outcome outcomeFor(String id, Fence fence) {
        QueuedTask task = ledger.table.get(id);
        if (task == null) {
            return Outcome.UNKNOWN;
        }
        boolean current =
                task.status == TaskStatus.RUNNING && fence.epoch() == ledger.epoch() && fence.number() == task.lease;
        return current ? Outcome.RECORDED : Outcome.STALE;
    }

    private static Set<String> names(Collection<QueuedTask> tasks) {
        Set<String> names = new HashSet<>();
        tasks.forEach(task -> names.add(Ledger.task(task.id)));
        return names;
    }
}
