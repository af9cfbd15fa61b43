package io.victorhub.journal;

import io.victorhub.spi.store.StorageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One file of a journal: its number, the day whose records it holds, and how much of it is written. */
final class Segment {

    /** What this version writes. Raised when an older one could not read what is written. */
    static final int FORMAT = 1;

    private static final Pattern NAME = Pattern.compile("journal-(\\d{8})-(\\d{4}-\\d\\d-\\d\\d)\\.jsonl");
    private static final Pattern HEADER =
            Pattern.compile("\\{\"journal\":\"victor\",\"format\":(\\d{1,9}),\"segment\":(\\d{1,9})\\s*");

    private final int number;
    private final LocalDate day;
    private final Path file;
    private volatile int length; // the file may be longer: zeros lie ahead of what is written

    Segment(Path folder, int number, LocalDate day) {
        this.number = number;
        this.day = day;
        this.file = folder.resolve("journal-%08d-%s.jsonl".formatted(number, day));
    }

    /** {@return the segment that a file of this name is} */
    static Optional<Segment> of(Path folder, String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Segment(folder, Integer.parseInt(matcher.group(1)), LocalDate.parse(matcher.group(2))));
        } catch (DateTimeException e) {
            return Optional.empty(); // not a name that we gave
        }
    }

    int number() {
        return number;
    }

    LocalDate day() {
        return day;
    }

    Path file() {
        return file;
    }

    /** {@return how much of it is written, and may be read} */
    int length() {
        return length;
    }

    void grewTo(int bytes) {
        length = bytes;
    }

    byte[] header() {
        return ("{\"journal\":\"victor\",\"format\":" + FORMAT + ",\"segment\":" + number + "}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return whether this record is a header} It is checked to be of this format. */
    boolean isHeader(byte[] bytes, int start, int end) {
        if (end - start > 100 || end - start < 10 || bytes[start + 2] != 'j') {
            return false;
        }
        Matcher matcher = HEADER.matcher(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
        if (!matcher.matches()) {
            return false;
        }
        int format = Integer.parseInt(matcher.group(1));
        if (format > FORMAT) {
            throw new StorageException("journal " + file + " has format " + format + ", this version of Victor reads "
                    + FORMAT + "; it was written by a newer version, so open it with that one");
        }
        if (format < FORMAT) {
            throw new StorageException("journal " + file + " has format " + format + ", this version of Victor reads "
                    + FORMAT + "; it was written by an older version, so convert it with the tool of that version");
        }
        return true;
    }
}
