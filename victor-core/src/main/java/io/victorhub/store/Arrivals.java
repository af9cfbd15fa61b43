package io.victorhub.store;

import io.victorhub.spi.Submission;
import io.victorhub.spi.UniquePolicy;
import io.victorhub.spi.store.Submitted;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets submissions in: each is new, known, joins another one, or is too large. */
final class Arrivals {

    /** A submission, prepared without locks. */
    record Arrival(Queueing how, Payload<Submission> payload) {
        String id() {
            return how.id();
        }

        @Nullable String uniqueKey() {
            return how.uniqueKey();
        }
    }

    /** What one decision has let in so far, and whom it lets go. */
    static final class Deciding {
        private final Set<String> ids = new HashSet<>();
        private final Map<String, String> keys = new HashMap<>();
        private final Set<Long> leaving = new HashSet<>();

        /** The task is settled in the same decision, so its unique key is free then. */
        void leaves(long sequence) {
            leaving.add(sequence);
        }
    }

    private final Ledger ledger;
    private final int maxBytes;

    Arrivals(Ledger ledger, int maxBytes) {
        this.ledger = ledger;
        this.maxBytes = maxBytes;
    }

    List<Submitted> submit(Collection<Submission> all) {
        List<Arrival> arrivals = prepare(all);
        long[] names = names(arrivals);
        return ledger.commit(Recorder.Safety.SUBMITTED, names, () -> {
            Instant now = ledger.clock.instant();
            List<Fact> facts = new ArrayList<>(arrivals.size());
            List<Submitted> answers = new ArrayList<>(arrivals.size());
            Deciding deciding = new Deciding();
            for (Arrival arrival : arrivals) {
                Submitted answer = answer(arrival, deciding);
                answers.add(answer);
                if (answer instanceof Submitted.Accepted) {
                    facts.add(added(arrival, now));
                }
            }
            return new Ledger.Draft<>(facts, answers, names, () -> {});
        });
    }

    List<Arrival> prepare(Collection<Submission> all) {
        List<Arrival> arrivals = new ArrayList<>(all.size());
        for (Submission submission : all) {
            arrivals.add(new Arrival(Queueing.of(submission), ledger.recorder.payload(submission)));
        }
        return arrivals;
    }

    /** {@return the names of tasks and of their unique keys} */
    long[] names(Collection<Arrival> arrivals) {
        long[] names = new long[2 * arrivals.size()];
        int count = 0;
        for (Arrival arrival : arrivals) {
            names[count++] = ledger.task(arrival.id());
            String key = arrival.uniqueKey();
            if (key != null) {
                names[count++] = ledger.uniqueKey(key);
            }
        }
        return count == names.length ? names : Arrays.copyOf(names, count);
    }

    /** The follow-ups that are let in, under the ledger's lock; what is known or joins another one is left out. */
    List<Fact.Added> accepted(List<Arrival> followUps, Deciding deciding, Instant now) {
        if (followUps.isEmpty()) {
            return List.of();
        }
        List<Fact.Added> accepted = new ArrayList<>();
        for (Arrival followUp : followUps) {
            if (answer(followUp, deciding) instanceof Submitted.Accepted) {
                accepted.add(added(followUp, now));
            }
        }
        return accepted;
    }

    /** Submitted in whole microseconds: that is what a row of the table holds. */
    private Fact.Added added(Arrival arrival, Instant now) {
        return new Fact.Added(
                ledger.nextSequence(), now.truncatedTo(ChronoUnit.MICROS), arrival.how(), arrival.payload());
    }

    private Submitted answer(Arrival arrival, Deciding deciding) {
        String id = arrival.id();
        if (deciding.ids.contains(id) || ledger.isKnown(id)) {
            return new Submitted.Known(id);
        }
        if (arrival.payload().json().length > maxBytes) {
            return new Submitted.Refused(
                    id,
                    "task " + id + " has " + arrival.payload().json().length + " bytes, more than " + maxBytes
                            + "; put what is large into a file and name the file");
        }
        String key = arrival.uniqueKey();
        if (key != null) {
            long holder = ledger.table.holder(key);
            String live = holder < 0 || deciding.leaving.contains(holder)
                    ? deciding.keys.get(key)
                    : ledger.recorder.id(ledger.table.rows.place(holder));
            if (live != null) {
                return arrival.payload().value().uniquePolicy() == UniquePolicy.JOIN
                        ? new Submitted.Joined(id, live)
                        : new Submitted.Refused(
                                id,
                                "task " + id + " is refused: task " + live + " has its unique key '" + key
                                        + "' and is not settled; wait for that one or cancel it");
            }
            deciding.keys.put(key, id);
        }
        deciding.ids.add(id);
        return new Submitted.Accepted(id);
    }
}
