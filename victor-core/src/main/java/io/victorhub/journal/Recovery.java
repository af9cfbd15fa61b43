package io.victorhub.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one segment, and mends what a crash or a bad disk left of it. */
final class Recovery {

    /** A damaged range, in the segment. */
    private record Region(int start, int end, int recordsBefore) {}

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private static final Pattern SET_ASIDE = Pattern.compile("journal-.*\\.jsonl\\.(torn|damaged)-\\d+");

    private final JournalFiles files;
    private final Segment segment;
    private final int base; // where bytes begin in the segment
    private final byte[] bytes;
    private final int end; // of what is in bytes, without the zeros that lie ahead
    private final List<Region> damaged = new ArrayList<>();
    private int records;

    private Recovery(JournalFiles files, Segment segment, int base, byte[] bytes) {
        this.files = files;
        this.segment = segment;
        this.base = base;
        this.bytes = bytes;
        this.end = LineScan.zerosAtEnd(bytes, 0, bytes.length);
    }

    /** Reads a segment from a place on, where a line begins. */
    static Recovery read(JournalFiles files, Segment segment, int from, Journal.Visitor visitor) throws IOException {
        Recovery recovery = new Recovery(files, segment, from, bytes(files, segment, from));
        recovery.scan(visitor);
        return recovery;
    }

    /**
     * Takes a segment as it is, and sets its length.
     *
     * @return false if it does not end as one should
     */
    static boolean skip(JournalFiles files, Segment segment) throws IOException {
        byte[] tail = new byte[1 << 16];
        try (JournalFiles.OpenFile file = files.open(segment.file(), false)) {
            int size;
            for (long end = file.length(); end > 0; end -= size) {
                size = (int) Math.min(tail.length, end);
                int length = LineScan.zerosAtEnd(tail, 0, file.read(tail, 0, size, end - size));
                if (length > 0) {
                    segment.grewTo(Math.toIntExact(end - size + length));
                    return tail[length - 1] == '\n';
                }
            }
        }
        return false;
    }

    private static byte[] bytes(JournalFiles files, Segment segment, int from) throws IOException {
        try (JournalFiles.OpenFile file = files.open(segment.file(), false)) {
            byte[] bytes = new byte[Math.toIntExact(file.length() - from)];
            int read = file.read(bytes, 0, bytes.length, from);
            return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
        }
    }

    /** {@return whether a file of that name holds what was cut or blanked out of a segment} */
    static boolean isSetAside(String name) {
        return SET_ASIDE.matcher(name).matches();
    }

    private void scan(Journal.Visitor visitor) {
        int start = 0;
        while (start < end) {
            int lineEnd = lineEnd(start);
            int body = Line.body(bytes, start, lineEnd);
            if (body >= 0) {
                if (!segment.isHeader(bytes, start, body)) {
                    visitor.visit(segment.number(), base + start, bytes, start, body);
                    records++;
                }
            } else if (!isBlank(start, lineEnd)) {
                addDamage(base + start, base + lineEnd);
            }
            start = lineEnd;
        }
    }

    private int lineEnd(int start) {
        int found = LineScan.lineEnd(bytes, start, end);
        return found < 0 ? end : found;
    }

    private boolean isBlank(int start, int lineEnd) {
        for (int i = start; i < lineEnd - 1; i++) {
            if (bytes[i] != ' ') {
                return false;
            }
        }
        return bytes[lineEnd - 1] == '\n';
    }

    private void addDamage(int start, int regionEnd) {
        int size = damaged.size();
        if (size > 0 && damaged.get(size - 1).end() == start) {
            Region before = damaged.get(size - 1);
            damaged.set(size - 1, new Region(before.start(), regionEnd, before.recordsBefore()));
        } else {
            damaged.add(new Region(start, regionEnd, records));
        }
    }

    /**
     * Mends it, and sets its length: 0 if nothing of it was ever complete. May be tried again.
     *
     * @param last whether it is the last segment, which a dying process may have left incomplete
     */
    void mend(boolean last) throws IOException {
        int length = base + end;
        List<Region> inside = damaged;
        if (last && !damaged.isEmpty()) {
            Region tail = damaged.get(damaged.size() - 1);
            if (tail.end() == length) {
                inside = damaged.subList(0, damaged.size() - 1);
                length = tail.start();
                cutTail(tail);
            }
        }
        if (!inside.isEmpty()) {
            blank(inside, length);
        }
        segment.grewTo(length);
    }

    /** {@return what was found} */
    JournalCheck.CheckedFile checked(boolean last) {
        List<JournalCheck.Damage> found = new ArrayList<>();
        for (Region region : damaged) {
            boolean torn = last && region.end() == base + end && isOneLine(region);
            found.add(new JournalCheck.Damage(
                    region.start(), region.end() - region.start(), region.recordsBefore(), torn));
        }
        return new JournalCheck.CheckedFile(
                segment.file(), segment.number(), segment.day(), base + end, records, found);
    }

    private boolean isOneLine(Region tail) {
        return lineEnd(tail.start() - base) == end && bytes[end - 1] != '\n';
    }

    private void cutTail(Region tail) throws IOException {
        boolean oneLine = isOneLine(tail);
        Path aside = setAside(oneLine ? "torn" : "damaged", tail);
        try (JournalFiles.OpenFile out = files.open(segment.file(), true)) {
            out.truncate(tail.start());
            out.force();
        }
        if (!oneLine) {
            log.warn(
                    "journal {} is damaged at byte {} and to its end: the {} records before it were restored, {} bytes are set aside in {}; check the disk, unless the power failed while they were written",
                    segment.file(),
                    tail.start(),
                    tail.recordsBefore(),
                    tail.end() - tail.start(),
                    aside.getFileName());
            return;
        }
        log.warn(
                "journal {} ended in an incomplete record at byte {}: a process died while it wrote it; its {} bytes are set aside in {}, nothing that was acknowledged was in it",
                segment.file(),
                tail.start(),
                tail.end() - tail.start(),
                aside.getFileName());
    }

    /** Blanks of the same length, so that the places of all others stay. */
    private void blank(List<Region> inside, int length) throws IOException {
        byte[] mended = Arrays.copyOf(base == 0 ? bytes : bytes(files, segment, 0), length);
        for (Region region : inside) {
            Path aside = setAside("damaged", region);
            Arrays.fill(mended, region.start(), region.end() - 1, (byte) ' ');
            mended[region.end() - 1] = '\n';
            log.warn(
                    "journal {} is damaged at byte {}: the {} records before it and the {} behind it were restored, {} bytes are set aside in {}; check the disk",
                    segment.file(),
                    region.start(),
                    region.recordsBefore(),
                    records - region.recordsBefore(),
                    region.end() - region.start(),
                    aside.getFileName());
        }
        AtomicFiles.write(files, segment.file(), mended);
    }

    private Path setAside(String what, Region region) throws IOException {
        Path aside = segment.file().resolveSibling(segment.file().getFileName() + "." + what + "-" + region.start());
        AtomicFiles.write(files, aside, Arrays.copyOfRange(bytes, region.start() - base, region.end() - base));
        return aside;
    }
}
