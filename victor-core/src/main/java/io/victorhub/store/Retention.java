package io.victorhub.store;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.spi.store.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets old records: tasks that are not settled, ids that must stay known and state that is still current are written
 * anew before their records go; settled tasks and dead letters go with them. Each task is written anew under its name, so
 * nobody changes it meanwhile; nobody else waits.
 */
final class Retention implements Forgetting {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final int AT_ONCE = 200;

    private final Ledger ledger;

    Retention(Ledger ledger) {
        this.ledger = ledger;
    }

    void forget(String before) {
        ledger.commit(
                Recorder.Safety.FORCED,
                Ledger.NO_NAMES,
                () -> new Ledger.Draft<>(List.of(new Fact.Forgot(before)), true, Ledger.NO_NAMES, () -> {}));
        ledger.recorder.forget(before, this);
    }

    @Override
    public void going(List<Going> records, long until) {
        moveState(until);
        List<Going> tasks = new ArrayList<>();
        for (Going going : records) {
            if (going.fact() instanceof Fact.Ended ended) {
                endGoes(ended);
                for (int i = 0; i < ended.followUps().size(); i++) {
                    tasks.add(new Going(ended.followUps().get(i), going.place() + i));
                }
            } else if (going.fact() instanceof Fact.Kept kept) {
                settledGoes(kept.ended());
            } else if (going.fact() instanceof Fact.Added || going.fact() instanceof Fact.Moved) {
                tasks.add(going);
            }
        }
        for (int i = 0; i < tasks.size(); i += AT_ONCE) {
            moveTasks(tasks.subList(i, Math.min(tasks.size(), i + AT_ONCE)));
        }
    }

    private void endGoes(Fact.Ended ended) {
        if (SettledTask.isFinal(ended)) {
            settledGoes(ended);
        } else if (ended.disposition() instanceof Disposition.Settled) {
            deadLetterGoes(ended);
        }
    }

    private void settledGoes(Fact.Ended ended) {
        long[] names = {ledger.task(ended.id())};
        ledger.commit(Recorder.Safety.FORCED, names, () -> {
            count(ended, -1);
            if (isNeeded(ended)) {
                Fact kept = new Fact.Kept(ended.carrying(List.of(), List.of()));
                return new Ledger.Draft<>(List.of(kept), true, names, () -> count(ended, 1));
            }
            ledger.archive.remove(ended.id(), ended.sequence());
            ledger.recorder.forgotten(ended.place());
            return Ledger.Draft.nothing(false);
        });
    }

    private void count(Fact.Ended ended, long by) {
        ledger.table.countSettled(ended.type(), ((Disposition.Settled) ended.disposition()).as(), by);
    }

    /** A dead letter that was not requeued since. */
    private void deadLetterGoes(Fact.Ended ended) {
        long[] names = {ledger.task(ended.id())};
        ledger.commit(Recorder.Safety.FORCED, names, () -> {
            QueuedTask task = ledger.table.get(ended.sequence());
            if (task != null
                    && task.status() == TaskStatus.DEAD
                    && ended.at().equals(task.settledAt())
                    && !isNeeded(ended)) {
                long place = task.place();
                ledger.table.remove(task.sequence);
                ledger.recorder.forgotten(place);
            }
            return Ledger.Draft.nothing(true);
        });
    }

    /** {@return whether the id must stay known: others ask for it until its parent or its batch is settled} */
    private boolean isNeeded(Fact.Ended ended) {
        String parent = ended.parent();
        String batch = ended.batch();
        return batch != null && ledger.table.unsettled(batch) > 0 || parent != null && isLive(parent);
    }

    private boolean isLive(String id) {
        QueuedTask task = ledger.find(id);
        return task != null && !task.status().settled();
    }

    private void moveTasks(List<Going> some) {
        long[] names = some.stream()
                .mapToLong(going -> ledger.task(how(going.fact()).id()))
                .toArray();
        ledger.commit(Recorder.Safety.FORCED, names, () -> {
            List<Fact> facts = new ArrayList<>();
            List<Long> moved = new ArrayList<>();
            for (Going going : some) {
                QueuedTask task = ledger.table.get(sequence(going.fact()));
                if (task != null && task.place() == going.place()) {
                    Fact fact = moved(task, how(going.fact()));
                    if (fact != null) {
                        facts.add(fact);
                        ledger.table.dequeue(task.sequence);
                        moved.add(task.sequence);
                    }
                }
            }
            return new Ledger.Draft<>(facts, true, names, () -> moved.forEach(ledger.table::enqueue));
        });
    }

    private @Nullable Fact moved(QueuedTask task, Queueing how) {
        try {
            Recorder.Kept kept = ledger.recorder.submission(task.place());
            Optional<Payload<LogEntry>> last = task.last() == Where.NOWHERE
                    ? Optional.empty()
                    : Optional.of(ledger.recorder.payload(ledger.recorder.entry(task.last())));
            return new Fact.Moved(
                    kept.at(),
                    TaskImage.of(task, how),
                    kept.erased() ? Blank.payload(how) : ledger.recorder.payload(kept.submission()),
                    last.orElse(null));
        } catch (StorageException e) {
            log.warn("task {} cannot be read any more and is dropped", how.id(), e);
            return null;
        }
    }

    private static Queueing how(Fact fact) {
        return fact instanceof Fact.Added added
                ? added.how()
                : ((Fact.Moved) fact).image().how();
    }

    private static long sequence(Fact fact) {
        return fact instanceof Fact.Added added
                ? added.sequence()
                : ((Fact.Moved) fact).image().sequence();
    }

    private void moveState(long until) {
        List<Versioned> old = ledger.look(() -> ledger.state.keptBefore(until));
        for (Versioned one : old) {
            long[] names = {ledger.stateKey(one.key())};
            ledger.commit(Recorder.Safety.FORCED, names, () -> {
                Optional<Versioned> now = ledger.state.read(one.key());
                if (now.isEmpty() || now.get().version() != one.version()) {
                    return Ledger.Draft.nothing(false);
                }
                Fact again = new Fact.StateChanged(one.version(), List.of(Change.put(one.key(), 0, one.value())));
                return new Ledger.Draft<>(List.of(again), true, names, () -> {});
            });
        }
    }
}
