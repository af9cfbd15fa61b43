package io.victorhub.store;

import io.victorhub.journal.Journal;
import io.victorhub.journal.Place;
import io.victorhub.json.JsonBytes;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.StoreCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes segments anew without what some tasks carried. Every record keeps its place. */
final class Eraser {

    private final Journal journal;
    private final StoreCodec codec;
    private final FactReader reader;
    private final JsonBytes out = new JsonBytes(4096);
    private final Set<String> ids;

    Eraser(Journal journal, StoreCodec codec, Set<String> ids) {
        this.journal = journal;
        this.codec = codec;
        this.reader = new FactReader(codec);
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
        boolean carries = FactReader.mayHoldEntries(bytes, place.offset(), place.end())
                || FactReader.mayCarryTasks(bytes, place.offset(), place.end());
        Optional<byte[]> record = carries ? Journal.record(bytes, place.offset(), place.end()) : Optional.empty();
        if (record.isEmpty()) {
            return false;
        }
        Fact fact = reader.whole(record.get(), 0, record.get().length);
        byte[] erased = written(erased(fact));
        if (Arrays.equals(erased, written(fact))) {
            return false;
        }
        if (erased.length > record.get().length) {
            throw new StorageException("a record at byte " + place.offset() + " of segment " + place.segment()
                    + " would become longer by erasing; it was written by another version");
        }
        System.arraycopy(Journal.lineOf(erased, place), 0, bytes, place.offset(), place.length());
        return true;
    }

    private byte[] written(Fact fact) {
        new FactWriter(out.truncate(0)).write(fact);
        return out.toBytes();
    }

    private Fact erased(Fact fact) {
        if (fact instanceof Fact.Added added) {
            return erased(added);
        } else if (fact instanceof Fact.Logged logged) {
            return new Fact.Logged(erased(logged.entries()));
        } else if (fact instanceof Fact.Ended ended) {
            return ended.carrying(ended.followUps().stream().map(this::erased).toList(), erased(ended.entries()));
        } else if (fact instanceof Fact.Moved moved
                && ids.contains(moved.image().how().id())) {
            Payload<LogEntry> last = moved.last();
            return new Fact.Moved(
                    moved.at(),
                    moved.image().with(Blank.of(moved.image().how())),
                    blank(moved.submission().value()),
                    last == null ? null : blank(last.value()));
        }
        return fact;
    }

    private Fact.Added erased(Fact.Added added) {
        return ids.contains(added.how().id())
                ? new Fact.Added(
                        added.sequence(),
                        added.at(),
                        Blank.of(added.how()),
                        blank(added.submission().value()))
                : added;
    }

    private List<Payload<LogEntry>> erased(List<Payload<LogEntry>> entries) {
        return entries.stream()
                .map(entry -> ids.contains(entry.value().taskId()) ? blank(entry.value()) : entry)
                .toList();
    }

    private Payload<Submission> blank(Submission submission) {
        Submission blank = Blank.of(submission);
        return new Payload<>(blank, codec.encode(blank));
    }

    private Payload<LogEntry> blank(LogEntry entry) {
        LogEntry blank = Blank.of(entry);
        return new Payload<>(blank, codec.encode(blank));
    }
}
