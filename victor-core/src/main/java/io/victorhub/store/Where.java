package io.victorhub.store;

import io.victorhub.journal.Place;

/**
 * Where a submission or a log entry can be had again, in one number: segment, offset of the record, and which submission
 * or which entry of that record. Numbers of later records are greater. The memory store counts instead.
 */
final class Where {

    static final long NOWHERE = -1;

    private static final int INDEX_BITS = 14; // an attempt may hand in 10,000 follow-ups
    private static final int OFFSET_BITS = 29; // a segment of 32 MB and one last batch of 256 MB
    private static final int SEGMENT_BITS = 63 - INDEX_BITS - OFFSET_BITS;

    private Where() {}

    static long of(int segment, int offset, int index) {
        if (segment >>> SEGMENT_BITS != 0 || offset >>> OFFSET_BITS != 0 || index >>> INDEX_BITS != 0) {
            throw new IllegalStateException("place " + segment + ":" + offset + ":" + index + " cannot be told");
        }
        return ((long) segment << OFFSET_BITS | offset) << INDEX_BITS | index;
    }

    static long of(Place place, int index) {
        return of(place.segment(), place.offset(), index);
    }

    static int segment(long where) {
        return (int) (where >>> INDEX_BITS + OFFSET_BITS);
    }

    static int offset(long where) {
        return (int) (where >>> INDEX_BITS) & (1 << OFFSET_BITS) - 1;
    }

    static int index(long where) {
        return (int) where & (1 << INDEX_BITS) - 1;
    }
}
