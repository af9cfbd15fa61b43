package io.victorhub.store.known;

/**
 * Sorts entries, which lie as hash and place by turns, by hash (as an unsigned number) and by place. A heap sort: in
 * place, and no input makes it slow.
 */
final class EntrySort {

    private EntrySort() {}

    static void sort(long[] entries) {
        int count = entries.length / 2;
        for (int i = count / 2 - 1; i >= 0; i--) {
            sink(entries, i, count);
        }
        for (int end = count - 1; end > 0; end--) {
            swap(entries, 0, end);
            sink(entries, 0, end);
        }
    }

    /** {@return below 0, 0 or above 0, as the one entry comes before the other, is it, or comes behind it} */
    static int compare(long hash, long place, long otherHash, long otherPlace) {
        int byHash = Long.compareUnsigned(hash, otherHash);
        return byHash != 0 ? byHash : Long.compare(place, otherPlace);
    }

    private static void sink(long[] entries, int top, int count) {
        int parent = top;
        for (int child = 2 * parent + 1; child < count; child = 2 * parent + 1) {
            if (child + 1 < count && isBelow(entries, child, child + 1)) {
                child++;
            }
            if (!isBelow(entries, parent, child)) {
                return;
            }
            swap(entries, parent, child);
            parent = child;
        }
    }

    private static boolean isBelow(long[] entries, int one, int other) {
        return compare(entries[2 * one], entries[2 * one + 1], entries[2 * other], entries[2 * other + 1]) < 0;
    }

    private static void swap(long[] entries, int one, int other) {
        long hash = entries[2 * one];
        long place = entries[2 * one + 1];
        entries[2 * one] = entries[2 * other];
        entries[2 * one + 1] = entries[2 * other + 1];
        entries[2 * other] = hash;
        entries[2 * other + 1] = place;
    }
}
