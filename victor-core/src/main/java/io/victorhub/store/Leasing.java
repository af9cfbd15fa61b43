package io.victorhub.store;

import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Fence;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Room;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.spi.store.Turnover;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands tasks out, and settles what nobody can be handed any more. */
final class Leasing {

    private static final Logger log = LoggerFactory.getLogger(Leasing.class);
    private static final int EXPIRE_AT_LEASE = 1000;

    /** A task that was taken from the queue, and the lease it gets. */
    private record Taken(long sequence, long place, long number, int attempt, int round, Instant readyAt) {}

    private record Turned(List<Outcome> outcomes, List<Taken> taken) {}

    private final Ledger ledger;
    private final Settling settling;

    Leasing(Ledger ledger, Settling settling) {
        this.ledger = ledger;
        this.settling = settling;
    }

    List<Lease> lease(LeaseRequest request) {
        expireAll();
        List<Taken> taken = ledger.commit(Recorder.Safety.STARTED, Ledger.NO_NAMES, () -> {
            List<Fact> facts = new ArrayList<>();
            List<Taken> some = take(request, ledger.clock.instant(), facts);
            return new Ledger.Draft<>(facts, some, names(some), () -> putBack(some));
        });
        return leases(taken);
    }

    /** Ends leases and hands out others, with records that are written together. */
    Turnover turnOver(Collection<Settlement> settlements, LeaseRequest request) {
        expireAll();
        Settling.Batch batch = settling.prepare(settlements);
        Turned turned = ledger.commit(Recorder.Safety.SETTLED, batch.names(), () -> {
            Instant now = ledger.clock.instant();
            List<Fact> facts = new ArrayList<>(settlements.size() + request.max());
            List<Outcome> outcomes = batch.decide(now, facts);
            List<Taken> taken = take(request, now, facts);
            long[] leased = names(taken);
            long[] names = Arrays.copyOf(batch.names(), batch.names().length + leased.length);
            System.arraycopy(leased, 0, names, batch.names().length, leased.length);
            return new Ledger.Draft<>(facts, new Turned(outcomes, taken), names, () -> putBack(taken));
        });
        List<Lease> leases = leases(turned.taken());
        return leases.size() < request.max() && batch.mayReady()
                ? then(turned.outcomes(), leases, request)
                : Turnover.of(turned.outcomes(), leases);
    }

    /** What the settlements gave back or queued is ready only now. */
    private Turnover then(List<Outcome> outcomes, List<Lease> first, LeaseRequest request) {
        List<Lease> leases = new ArrayList<>(first);
        try {
            leases.addAll(lease(behind(request, first)));
            return Turnover.of(outcomes, leases);
        } catch (RuntimeException e) {
            return new Turnover(outcomes, leases, Optional.of(e));
        }
    }

    /** {@return what is left of a wish, and of its room} */
    private static LeaseRequest behind(LeaseRequest request, List<Lease> given) {
        Room room = request.room();
        Map<String, Integer> types = new HashMap<>(room.byType());
        Map<Room.Lane, Integer> lanes = new HashMap<>(room.byLane());
        for (Lease lease : given) {
            String type = lease.task().type();
            types.put(type, types.getOrDefault(type, room.perType()) - 1);
            lease.submission()
                    .lane()
                    .map(key -> new Room.Lane(type, key))
                    .ifPresent(lane -> lanes.put(lane, lanes.getOrDefault(lane, room.perLane()) - 1));
        }
        return new LeaseRequest(
                request.max() - given.size(),
                request.ttl(),
                request.node(),
                request.excludedTypes(),
                new Room(types, lanes, room.perType(), room.perLane()));
    }

    /** Settles waiting tasks whose deadline has passed. */
    int expire(int max) {
        List<Long> seen = ledger.look(() -> ledger.table.overdue(ledger.clock.instant(), max));
        if (seen.isEmpty()) {
            return 0;
        }
        return ledger.commit(Recorder.Safety.FORCED, Ledger.NO_NAMES, () -> {
            Instant now = ledger.clock.instant();
            List<Long> overdue = ledger.table.overdue(now, max);
            overdue.forEach(ledger.table::dequeue);
            List<Fact> facts = new ArrayList<>();
            for (long sequence : overdue) {
                QueuedTask task = new QueuedTask(ledger.table, sequence);
                facts.add(settling.settled(
                        task,
                        id(task),
                        Disposition.expired(),
                        Reason.EXPIRED,
                        "its deadline passed while it waited",
                        now));
            }
            long[] names = overdue.stream().mapToLong(ledger.table.rows::hash).toArray();
            return new Ledger.Draft<>(facts, overdue.size(), names, () -> overdue.forEach(ledger.table::enqueue));
        });
    }

    /** What is overdue is never handed out. */
    private void expireAll() {
        int expired = EXPIRE_AT_LEASE;
        while (expired == EXPIRE_AT_LEASE) {
            expired = expire(EXPIRE_AT_LEASE);
        }
    }

    private List<Taken> take(LeaseRequest request, Instant now, List<Fact> facts) {
        ledger.table.promote(now);
        List<Taken> taken = new ArrayList<>();
        for (long sequence : ledger.table.take(request)) {
            QueuedTask task = new QueuedTask(ledger.table, sequence);
            Taken one = new Taken(
                    sequence, task.place(), ledger.nextLease(), task.attempts() + 1, task.round(), task.readyAt());
            taken.add(one);
            facts.add(new Fact.Leased(sequence, one.number(), one.attempt(), now));
        }
        return taken;
    }

    private long[] names(List<Taken> taken) {
        long[] names = new long[taken.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = ledger.table.rows.hash(taken.get(i).sequence());
        }
        return names;
    }

    private void putBack(List<Taken> taken) {
        taken.forEach(one -> ledger.table.enqueue(one.sequence()));
    }

    private List<Lease> leases(List<Taken> taken) {
        List<Lease> leases = new ArrayList<>(taken.size());
        for (Taken one : taken) {
            try {
                leases.add(new Lease(
                        ledger.recorder.submission(one.place()).submission(),
                        new Fence(ledger.epoch(), one.number()),
                        one.attempt(),
                        one.round(),
                        one.readyAt(),
                        Optional.empty()));
            } catch (StorageException e) {
                bury(one, e);
            } catch (RuntimeException | Error e) {
                giveBack(one, e);
            }
        }
        return leases;
    }

    /** Nobody got this lease, so nobody would end it. */
    private void giveBack(Taken taken, Throwable trouble) {
        log.warn("task number {} could not be handed out; it goes back to the queue", taken.sequence(), trouble);
        end(
                taken,
                (task, id, now) -> settling.ended(
                        task,
                        id,
                        Disposition.released(now.plusSeconds(1)),
                        taken.attempt() - 1,
                        List.of(),
                        List.of(),
                        now));
    }

    /** What cannot be read cannot be run, and must not stop the others. */
    private void bury(Taken taken, StorageException unreadable) {
        log.warn("task number {} cannot be read and is a dead letter now", taken.sequence(), unreadable);
        end(
                taken,
                (task, id, now) -> settling.settled(
                        task,
                        id,
                        Disposition.dead(),
                        Reason.RESOURCE,
                        "it cannot be read: " + unreadable.getMessage(),
                        now));
    }

    private interface Ending {
        Fact of(QueuedTask task, String id, Instant now);
    }

    private void end(Taken taken, Ending ending) {
        long[] names = ledger.look(() -> ledger.table.rows.has(taken.sequence())
                ? new long[] {ledger.table.rows.hash(taken.sequence())}
                : Ledger.NO_NAMES);
        ledger.commit(Recorder.Safety.FORCED, names, () -> {
            QueuedTask task = ledger.table.get(taken.sequence());
            if (task == null || task.status() != TaskStatus.RUNNING || task.lease() != taken.number()) {
                return Ledger.Draft.nothing(false);
            }
            Fact fact = ending.of(task, id(task), ledger.clock.instant());
            return new Ledger.Draft<>(List.of(fact), true, names, () -> {});
        });
    }

    private String id(QueuedTask task) {
        try {
            return ledger.recorder.id(task.place());
        } catch (RuntimeException e) {
            log.debug("the record of task number {} cannot be read", task.sequence, e);
            return "unreadable-task-" + task.sequence;
        }
    }
}
