package io.victorhub.store;

import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.Versioned;
import java.util.List;
import java.util.Optional;

/** Small state, as a face of the ledger. */
final class LedgerState implements StateStore {

    private final Ledger ledger;

    LedgerState(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Optional<Versioned> read(String key) {
        return ledger.look(() -> ledger.state.read(key));
    }

    @Override
    public boolean change(List<Change> all) {
        List<Change> changes = List.copyOf(all);
        if (changes.stream().map(Change::key).distinct().count() != changes.size()) {
            throw new IllegalArgumentException("a key comes twice in one change; put both into one");
        }
        if (changes.isEmpty()) {
            return true;
        }
        long[] names = changes.stream()
                .mapToLong(change -> ledger.stateKey(change.key()))
                .toArray();
        return ledger.commit(Recorder.Safety.FORCED, names, () -> {
            if (!changes.stream().allMatch(ledger.state::isAsExpected)) {
                return Ledger.Draft.nothing(false);
            }
            Fact fact = new Fact.StateChanged(ledger.nextVersion(), changes);
            return new Ledger.Draft<>(List.of(fact), true, names, () -> {});
        });
    }

    @Override
    public List<Versioned> list(String prefix, String afterKey, int max) {
        if (max < 1) {
            throw new IllegalArgumentException("a page of " + max + " keys; ask for 1 or more");
        }
        return ledger.look(() -> ledger.state.list(prefix, afterKey, max));
    }
}
