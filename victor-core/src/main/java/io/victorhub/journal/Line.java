package io.victorhub.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A record as a line: a JSON object whose last member, {@code crc}, is the CRC32C of all bytes before that member, in
 * eight hexadecimal digits.
 */
final class Line {

    private static final byte[] MEMBER = ",\"crc\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 8;
    private static final int TRAILER = MEMBER.length + DIGITS + 3; // and "}\n

    private Line() {}

    /** {@return the line of a JSON object with at least one member, with its line break} */
    static byte[] seal(byte[] object) {
        return seal(object, object.length - 1 + TRAILER);
    }

    /** {@return the same in exactly {@code length} bytes, filled with blanks} */
    static byte[] seal(byte[] object, int length) {
        byte[] line = new byte[length];
        Arrays.fill(line, (byte) ' ');
        System.arraycopy(object, 0, line, 0, object.length - 1);
        int body = length - TRAILER;
        System.arraycopy(MEMBER, 0, line, body, MEMBER.length);
        byte[] digits = hex(crc(line, 0, body));
        System.arraycopy(digits, 0, line, body + MEMBER.length, DIGITS);
        line[length - 3] = '"';
        line[length - 2] = '}';
        line[length - 1] = '\n';
        return line;
    }

    /** {@return the object without its checksum; empty if the line, with its line break, is not whole} */
    static Optional<byte[]> open(byte[] bytes, int start, int end) {
        int body = end - start - TRAILER;
        if (body < 2 || bytes[end - 1] != '\n' || bytes[end - 2] != '}' || bytes[end - 3] != '"') {
            return Optional.empty();
        }
        int member = start + body;
        if (!Arrays.equals(bytes, member, member + MEMBER.length, MEMBER, 0, MEMBER.length)
                || !Arrays.equals(
                        bytes,
                        member + MEMBER.length,
                        member + MEMBER.length + DIGITS,
                        hex(crc(bytes, start, body)),
                        0,
                        DIGITS)) {
            return Optional.empty();
        }
        byte[] object = Arrays.copyOfRange(bytes, start, member + 1);
        object[body] = '}';
        return Optional.of(object);
    }

    private static int crc(byte[] bytes, int start, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, length);
        return (int) crc.getValue();
    }

    private static byte[] hex(int value) {
        byte[] digits = new byte[DIGITS];
        for (int i = 0; i < DIGITS; i++) {
            digits[i] = (byte) Character.forDigit(value >>> (28 - 4 * i) & 15, 16);
        }
        return digits;
    }
}
