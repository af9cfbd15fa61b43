package io.victorhub.json;

import java.time.Instant;
import java.util.Arrays;

/** Bytes of JSON that are put together by hand, where a generator would cost more than what it writes. One thread. */
public final class JsonBytes {

    private byte[] bytes;
    private int length;

    /** Creates one with room for {@code capacity} bytes; it grows. */
    public JsonBytes(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** {@return the bytes, of which {@link #length()} count; they are written over later} */
    public byte[] array() {
        return bytes;
    }

    /** {@return how many there are} */
    public int length() {
        return length;
    }

    /** Takes back all but the first {@code count}. */
    public JsonBytes truncate(int count) {
        length = count;
        return this;
    }

    /** {@return a copy of what was put together} */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Adds ASCII as it is. */
    public JsonBytes raw(String ascii) {
        int count = ascii.length();
        room(count);
        for (int i = 0; i < count; i++) {
            bytes[length + i] = (byte) ascii.charAt(i);
        }
        length += count;
        return this;
    }

    /** Adds bytes as they are. */
    public JsonBytes raw(byte[] piece) {
        return raw(piece, 0, piece.length);
    }

    /** Adds bytes as they are. */
    public JsonBytes raw(byte[] from, int start, int count) {
        room(count);
        System.arraycopy(from, start, bytes, length, count);
        length += count;
        return this;
    }

    /** Adds a whole number. */
    public JsonBytes number(long value) {
        if (value < 0) {
            return raw(Long.toString(value));
        }
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        room(digits);
        long rest = value;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** Adds a text with its quotes. */
    public JsonBytes text(String value) {
        int count = value.length();
        room(count + 2);
        int at = length;
        bytes[at++] = '"';
        for (int i = 0; i < count; i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return raw(Json.compact(value));
            }
            bytes[at++] = (byte) c;
        }
        bytes[at++] = '"';
        length = at;
        return this;
    }

    /** Adds an instant with its quotes. */
    public JsonBytes instant(Instant value) {
        room(Instants.LONGEST + 2);
        bytes[length] = '"';
        length = Instants.write(value, bytes, length + 1);
        bytes[length++] = '"';
        return this;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
