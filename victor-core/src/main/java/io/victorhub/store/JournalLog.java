package io.victorhub.store;

import io.victorhub.journal.Journal;
import io.victorhub.journal.Lines;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.LogPart;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.StoreCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Reads the log from the segments of a journal, up to where it may be seen. Readers block nobody. */
final class JournalLog {

    private static final int CHUNK_BYTES = 1 << 18;

    /** Large entries make small pages: whoever reads them has them all in memory. */
    private static final int PAGE_BYTES = 4 << 20;

    private final Journal journal;
    private final StoreCodec codec;
    private final LogTail tail = new LogTail();
    private final PartCounts counts;
    private volatile LogCursor start = new LogCursor(0, 0, 0);
    private volatile LogCursor end = start;
    private volatile Passed passed = new Passed(start, start);

    /** Between these two there is no entry: whoever asks again need not go through all that was queued in between. */
    private record Passed(LogCursor from, LogCursor to) {}

    JournalLog(Journal journal, StoreCodec codec, PartCounts counts) {
        this.counts = counts;
        this.journal = journal;
        this.codec = codec;
    }

    LogCursor start() {
        return start;
    }

    void showUntil(LogCursor cursor) {
        if (cursor.compareTo(end) > 0) {
            end = cursor;
        }
    }

    void hideBefore(LogCursor cursor) {
        if (cursor.compareTo(start) > 0) {
            start = cursor;
        }
    }

    /** The entries of a record that may be seen from now on. */
    void show(List<Payload<LogEntry>> entries, int segment, int offset, int behind) {
        LogCursor before = end.segment() == segment && end.offset() <= offset ? end : new LogCursor(segment, 0, 0);
        for (int i = 0; i < entries.size(); i++) {
            LogCursor after =
                    i + 1 == entries.size() ? new LogCursor(segment, behind, 0) : new LogCursor(segment, offset, i + 1);
            Payload<LogEntry> entry = entries.get(i);
            tail.add(before, after, new LogPage.Logged(after.position(), entry.value()), entry.json().length);
            before = after;
        }
        showUntil(new LogCursor(segment, behind, 0));
    }

    /** {@return the segments, each a part} */
    List<LogPart> parts() {
        List<LogPart> parts = new ArrayList<>();
        SortedSet<Integer> segments = journal.segments();
        for (int segment : segments) {
            SortedSet<Integer> later = segments.tailSet(segment + 1);
            Position end = later.isEmpty() ? this.end.position() : new LogCursor(later.first(), 0, 0).position();
            parts.add(new LogPart(end, journal.day(segment), counts.get(segment).entries(), journal.length(segment)));
        }
        return parts;
    }

    /** Entries were changed where they are. */
    void changed() {
        tail.clear();
    }

    LogPage read(Position after, int max) {
        LogCursor until = end;
        LogCursor cursor = after.equals(Position.START) ? start : LogCursor.of(after.text());
        LogCursor first = start;
        Optional<List<LogPage.Logged>> latest = cursor.compareTo(first) < 0 ? Optional.empty() : tail.read(cursor, max);
        if (latest.isPresent() && !latest.get().isEmpty()) {
            return page(after, latest.get());
        }
        Passed empty = passed;
        if (empty.from().equals(cursor) && cursor.compareTo(first) >= 0) {
            cursor = empty.to();
            Optional<List<LogPage.Logged>> behind = tail.readFromBetween(cursor, max);
            if (behind.isPresent() && !behind.get().isEmpty()) {
                return page(after, behind.get());
            }
        } else if (cursor.compareTo(until) > 0
                        && cursor.offset() > 0 // else it is where a file begins that has no entry yet
                || cursor.compareTo(first) > 0 && !cursor.equals(until) && !wasGiven(cursor)) {
            throw new IllegalArgumentException("'" + after.text() + "' is no position of this log");
        }
        LogCursor asked = after.equals(Position.START) ? first : LogCursor.of(after.text());
        cursor = cursor.compareTo(first) < 0 ? first : cursor;
        List<LogPage.Logged> page = new ArrayList<>();
        FactReader reader = new FactReader(codec);
        long read = 0;
        while (page.size() < max && cursor.compareTo(until) < 0 && (page.isEmpty() || read < PAGE_BYTES)) {
            LogCursor next = readChunk(cursor, until, max, page, reader);
            if (next.equals(cursor)) {
                break;
            }
            read += next.segment() == cursor.segment() ? next.offset() - cursor.offset() : 0;
            cursor = next;
        }
        if (page.isEmpty() && cursor.compareTo(asked) > 0) {
            passed = new Passed(asked, cursor);
        }
        return page(after, page);
    }

    private static LogPage page(Position after, List<LogPage.Logged> entries) {
        return new LogPage(
                entries,
                entries.isEmpty() ? after : entries.get(entries.size() - 1).position());
    }

    /** {@return whether it stands behind a record, or within one that has more entries} Blanks are where damage was. */
    private boolean wasGiven(LogCursor cursor) {
        int segment = cursor.segment();
        if (cursor.offset() == 0) {
            return cursor.entries() == 0 && journal.segments().contains(segment); // between two files
        }
        if (!journal.segments().contains(segment)
                || cursor.offset() > journal.length(segment)
                || !isGap(journal.bytes(segment, cursor.offset() - 1, 1)[0])) {
            return false;
        }
        if (cursor.entries() == 0) {
            return true;
        }
        byte[] chunk = chunk(cursor, journal.length(segment));
        int end = 0;
        while (end < chunk.length && chunk[end] != '\n') {
            end++;
        }
        return end < chunk.length
                && (isGap(chunk[0])
                        || FactReader.mayHoldEntries(chunk, 0, end + 1)
                                && Journal.record(chunk, 0, end + 1)
                                        .filter(record ->
                                                entries(new FactReader(codec).outline(record, 0, record.length))
                                                                .size()
                                                        > cursor.entries())
                                        .isPresent());
    }

    static List<Payload<LogEntry>> entries(Fact fact) {
        if (fact instanceof Fact.Ended ended) {
            return ended.entries();
        }
        return fact instanceof Fact.Logged logged ? logged.entries() : List.of();
    }

    private static boolean isGap(byte one) {
        return one == '\n' || one == ' ';
    }

    /** Adds entries of one chunk of a segment; returns where to read on. */
    private LogCursor readChunk(
            LogCursor from, LogCursor until, int max, List<LogPage.Logged> page, FactReader reader) {
        SortedSet<Integer> segments = journal.segments();
        if (!segments.contains(from.segment())) {
            SortedSet<Integer> later = segments.tailSet(from.segment());
            return later.isEmpty() ? from : new LogCursor(later.first(), 0, 0);
        }
        int length = from.segment() == until.segment() ? until.offset() : journal.length(from.segment());
        boolean hasNone =
                from.segment() < until.segment() && counts.get(from.segment()).entries() == 0;
        if (hasNone || from.offset() >= length) {
            SortedSet<Integer> later = segments.tailSet(from.segment() + 1);
            return later.isEmpty() || from.segment() >= until.segment() ? from : new LogCursor(later.first(), 0, 0);
        }
        byte[] chunk = chunk(from, length);
        int lineStart = 0;
        LogCursor cursor = from;
        for (int i = 0; i < chunk.length && page.size() < max; i++) {
            if (chunk[i] == '\n') {
                cursor = readLine(cursor, chunk, lineStart, i + 1, max, page, reader);
                lineStart = i + 1;
            }
        }
        return cursor;
    }

    /** From the cursor on: at least one whole line, whatever its length. */
    private byte[] chunk(LogCursor from, int length) {
        for (int size = CHUNK_BYTES; ; size *= 4) {
            int bytes = Math.min(size, length - from.offset());
            byte[] chunk = journal.bytes(from.segment(), from.offset(), bytes);
            if (bytes == length - from.offset() || hasLine(chunk)) {
                return chunk;
            }
        }
    }

    private static boolean hasLine(byte[] chunk) {
        for (byte one : chunk) {
            if (one == '\n') {
                return true;
            }
        }
        return false;
    }

    private static LogCursor readLine(
            LogCursor cursor,
            byte[] chunk,
            int lineStart,
            int lineEnd,
            int max,
            List<LogPage.Logged> page,
            FactReader reader) {
        int next = cursor.offset() + lineEnd - lineStart;
        int objectEnd = lineEnd - Lines.SEAL_BYTES;
        if (objectEnd > lineStart && FactReader.mayHoldEntries(chunk, lineStart, lineEnd)) {
            Optional<byte[]> record = Journal.record(chunk, lineStart, lineEnd);
            List<Payload<LogEntry>> entries = record.map(
                            object -> entries(reader.withEntries(object, 0, object.length)))
                    .orElse(List.of());
            for (int i = cursor.entries(); i < entries.size(); i++) {
                LogCursor behind = i + 1 == entries.size()
                        ? new LogCursor(cursor.segment(), next, 0)
                        : new LogCursor(cursor.segment(), cursor.offset(), i + 1);
                page.add(new LogPage.Logged(behind.position(), entries.get(i).value()));
                if (page.size() == max) {
                    return behind;
                }
            }
        }
        return new LogCursor(cursor.segment(), next, 0);
    }
}
