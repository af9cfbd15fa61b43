package io.victorhub.testkit;

import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Submission;
import io.victorhub.spi.UniquePolicy;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A queue as simple as can be: a list that is searched. What the stores are compared with. */
final class QueueModel {

    /** A task of the model. */
    static final class Entry {
        final Submission submission;
        final int sequence;
        TaskStatus base; // HELD, READY (whatever its time), RUNNING or settled
        Instant readyAt;
        int attempts;
        int round = 1;
        boolean cancelRequested;
        Optional<Lease> lease = Optional.empty();

        Entry(Submission submission, int sequence, Instant now) {
            this.submission = submission;
            this.sequence = sequence;
            this.base = submission.held() ? TaskStatus.HELD : TaskStatus.READY;
            this.readyAt = submission.notBefore().filter(now::isBefore).orElse(now);
        }

        String id() {
            return submission.task().id();
        }

        TaskStatus status(Instant now) {
            return base == TaskStatus.READY && readyAt.isAfter(now) ? TaskStatus.DELAYED : base;
        }

        boolean waits() {
            return base == TaskStatus.READY || base == TaskStatus.HELD;
        }

        long rank() {
            return readyAt.toEpochMilli() - submission.task().priority() * StoreContexts.AGEING_STEP.toMillis();
        }

        Instant deadline() {
            return submission.task().deadline().orElse(Instant.MAX);
        }
    }

    final Map<String, Entry> tasks = new LinkedHashMap<>();
    final List<String> log = new ArrayList<>();

    /** {@return accepted, known, joined or refused} */
    String submit(Submission submission, Instant now) {
        String id = submission.task().id();
        if (tasks.containsKey(id)) {
            return "Known";
        }
        if (holder(submission).isPresent()) {
            return submission.uniquePolicy() == UniquePolicy.JOIN ? "Joined" : "Refused";
        }
        tasks.put(id, new Entry(submission, tasks.size(), now));
        return "Accepted";
    }

    /** {@return the ids that must be handed out next} */
    List<Entry> next(int max, String excluded, Instant now) {
        expire(Integer.MAX_VALUE, now);
        return tasks.values().stream()
                .filter(entry -> entry.status(now) == TaskStatus.READY)
                .filter(entry -> !entry.submission.task().type().equals(excluded))
                .sorted(Comparator.comparingLong(Entry::rank).thenComparingInt(entry -> entry.sequence))
                .limit(max)
                .toList();
    }

    void leased(Entry entry, Lease lease) {
        entry.base = TaskStatus.RUNNING;
        entry.attempts++;
        entry.lease = Optional.of(lease);
    }

    Outcome settle(Lease lease, Disposition disposition, boolean silent, List<Submission> followUps, Instant now) {
        Entry entry = tasks.get(lease.taskId());
        if (!entry.lease.filter(lease::equals).isPresent()) {
            return Outcome.STALE;
        }
        if (!silent) {
            log.add("attempt " + entry.id() + " " + entry.attempts + " " + entry.round);
        }
        boolean cancelled = entry.cancelRequested && !(disposition instanceof Disposition.Settled);
        if (cancelled) {
            close(entry, TaskStatus.CANCELLED, Reason.CANCELLED);
        } else {
            end(entry, disposition, now);
        }
        followUps.forEach(followUp -> submit(followUp, now));
        return Outcome.RECORDED;
    }

    int expire(int max, Instant now) {
        List<Entry> overdue = tasks.values().stream()
                .filter(entry -> entry.waits() && !entry.deadline().isAfter(now))
                .sorted(Comparator.comparing(Entry::deadline).thenComparingInt(entry -> entry.sequence))
                .limit(max)
                .toList();
        overdue.forEach(entry -> close(entry, TaskStatus.EXPIRED, Reason.EXPIRED));
        return overdue.size();
    }

    Outcome cancel(String id) {
        Entry entry = tasks.get(id);
        if (entry == null) {
            return Outcome.UNKNOWN;
        }
        if (entry.base == TaskStatus.RUNNING) {
            entry.cancelRequested = true;
            return Outcome.RECORDED;
        }
        if (entry.waits()) {
            close(entry, TaskStatus.CANCELLED, Reason.CANCELLED);
            return Outcome.RECORDED;
        }
        return Outcome.STALE;
    }

    Outcome release(String id, Instant now) {
        Entry entry = tasks.get(id);
        if (entry == null) {
            return Outcome.UNKNOWN;
        }
        if (entry.base != TaskStatus.HELD) {
            return Outcome.STALE;
        }
        entry.base = TaskStatus.READY;
        entry.readyAt = entry.readyAt.isAfter(now) ? entry.readyAt : now;
        return Outcome.RECORDED;
    }

    Outcome requeue(String id, Instant now) {
        Entry entry = tasks.get(id);
        if (entry == null) {
            return Outcome.UNKNOWN;
        }
        if (entry.base != TaskStatus.DEAD || holder(entry.submission).isPresent()) {
            return Outcome.STALE;
        }
        entry.base = TaskStatus.READY;
        entry.readyAt = now;
        entry.attempts = 0;
        entry.round++;
        entry.cancelRequested = false;
        return Outcome.RECORDED;
    }

    /** The process died, or closed the store, and it was opened again. */
    void reopen(Instant now) {
        for (Entry entry : tasks.values()) {
            if (entry.base == TaskStatus.RUNNING) {
                log.add("lost " + entry.id() + " " + entry.attempts + " " + entry.round);
                if (entry.cancelRequested) {
                    close(entry, TaskStatus.CANCELLED, Reason.CANCELLED);
                } else {
                    end(entry, Disposition.retry(now), now);
                }
            }
        }
    }

    /** {@return how many tasks there are of each type and status} */
    Map<String, Long> counts(Instant now) {
        Map<String, Long> counts = new TreeMap<>();
        tasks.values()
                .forEach(
                        entry -> counts.merge(entry.submission.task().type() + " " + entry.status(now), 1L, Long::sum));
        return counts;
    }

    /** {@return how many tasks of that batch are not settled} */
    long unsettled(String batch) {
        return tasks.values().stream()
                .filter(entry -> entry.submission.batch().filter(batch::equals).isPresent())
                .filter(entry -> !entry.base.settled())
                .count();
    }

    private Optional<Entry> holder(Submission submission) {
        return submission
                .uniqueKey()
                .flatMap(key -> tasks.values().stream()
                        .filter(entry -> !entry.base.settled()
                                && entry.submission
                                        .uniqueKey()
                                        .filter(key::equals)
                                        .isPresent())
                        .findFirst());
    }

    private void end(Entry entry, Disposition disposition, Instant now) {
        entry.lease = Optional.empty();
        if (disposition instanceof Disposition.Settled settled) {
            entry.base = settled.as();
        } else if (disposition instanceof Disposition.Retry retry) {
            entry.base = TaskStatus.READY;
            entry.readyAt = retry.at();
        } else if (disposition instanceof Disposition.Released released) {
            entry.base = TaskStatus.READY;
            entry.attempts--;
            entry.readyAt = released.notBefore().isAfter(now) ? released.notBefore() : entry.readyAt;
        }
    }

    private void close(Entry entry, TaskStatus as, Reason reason) {
        entry.base = as;
        entry.lease = Optional.empty();
        log.add("closed " + entry.id() + " " + reason + " " + entry.attempts + " " + entry.round);
    }
}
