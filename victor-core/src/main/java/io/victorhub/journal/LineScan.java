package io.victorhub.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds ends in bytes, eight at a time. */
final class LineScan {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long BREAKS = ONES * '\n';

    private LineScan() {}

    /** {@return the offset behind the first line break in a range; -1 if there is none} */
    static int lineEnd(byte[] bytes, int start, int end) {
        int at = start;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long zeroWhereBreak = (long) LONG.get(bytes, at) ^ BREAKS;
            long found = (zeroWhereBreak - ONES) & ~zeroWhereBreak & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3) + 1;
            }
        }
        for (; at < end; at++) {
            if (bytes[at] == '\n') {
                return at + 1;
            }
        }
        return -1;
    }

    /** {@return where the zeros begin that reach to the end of a range; its end if there are none} */
    static int zerosAtEnd(byte[] bytes, int start, int end) {
        int at = end;
        while (at - Long.BYTES >= start && (long) LONG.get(bytes, at - Long.BYTES) == 0) {
            at -= Long.BYTES;
        }
        while (at > start && bytes[at - 1] == 0) {
            at--;
        }
        return at;
    }
}
