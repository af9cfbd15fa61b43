package io.victorhub.store;

import io.victorhub.journal.Journal;
import io.victorhub.journal.Place;
import io.victorhub.spi.store.StorageException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Writes segments anew without what some tasks carried. Every record keeps its place. */
final class Eraser {

    private final Journal journal;
    private final FactCodec facts;
    private final Set<String> ids;

    Eraser(Journal journal, FactCodec facts, Set<String> ids) {
        this.journal = journal;
        this.facts = facts;
        this.ids = ids;
    }

    void erase(int segment) {
        byte[] bytes = journal.bytes(segment, 0, journal.length(segment));
        boolean changed = false;
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                changed |= eraseLine(new Place(segment, start, i + 1 - start), bytes);
                start = i + 1;
            }
        }
        if (changed) {
            journal.replace(segment, bytes);
        }
    }

    private boolean eraseLine(Place place, byte[] bytes) {
        boolean carries = FactCodec.mayHoldEntries(bytes, place.offset(), place.end())
                || FactCodec.isAdded(bytes, place.offset(), place.end());
        Optional<byte[]> record = carries ? Journal.record(bytes, place.offset(), place.end()) : Optional.empty();
        if (record.isEmpty()) {
            return false;
        }
        Fact fact = facts.decode(record.get());
        byte[] erased = facts.encode(facts.erased(fact, ids));
        byte[] before = facts.encode(fact);
        if (Arrays.equals(erased, before)) {
            return false;
        }
        if (erased.length > record.get().length) {
            throw new StorageException("a record at byte " + place.offset() + " of segment " + place.segment()
                    + " would become longer by erasing; it was written by another version");
        }
        System.arraycopy(Journal.lineOf(erased, place), 0, bytes, place.offset(), place.length());
        return true;
    }
}
