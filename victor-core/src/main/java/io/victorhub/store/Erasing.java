package io.victorhub.store;

import io.victorhub.spi.store.Outcome;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Blanks what settled tasks carried. The ledger knows of it meanwhile, so nobody queues a dead letter anew; and what is left of
 * one says that it is erased, so nobody does so afterwards. Everything else goes on. Used once.
 */
final class Erasing {

    /** What state there was at one moment, when all changes up to a version were applied. */
    private record State(Map<String, Long> versions, long upTo) {

        /** Under the lock. */
        static State of(Ledger ledger) {
            Map<String, Long> versions = new HashMap<>();
            ledger.state.forEach((value, record) -> versions.put(value.key(), value.version()));
            return new State(versions, ledger.version());
        }

        boolean isCurrent(String key, long version) {
            return version > upTo || version == versions.getOrDefault(key, 0L);
        }
    }

    private final Ledger ledger;
    private final Collection<String> ids;
    private final Set<String> live = new HashSet<>();
    private final Set<String> known = new HashSet<>();
    private final Set<String> wanted = new LinkedHashSet<>();

    Erasing(Ledger ledger, Collection<String> ids) {
        this.ledger = ledger;
        this.ids = ids;
    }

    List<Outcome> erase() {
        long[] names = ids.stream().mapToLong(ledger::task).toArray();
        State state = ledger.lookWhileStill(() -> State.of(ledger));
        // in this order, as for whoever drops old records: he changes tasks while nobody else rewrites any
        return ledger.recorder.whileNobodyRewrites(() -> {
            ledger.hold(names, this::look, () -> {}); // a change that is under way comes first
            try {
                blank(state);
            } finally {
                ledger.look(() -> ledger.beingErased.removeAll(wanted));
            }
            return ids.stream().map(this::outcome).toList();
        });
    }

    /** Under the lock. */
    private boolean look() {
        for (String id : ids) {
            QueuedTask task = ledger.find(id);
            if (task != null && !task.status().settled()) {
                live.add(id);
                continue;
            }
            wanted.add(id);
            if (task != null) {
                ledger.table.blank(task.sequence);
                known.add(id);
            } else if (ledger.isKnown(id)) {
                known.add(id);
            }
        }
        return ledger.beingErased.addAll(wanted);
    }

    private void blank(State state) {
        if (!wanted.isEmpty()) {
            known.addAll(ledger.recorder.erase(wanted, state::isCurrent)); // the log has more than was queued
        }
    }

    private Outcome outcome(String id) {
        if (live.contains(id)) {
            return Outcome.STALE;
        }
        return known.contains(id) ? Outcome.RECORDED : Outcome.UNKNOWN;
    }
}
