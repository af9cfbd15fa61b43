package io.victorhub.store;

import java.util.function.LongPredicate;

/**
 * Finds rows by the hash of their task's id: open addressing with linear probing, the lower halves of sequence numbers,
 * 4 bytes a slot. Two ids may have one hash; whoever asks tells them apart. Guarded by the ledger's lock.
 */
final class IdTable {

    private static final int SMALLEST = 1 << 10;

    private final Rows rows;
    private int[] slots = new int[SMALLEST]; // 0: free; no sequence number has a lower half of 0
    private int size;

    IdTable(Rows rows) {
        this.rows = rows;
    }

    /** So many rows will be added, about; the table is empty. */
    void expect(int number) {
        int length = slots.length;
        while (length / 3 * 2 < number && length < 1 << 30) {
            length *= 2;
        }
        slots = new int[length];
    }

    /** Adds a row that is there. */
    void add(long sequence) {
        if (++size > slots.length / 3 * 2) {
            grow();
        }
        insert(rows.hash(sequence), (int) sequence);
    }

    /** Removes a row that is still there. */
    void remove(long sequence) {
        int mask = slots.length - 1;
        int at = (int) rows.hash(sequence) & mask;
        while (slots[at] != (int) sequence) {
            if (slots[at] == 0) {
                return;
            }
            at = at + 1 & mask;
        }
        size--;
        close(at, mask);
    }

    /** {@return the first row of that hash that is accepted; -1 if there is none} */
    long find(long hash, LongPredicate accepted) {
        int mask = slots.length - 1;
        for (int at = (int) hash & mask; slots[at] != 0; at = at + 1 & mask) {
            long sequence = rows.whole(slots[at]);
            if (rows.hash(sequence) == hash && accepted.test(sequence)) {
                return sequence;
            }
        }
        return -1;
    }

    private void insert(long hash, int lower) {
        int mask = slots.length - 1;
        int at = (int) hash & mask;
        while (slots[at] != 0) {
            at = at + 1 & mask;
        }
        slots[at] = lower;
    }

    /** Moves what stands behind a freed slot into it, so that no search ends too early. */
    private void close(int freed, int mask) {
        int hole = freed;
        for (int at = hole + 1 & mask; slots[at] != 0; at = at + 1 & mask) {
            int home = (int) rows.hash(rows.whole(slots[at])) & mask;
            if ((at - home & mask) >= (at - hole & mask)) {
                slots[hole] = slots[at];
                hole = at;
            }
        }
        slots[hole] = 0;
    }

    private void grow() {
        int[] before = slots;
        slots = new int[before.length * 2];
        for (int lower : before) {
            if (lower != 0) {
                insert(rows.hash(rows.whole(lower)), lower);
            }
        }
    }
}
