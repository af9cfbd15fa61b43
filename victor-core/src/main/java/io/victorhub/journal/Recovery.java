package io.victorhub.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one segment from its beginning, and mends what a crash or a bad disk left of it. */
final class Recovery {

    private record Region(int start, int end, int recordsBefore) {}

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private final Path file;
    private final int number;
    private final byte[] bytes;
    private final boolean last;
    private final List<Region> damaged = new ArrayList<>();
    private int records;

    private Recovery(Path file, int number, byte[] bytes, boolean last) {
        this.file = file;
        this.number = number;
        this.bytes = bytes;
        this.last = last;
    }

    /** {@return how long the segment is afterwards; 0 if nothing of it was ever complete} */
    static int run(Path file, int number, boolean last, int from, Journal.Visitor visitor) throws IOException {
        Recovery recovery = new Recovery(file, number, Files.readAllBytes(file), last);
        recovery.scan(from, visitor);
        return recovery.mend();
    }

    private void scan(int from, Journal.Visitor visitor) {
        int start = 0;
        while (start < bytes.length) {
            int end = lineEnd(start);
            int body = Line.body(bytes, start, end);
            if (body >= 0) {
                if (!Segment.isHeader(file, bytes, start, body)) {
                    if (start >= from) {
                        visitor.visit(number, start, bytes, start, body);
                    }
                    records++;
                }
            } else if (!isBlank(start, end)) {
                addDamage(start, end);
            }
            start = end;
        }
    }

    private int lineEnd(int start) {
        for (int i = start; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return bytes.length;
    }

    private boolean isBlank(int start, int end) {
        for (int i = start; i < end - 1; i++) {
            if (bytes[i] != ' ') {
                return false;
            }
        }
        return bytes[end - 1] == '\n';
    }

    private void addDamage(int start, int end) {
        int size = damaged.size();
        if (size > 0 && damaged.get(size - 1).end() == start) {
            Region before = damaged.get(size - 1);
            damaged.set(size - 1, new Region(before.start(), end, before.recordsBefore()));
        } else {
            damaged.add(new Region(start, end, records));
        }
    }

    private int mend() throws IOException {
        int length = bytes.length;
        if (last && !damaged.isEmpty()) {
            Region tail = damaged.get(damaged.size() - 1);
            if (tail.end() == bytes.length) {
                damaged.remove(damaged.size() - 1);
                cutTail(tail);
                length = tail.start();
            }
        }
        if (!damaged.isEmpty()) {
            blank(length);
        }
        return length;
    }

    private void cutTail(Region tail) throws IOException {
        boolean oneLine = lineEnd(tail.start()) == tail.end() && bytes[tail.end() - 1] != '\n';
        Path aside = setAside(oneLine ? "torn" : "damaged", tail);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(tail.start());
            out.getFD().sync();
        }
        if (!oneLine) {
            log.warn(
                    "journal {} is damaged at byte {} and to its end: the {} records before it were restored, {} bytes are set aside in {}; check the disk, unless the power failed while they were written",
                    file,
                    tail.start(),
                    tail.recordsBefore(),
                    tail.end() - tail.start(),
                    aside.getFileName());
            return;
        }
        log.warn(
                "journal {} ended in an incomplete record at byte {}: a process died while it wrote it; its {} bytes are set aside in {}, nothing that was acknowledged was in it",
                file,
                tail.start(),
                tail.end() - tail.start(),
                aside.getFileName());
    }

    /** Blanks of the same length, so that the places of all others stay. */
    private void blank(int length) throws IOException {
        byte[] mended = Arrays.copyOf(bytes, length);
        for (Region region : damaged) {
            Path aside = setAside("damaged", region);
            Arrays.fill(mended, region.start(), region.end() - 1, (byte) ' ');
            mended[region.end() - 1] = '\n';
            log.warn(
                    "journal {} is damaged at byte {}: the {} records before it and the {} behind it were restored, {} bytes are set aside in {}; check the disk",
                    file,
                    region.start(),
                    region.recordsBefore(),
                    records - region.recordsBefore(),
                    region.end() - region.start(),
                    aside.getFileName());
        }
        AtomicFiles.write(file, mended);
    }

    private Path setAside(String what, Region region) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + "." + what + "-" + region.start());
        AtomicFiles.write(aside, Arrays.copyOfRange(bytes, region.start(), region.end()));
        return aside;
    }
}
