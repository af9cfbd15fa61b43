package io.victorhub.store;

import java.util.Arrays;

/**
 * Rows by a key and then by sequence number, the least first: a binary heap of the lower halves of sequence numbers, each
 * row knowing its place in it. Adding and removing cost O(log n). Guarded by the ledger's lock.
 */
final class RankHeap {

    /** The key of a row. */
    interface Key {
        long of(long sequence);
    }

    private static final int SMALLEST = 4;

    private final Rows rows;
    private final Key key;
    private int[] heap = new int[SMALLEST];
    private int size;

    RankHeap(Rows rows, Key key) {
        this.rows = rows;
        this.key = key;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** {@return the sequence number of the first row} */
    long first() {
        return rows.whole(heap[0]);
    }

    void add(long sequence) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size + (size >> 1) + 1);
        }
        up(size++, sequence);
    }

    /** Removes a row, if it is in this heap. */
    void remove(long sequence) {
        int at = rows.heap(sequence);
        if (at < 0 || at >= size || heap[at] != (int) sequence) {
            return;
        }
        rows.heap(sequence, -1);
        long last = rows.whole(heap[--size]);
        if (last != sequence) {
            down(at, last);
            if (rows.heap(last) == at) {
                up(at, last);
            }
        }
        if (size < heap.length / 4 && heap.length > SMALLEST) {
            heap = Arrays.copyOf(heap, Math.max(SMALLEST, heap.length / 2));
        }
    }

    private void up(int from, long sequence) {
        int at = from;
        while (at > 0) {
            int parent = at - 1 >>> 1;
            long above = rows.whole(heap[parent]);
            if (!isBefore(sequence, above)) {
                break;
            }
            set(at, above);
            at = parent;
        }
        set(at, sequence);
    }

    private void down(int from, long sequence) {
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            long below = rows.whole(heap[child]);
            if (child + 1 < size && isBefore(rows.whole(heap[child + 1]), below)) {
                below = rows.whole(heap[++child]);
            }
            if (!isBefore(below, sequence)) {
                break;
            }
            set(at, below);
            at = child;
        }
        set(at, sequence);
    }

    private void set(int at, long sequence) {
        heap[at] = (int) sequence;
        rows.heap(sequence, at);
    }

    private boolean isBefore(long one, long other) {
        long a = key.of(one);
        long b = key.of(other);
        return a < b || a == b && one < other;
    }
}
