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
    static final int TRAILER = MEMBER.length + DIGITS + 3; // and "}\n

    private Line() {}

    /** {@return the line of a JSON object with at least one member, with its line break} */
    static byte[] seal(byte[] object) {
        return seal(object, object.length - 1 + TRAILER);
    }

    /** Seals what stands from {@code start} on: an object without its closing brace, whose line ends at {@code end}. */
    static void seal(byte[] bytes, int start, int end) {
        int body = end - TRAILER;
        System.arraycopy(MEMBER, 0, bytes, body, MEMBER.length);
        putHex(crc(bytes, start, body - start), bytes, body + MEMBER.length);
        bytes[end - 3] = '"';
        bytes[end - 2] = '}';
        bytes[end - 1] = '\n';
    }

    /** {@return the same in exactly {@code length} bytes, filled with blanks} */
    static byte[] seal(byte[] object, int length) {
        byte[] line = new byte[length];
        Arrays.fill(line, (byte) ' ');
        System.arraycopy(object, 0, line, 0, object.length - 1);
        seal(line, 0, length);
        return line;
    }

    /** {@return where the checksum's member begins; -1 if the line, with its line break, is not whole} */
    static int body(byte[] bytes, int start, int end) {
        int member = end - TRAILER;
        if (member < start + 2 || bytes[end - 1] != '\n' || bytes[end - 2] != '}' || bytes[end - 3] != '"') {
            return -1;
        }
        boolean sealed = Arrays.equals(bytes, member, member + MEMBER.length, MEMBER, 0, MEMBER.length)
                && isHex(crc(bytes, start, member - start), bytes, member + MEMBER.length);
        return sealed ? member : -1;
    }

    /** {@return the object without its checksum; empty if the line, with its line break, is not whole} */
    static Optional<byte[]> open(byte[] bytes, int start, int end) {
        int member = body(bytes, start, end);
        return member < 0 ? Optional.empty() : Optional.of(object(bytes, start, member));
    }

    /** {@return a copy of the object whose checksum's member begins at {@code member}} */
    static byte[] object(byte[] bytes, int start, int member) {
        byte[] object = Arrays.copyOfRange(bytes, start, member + 1);
        object[member - start] = '}';
        return object;
    }

    private static int crc(byte[] bytes, int start, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, length);
        return (int) crc.getValue();
    }

    private static void putHex(int value, byte[] bytes, int at) {
        for (int i = 0; i < DIGITS; i++) {
            bytes[at + i] = digit(value, i);
        }
    }

    private static boolean isHex(int value, byte[] bytes, int at) {
        for (int i = 0; i < DIGITS; i++) {
            if (bytes[at + i] != digit(value, i)) {
                return false;
            }
        }
        return true;
    }

    private static byte digit(int value, int index) {
        int digit = value >>> (28 - 4 * index) & 15;
        return (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
    }
}
