package io.victorhub.journal;

import java.io.IOException;
import java.util.List;

/** Makes one write of many. Used by one thread at a time; its buffer stays. */
final class Coalescer {

    /** Larger writes gain nothing. */
    private static final int MOST_BYTES = 1 << 20;

    private byte[] buffer = new byte[1 << 16];
    private int filled;

    void write(List<Ticket> tickets, SegmentWriter writer) throws IOException {
        filled = 0;
        int bytes = 0;
        boolean now = false;
        for (Ticket ticket : tickets) {
            bytes += ticket.bytes();
            now |= ticket.force == Force.NOW;
        }
        if (now) {
            writer.prepare(bytes);
        }
        for (Ticket ticket : tickets) {
            add(ticket.lines(), tickets.size() == 1, writer);
        }
        flush(writer);
    }

    private void add(Lines lines, boolean alone, SegmentWriter writer) throws IOException {
        if (alone || lines.bytes() > MOST_BYTES - filled) {
            flush(writer);
        }
        if (alone || lines.bytes() > MOST_BYTES) {
            writer.write(lines.buffer(), lines.bytes());
            return;
        }
        if (filled + lines.bytes() > buffer.length) {
            byte[] larger = new byte[Math.min(MOST_BYTES, Math.max(2 * buffer.length, filled + lines.bytes()))];
            System.arraycopy(buffer, 0, larger, 0, filled);
            buffer = larger;
        }
        System.arraycopy(lines.buffer(), 0, buffer, filled, lines.bytes());
        filled += lines.bytes();
    }

    private void flush(SegmentWriter writer) throws IOException {
        if (filled > 0) {
            writer.write(buffer, filled);
            filled = 0;
        }
    }
}
