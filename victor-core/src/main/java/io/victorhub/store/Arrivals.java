package io.victorhub.store;

import io.victorhub.spi.Submission;
import io.victorhub.spi.UniquePolicy;
import io.victorhub.spi.store.Submitted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets submissions in: each is new, known, joins another one, or is too large. */
final class Arrivals {

    /** A submission, prepared without locks. */
    record Arrival(Payload<Submission> payload) {
        String id() {
            return payload.value().task().id();
        }

        Optional<String> uniqueKey() {
            return payload.value().uniqueKey();
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
        return ledger.commit(true, names(arrivals), () -> {
            Instant now = ledger.clock.instant();
            List<Fact> facts = new ArrayList<>();
            List<Submitted> answers = new ArrayList<>();
            Map<String, String> keys = new HashMap<>();
            Set<String> ids = new HashSet<>();
            Set<String> names = new HashSet<>();
            for (Arrival arrival : arrivals) {
                Submitted answer = answer(arrival, ids, keys, null);
                answers.add(answer);
                if (answer instanceof Submitted.Accepted) {
                    names.addAll(names(List.of(arrival)));
                    facts.add(new Fact.Added(ledger.nextSequence(), now, arrival.payload()));
                }
            }
            return new Ledger.Draft<>(facts, answers, names, () -> {});
        });
    }

    List<Arrival> prepare(Collection<Submission> all) {
        return all.stream().map(ledger.recorder::payload).map(Arrival::new).toList();
    }

    static Set<String> names(Collection<Arrival> arrivals) {
        Set<String> names = new HashSet<>();
        for (Arrival arrival : arrivals) {
            names.add(Ledger.task(arrival.id()));
            arrival.uniqueKey().ifPresent(key -> names.add(Ledger.uniqueKey(key)));
        }
        return names;
    }

    /**
     * The follow-ups that are let in, under the ledger's lock; what is known or joins another one is left out.
     *
     * @param leaving the task that is settled with them, whose unique key is free then
     */
    List<Fact.Added> accepted(List<Arrival> followUps, @Nullable QueuedTask leaving, Instant now) {
        List<Fact.Added> accepted = new ArrayList<>();
        Map<String, String> keys = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (Arrival followUp : followUps) {
            if (answer(followUp, ids, keys, leaving) instanceof Submitted.Accepted) {
                accepted.add(new Fact.Added(ledger.nextSequence(), now, followUp.payload()));
            }
        }
        return accepted;
    }

    private Submitted answer(Arrival arrival, Set<String> ids, Map<String, String> keys, @Nullable QueuedTask leaving) {
        String id = arrival.id();
        if (ledger.table.get(id) != null || ids.contains(id)) {
            return new Submitted.Known(id);
        }
        if (arrival.payload().json().length > maxBytes) {
            return new Submitted.Refused(
                    id,
                    "task " + id + " has " + arrival.payload().json().length + " bytes, more than " + maxBytes
                            + "; put what is large into a file and name the file");
        }
        Optional<String> key = arrival.uniqueKey();
        if (key.isPresent()) {
            @Nullable QueuedTask holder = ledger.table.holder(key.get());
            @Nullable String live = holder == null || holder == leaving ? keys.get(key.get()) : holder.id;
            if (live != null) {
                return arrival.payload().value().uniquePolicy() == UniquePolicy.JOIN
                        ? new Submitted.Joined(id, live)
                        : new Submitted.Refused(
                                id,
                                "task " + id + " is refused: task " + live + " has its unique key '" + key.get()
                                        + "' and is not settled; wait for that one or cancel it");
            }
            keys.put(key.get(), id);
        }
        ids.add(id);
        return new Submitted.Accepted(id);
    }
}
