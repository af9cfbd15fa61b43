package io.victorhub.store;

import io.victorhub.spi.store.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the same change to several tasks, as one record group, where it can be made. */
final class Changing {

    /** What becomes of a task; empty if that cannot be. Called under the ledger's lock. */
    interface Change {
        Optional<? extends Fact> of(String id, QueuedTask task, Instant now);
    }

    private final Ledger ledger;

    Changing(Ledger ledger) {
        this.ledger = ledger;
    }

    List<Outcome> each(Collection<String> ids, long[] alsoNames, Change change) {
        long[] own = names(ids);
        long[] names = Arrays.copyOf(own, own.length + alsoNames.length);
        System.arraycopy(alsoNames, 0, names, own.length, alsoNames.length);
        return ledger.commit(Recorder.Safety.FORCED, names, () -> {
            Instant now = ledger.clock.instant();
            List<Fact> facts = new ArrayList<>();
            Set<Long> changed = new HashSet<>();
            List<Long> taken = new ArrayList<>();
            List<Outcome> outcomes = new ArrayList<>();
            for (String id : ids) {
                QueuedTask task = ledger.find(id);
                if (task == null) {
                    outcomes.add(ledger.isKnown(id) ? Outcome.STALE : Outcome.UNKNOWN);
                    continue;
                }
                Optional<? extends Fact> fact =
                        changed.contains(task.sequence) ? Optional.empty() : change.of(id, task, now);
                if (fact.isPresent()) {
                    facts.add(fact.get());
                    changed.add(task.sequence);
                    if (task.waits()) {
                        ledger.table.dequeue(task.sequence);
                        taken.add(task.sequence);
                    }
                }
                outcomes.add(fact.isPresent() ? Outcome.RECORDED : Outcome.STALE);
            }
            return new Ledger.Draft<>(facts, outcomes, names, () -> taken.forEach(ledger.table::enqueue));
        });
    }

    /** {@return the names of tasks} */
    long[] names(Collection<String> ids) {
        return ids.stream().mapToLong(ledger::task).toArray();
    }

    /** The names of the unique keys of tasks: a submission may want one of them at the same time. */
    long[] uniqueKeys(Collection<String> ids) {
        return ledger.look(() -> {
            List<Long> keys = new ArrayList<>();
            for (String id : ids) {
                QueuedTask task = ledger.find(id);
                String key = task == null ? null : task.uniqueKey();
                if (key != null) {
                    keys.add(ledger.uniqueKey(key));
                }
            }
            return keys.stream().mapToLong(Long::longValue).toArray();
        });
    }
}
