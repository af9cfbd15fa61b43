package io.victorhub.store;

import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Small state by key. Guarded by the ledger's lock. */
final class StateTable {

    private record Kept(Versioned versioned, long record) {}

    private final NavigableMap<String, Kept> kept = new TreeMap<>();

    Optional<Versioned> read(String key) {
        return Optional.ofNullable(kept.get(key)).map(Kept::versioned);
    }

    boolean isAsExpected(Change change) {
        @Nullable Kept now = kept.get(change.key());
        return change.expected() == (now == null ? 0 : now.versioned().version());
    }

    void apply(Change change, long version, long record) {
        if (change.value().isPresent()) {
            kept.put(
                    change.key(),
                    new Kept(new Versioned(change.key(), change.value().get(), version), record));
        } else {
            kept.remove(change.key());
        }
    }

    List<Versioned> list(String prefix, String afterKey, int max) {
        List<Versioned> page = new ArrayList<>();
        boolean behind = afterKey.compareTo(prefix) >= 0;
        for (Kept one : kept.tailMap(behind ? afterKey : prefix, !behind).values()) {
            if (page.size() == max || !one.versioned().key().startsWith(prefix)) {
                break;
            }
            page.add(one.versioned());
        }
        return page;
    }

    /** Visits everything that is kept, with the place of its record. */
    void forEach(Visitor visitor) {
        kept.values().forEach(one -> visitor.visit(one.versioned(), one.record()));
    }

    /** Gets a value. */
    interface Visitor {
        /** Called for each. */
        void visit(Versioned value, long record);
    }

    /** Puts a value in as it was. */
    void restore(Versioned value, long record) {
        kept.put(value.key(), new Kept(value, record));
    }

    /** {@return what was kept by records before that one} */
    List<Versioned> keptBefore(long record) {
        return kept.values().stream()
                .filter(one -> one.record() < record)
                .map(Kept::versioned)
                .toList();
    }
}
