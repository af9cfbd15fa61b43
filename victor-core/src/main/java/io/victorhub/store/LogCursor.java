package io.victorhub.store;

import io.victorhub.spi.store.Position;

/**
 * A place in the log of a journal: behind the first {@code entries} entries of the record at {@code offset}.
 *
 * @param segment the segment
 * @param offset the record
 * @param entries how many of its entries are behind
 */
record LogCursor(int segment, int offset, int entries) implements Comparable<LogCursor> {

    static LogCursor of(String position) {
        String[] parts = position.split(":", -1);
        if (parts.length == 3) {
            try {
                LogCursor cursor = new LogCursor(
                        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
                if (cursor.segment >= 0 && cursor.offset >= 0 && cursor.entries >= 0) {
                    return cursor;
                }
            } catch (NumberFormatException e) {
                // told below
            }
        }
        throw new IllegalArgumentException("'" + position + "' is no position of this log");
    }

    Position position() {
        return new Position(segment + ":" + offset + ":" + entries);
    }

    @Override
    public int compareTo(LogCursor other) {
        int bySegment = Integer.compare(segment, other.segment);
        int byOffset = bySegment != 0 ? bySegment : Integer.compare(offset, other.offset);
        return byOffset != 0 ? byOffset : Integer.compare(entries, other.entries);
    }
}
