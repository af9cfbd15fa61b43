package io.victorhub.journal;

import io.victorhub.spi.store.StorageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names and the first lines of segment files. */
final class Segment {

    /** What this version writes. Raised when an older one could not read what is written. */
    static final int FORMAT = 1;

    private static final Pattern NAME = Pattern.compile("journal-(\\d{8})\\.jsonl");
    private static final Pattern HEADER =
            Pattern.compile("\\{\"journal\":\"victor\",\"format\":(\\d{1,9}),\"segment\":(\\d{1,9})\\s*");

    private Segment() {}

    static Path file(Path folder, int number) {
        return folder.resolve("journal-%08d.jsonl".formatted(number));
    }

    static Optional<Integer> number(Path file) {
        Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    static byte[] header(int number) {
        return ("{\"journal\":\"victor\",\"format\":" + FORMAT + ",\"segment\":" + number + "}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return whether this record is a header} It is checked to be of this format. */
    static boolean isHeader(Path file, byte[] bytes, int start, int end) {
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
