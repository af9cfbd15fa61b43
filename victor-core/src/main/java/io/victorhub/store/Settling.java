package io.victorhub.store;

import io.victorhub.spi.Closed;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Fence;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Ends leases: prepares without locks, decides under the ledger's. */
final class Settling {

    /** A settlement, prepared without locks. */
    private record Prepared(Settlement settlement, List<Payload<LogEntry>> entries, List<Arrivals.Arrival> followUps) {}

    private final Ledger ledger;
    private final Arrivals arrivals;

    Settling(Ledger ledger, Arrivals arrivals) {
        this.ledger = ledger;
        this.arrivals = arrivals;
    }

    /** Some settlements on their way. */
    final class Batch {
        private final List<Prepared> all;
        private final long[] names;

        private Batch(List<Prepared> all, long[] names) {
            this.all = all;
            this.names = names;
        }

        /** {@return what the decision looks at} */
        long[] names() {
            return names;
        }

        /** {@return whether it may give tasks back, or queue others} */
        boolean mayReady() {
            return all.stream()
                    .anyMatch(one -> !one.followUps().isEmpty()
                            || !(one.settlement().disposition() instanceof Disposition.Settled));
        }

        /** Decides under the ledger's lock: adds facts, {@return what becomes of each} */
        List<Outcome> decide(Instant now, List<Fact> facts) {
            List<Outcome> outcomes = new ArrayList<>(all.size());
            Arrivals.Deciding deciding = new Arrivals.Deciding();
            Set<Long> ended = all.size() == 1 ? Set.of() : new HashSet<>();
            for (Prepared one : all) {
                Lease lease = one.settlement().lease();
                long sequence = running(lease.taskId(), lease.fence());
                if (sequence < 0 || ended.contains(sequence)) {
                    outcomes.add(without(lease.taskId()));
                    continue;
                }
                if (all.size() > 1) {
                    ended.add(sequence);
                }
                facts.add(end(one, sequence, deciding, now));
                outcomes.add(Outcome.RECORDED);
            }
            return outcomes;
        }
    }

    /** Called without locks. */
    Batch prepare(Collection<Settlement> settlements) {
        List<Prepared> all = new ArrayList<>(settlements.size());
        long[] names = new long[settlements.size()];
        int count = 0;
        for (Settlement settlement : settlements) {
            List<Payload<LogEntry>> entries = settlement.entry().isEmpty()
                    ? List.of()
                    : List.of(ledger.recorder.payload(settlement.entry().get()));
            List<Arrivals.Arrival> followUps = arrivals.prepare(settlement.followUps());
            all.add(new Prepared(settlement, entries, followUps));
            long[] more = arrivals.names(followUps);
            if (names.length - count <= more.length) {
                names = Arrays.copyOf(names, names.length + more.length + 1);
            }
            System.arraycopy(more, 0, names, count, more.length);
            count += more.length;
            names[count++] = ledger.task(settlement.lease().taskId());
        }
        return new Batch(all, Arrays.copyOf(names, count));
    }

    /** {@return the number of the task that has this lease; -1 if it is not its current one} Under the lock. */
    long running(String id, Fence fence) {
        if (fence.epoch() != ledger.epoch()) {
            return -1;
        }
        long sequence = ledger.table.leased(fence.number());
        return sequence >= 0 && ledger.table.rows.hash(sequence) == ledger.task(id) ? sequence : -1;
    }

    /** {@return why there is no such lease} Under the lock. */
    Outcome without(String id) {
        return ledger.isKnown(id) ? Outcome.STALE : Outcome.UNKNOWN;
    }

    /** {@return the end of a task that waits} Under the lock. */
    Fact.Ended settled(QueuedTask task, String id, Disposition as, Reason reason, String message, Instant now) {
        Closed closed = new Closed(id, task.type(), reason, message, task.attempts(), task.round(), now);
        return ended(task, id, as, task.attempts(), List.of(), List.of(ledger.recorder.payload(closed)), now);
    }

    /** {@return the end of a lease} Under the lock. */
    Fact.Ended ended(
            QueuedTask task,
            String id,
            Disposition disposition,
            int attempts,
            List<Fact.Added> followUps,
            List<Payload<LogEntry>> entries,
            Instant now) {
        Extra extra = ledger.table.extra(task.sequence);
        return new Fact.Ended(
                task.sequence,
                id,
                task.type(),
                disposition,
                now,
                attempts,
                task.round(),
                task.readyAt(),
                task.cancelRequested(),
                task.place(),
                extra == null ? null : extra.parent,
                extra == null ? null : extra.batch,
                extra == null ? Where.NOWHERE : extra.last,
                followUps,
                entries);
    }

    private Fact.Ended end(Prepared one, long sequence, Arrivals.Deciding deciding, Instant now) {
        QueuedTask task = new QueuedTask(ledger.table, sequence);
        String id = one.settlement().lease().taskId();
        Disposition wanted = one.settlement().disposition();
        boolean cancelled = task.cancelRequested() && !(wanted instanceof Disposition.Settled);
        List<Payload<LogEntry>> entries = one.entries();
        if (cancelled) {
            entries = new ArrayList<>(entries);
            entries.add(ledger.recorder.payload(new Closed(
                    id,
                    task.type(),
                    Reason.CANCELLED,
                    "it was cancelled while it ran",
                    task.attempts(),
                    task.round(),
                    now)));
        }
        Disposition disposition = cancelled ? Disposition.cancelled() : wanted;
        int attempts = disposition instanceof Disposition.Released ? Math.max(0, task.attempts() - 1) : task.attempts();
        if (disposition instanceof Disposition.Settled) {
            deciding.leaves(sequence);
        }
        List<Fact.Added> followUps = arrivals.accepted(one.followUps(), deciding, now);
        return ended(task, id, disposition, attempts, followUps, entries, now);
    }
}
