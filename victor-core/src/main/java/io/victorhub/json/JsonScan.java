package io.victorhub.json;

import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/**
 * Reads JSON that this library put together with {@link JsonBytes}, member by member in the order it was written, without
 * making anything that is not asked for. One thread.
 */
public final class JsonScan {

    private byte[] bytes = new byte[0];
    private int at;
    private int end;

    /** Creates one; {@link #over} says what it reads. */
    public JsonScan() {}

    /** Reads these bytes from now on. */
    public JsonScan over(byte[] from, int start, int until) {
        this.bytes = from;
        this.at = start;
        this.end = until;
        return this;
    }

    /** {@return where it stands} */
    public int at() {
        return at;
    }

    /** {@return whether {@code ascii} comes next} It is passed over then. */
    public boolean skip(String ascii) {
        int count = ascii.length();
        if (end - at < count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (bytes[at + i] != ascii.charAt(i)) {
                return false;
            }
        }
        at += count;
        return true;
    }

    /**
     * Passes over {@code ascii}.
     *
     * @throws StorageException if something else comes next
     */
    public JsonScan expect(String ascii) {
        if (!skip(ascii)) {
            throw new StorageException("a record is not as this version writes it: " + ascii + " is missing");
        }
        return this;
    }

    /** {@return the whole number that comes next} */
    public long number() {
        boolean negative = at < end && bytes[at] == '-';
        at += negative ? 1 : 0;
        int first = at;
        long value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + bytes[at++] - '0';
        }
        if (at == first || at - first > 19) {
            throw new StorageException("a record is not as this version writes it: a number is missing");
        }
        return negative ? -value : value;
    }

    /** {@return the text that comes next, with its quotes} */
    public String text() {
        int start = at;
        boolean plain = passText();
        if (plain) {
            return new String(bytes, start + 1, at - start - 2, StandardCharsets.UTF_8);
        }
        return escaped(start);
    }

    /** {@return the instant that comes next, with its quotes} */
    public Instant instant() {
        int start = at;
        passText();
        try {
            return Instants.parse(bytes, start + 1, at - 1);
        } catch (DateTimeException e) {
            throw new StorageException("a record is not as this version writes it: an instant cannot be read", e);
        }
    }

    /** Passes over the text that comes next; {@return whether its bytes are what it says, without escapes} */
    public boolean passText() {
        if (at >= end || bytes[at] != '"') {
            throw new StorageException("a record is not as this version writes it: a text is missing");
        }
        boolean plain = true;
        for (at++; at < end; at++) {
            if (bytes[at] == '"') {
                at++;
                return plain;
            } else if (bytes[at] == '\\') {
                plain = false;
                at++;
            }
        }
        throw new StorageException("a record is not as this version writes it: a text does not end");
    }

    /** Passes over the value that comes next, whatever it is; {@return its bytes} */
    public byte[] value() {
        int start = at;
        passValue();
        return Arrays.copyOfRange(bytes, start, at);
    }

    /** Passes over the value that comes next. */
    public void passValue() {
        int depth = 0;
        do {
            byte next = at < end ? bytes[at] : 0;
            if (next == '"') {
                passText();
            } else if (next == '{' || next == '[') {
                depth++;
                at++;
            } else if (next == '}' || next == ']') {
                depth--;
                at++;
            } else if (next == 0) {
                throw new StorageException("a record is not as this version writes it: a value does not end");
            } else if (depth > 0) {
                at++;
            } else {
                passPlain();
            }
        } while (depth > 0);
    }

    private void passPlain() {
        while (at < end && bytes[at] != ',' && bytes[at] != '}' && bytes[at] != ']') {
            at++;
        }
    }

    private String escaped(int start) {
        try {
            return String.valueOf(Json.parseOwn(Arrays.copyOfRange(bytes, start, at)));
        } catch (IOException e) {
            throw new StorageException("a text of a record cannot be read: " + e.getMessage(), e);
        }
    }
}
