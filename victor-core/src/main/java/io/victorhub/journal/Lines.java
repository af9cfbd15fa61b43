package io.victorhub.journal;

import java.util.Arrays;

/** Records that are handed in at once, each sealed as a line with its checksum. For one thread. */
public final class Lines {

    /** How much longer a line is than its object without the closing brace. */
    public static final int SEAL_BYTES = Line.TRAILER;

    private byte[] bytes;
    private int[] ends;
    private int count;
    private int length;

    /** Room for about so many bytes; it grows. */
    public Lines(int bytes) {
        this.bytes = new byte[bytes];
        this.ends = new int[4];
    }

    /** Adds a JSON object with at least one member, whose bytes are copied. */
    public Lines add(byte[] buffer, int start, int objectLength) {
        int lineLength = objectLength - 1 + SEAL_BYTES;
        int end = Math.addExact(length, lineLength);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        System.arraycopy(buffer, start, bytes, length, objectLength - 1);
        Line.seal(bytes, length, end);
        length = end;
        ends[count++] = end;
        return this;
    }

    /** Adds a JSON object with at least one member. */
    public Lines add(byte[] object) {
        return add(object, 0, object.length);
    }

    /** {@return how many records there are} */
    public int count() {
        return count;
    }

    /** {@return how many bytes their lines are} */
    public int bytes() {
        return length;
    }

    byte[] buffer() {
        return bytes;
    }

    int[] ends() {
        return ends;
    }
}
