package io.victorhub.store;

import io.victorhub.journal.Journal;
import io.victorhub.journal.Place;
import io.victorhub.json.JsonBytes;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.StoreCodec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Writes segments anew without what some tasks carried, and without values of state that are no longer current: nobody can
 * tell what of a task was in those. Every record keeps its place.
 */
final class Eraser {

    private final Journal journal;
    private final StoreCodec codec;
    private final FactReader reader;
    private final JsonBytes out = new JsonBytes(4096);
    private final Set<String> ids;
    private final Mentions mentions;
    private final BiPredicate<String, Long> current;
    private final Set<String> found = new HashSet<>();

    Eraser(Journal journal, StoreCodec codec, Set<String> ids, BiPredicate<String, Long> current) {
        this.journal = journal;
        this.codec = codec;
        this.reader = new FactReader(codec);
        this.ids = ids;
        this.mentions = new Mentions(ids);
        this.current = current;
    }

    /** {@return those ids of which something was there, erased or not} */
    Set<String> found() {
        return found;
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
        boolean ofTasks = FactReader.mayHoldEntries(bytes, place.offset(), place.end())
                || FactReader.mayCarryTasks(bytes, place.offset(), place.end())
                || FactReader.mayTellProgress(bytes, place.offset(), place.end());
        boolean carries = ofTasks && mentions.anyIn(bytes, place.offset(), place.end())
                || FactReader.mayChangeState(bytes, place.offset(), place.end());
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
                && isMeant(moved.image().how().id())) {
            Payload<LogEntry> last = moved.last();
            return new Fact.Moved(
                    moved.at(),
                    moved.image().with(Blank.of(moved.image().how())),
                    Blank.payload(moved.submission().value()),
                    last == null ? null : blank(last.value()));
        } else if (fact instanceof Fact.Progressed progressed
                && isMeant(progressed.progress().taskId())) {
            Progress told = progressed.progress();
            return new Fact.Progressed(
                    progressed.sequence(), new Progress(told.taskId(), told.fence(), told.fraction(), "", told.at()));
        } else if (fact instanceof Fact.StateChanged changed) {
            return new Fact.StateChanged(
                    changed.version(),
                    changed.changes().stream()
                            .map(change -> current.test(change.key(), changed.version())
                                    ? change
                                    : Change.delete(change.key(), 0))
                            .toList());
        }
        return fact;
    }

    private Fact.Added erased(Fact.Added added) {
        return isMeant(added.how().id())
                ? new Fact.Added(
                        added.sequence(),
                        added.at(),
                        Blank.of(added.how()),
                        Blank.payload(added.submission().value()))
                : added;
    }

    private List<Payload<LogEntry>> erased(List<Payload<LogEntry>> entries) {
        return entries.stream()
                .map(entry -> isMeant(entry.value().taskId()) ? blank(entry.value()) : entry)
                .toList();
    }

    private boolean isMeant(String id) {
        boolean meant = ids.contains(id);
        if (meant) {
            found.add(id);
        }
        return meant;
    }

    private Payload<LogEntry> blank(LogEntry entry) {
        LogEntry blank = Blank.of(entry);
        return new Payload<>(blank, codec.encode(blank));
    }
}
