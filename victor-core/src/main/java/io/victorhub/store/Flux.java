package io.victorhub.store;

/**
 * The names that changes under way are about, as hashes; a hash may be in it more than once. Two names of one hash wait for
 * each other, which costs time and nothing else. Guarded by the ledger's lock.
 */
final class Flux {

    private long[] slots = new long[64]; // 0: free
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    boolean hasAny(long[] names) {
        if (size > 0) {
            for (long name : names) {
                if (has(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    void add(long[] names) {
        for (long name : names) {
            if (++size > slots.length / 2) {
                grow();
            }
            insert(stored(name));
        }
    }

    void remove(long[] names) {
        for (long name : names) {
            remove(stored(name));
        }
    }

    private boolean has(long name) {
        long stored = stored(name);
        for (int at = home(stored); slots[at] != 0; at = next(at)) {
            if (slots[at] == stored) {
                return true;
            }
        }
        return false;
    }

    private void remove(long stored) {
        int at = home(stored);
        while (slots[at] != stored) {
            if (slots[at] == 0) {
                throw new IllegalStateException("a name is not in flux");
            }
            at = next(at);
        }
        size--;
        int hole = at;
        for (int later = next(hole); slots[later] != 0; later = next(later)) {
            int mask = slots.length - 1;
            if ((later - home(slots[later]) & mask) >= (later - hole & mask)) {
                slots[hole] = slots[later];
                hole = later;
            }
        }
        slots[hole] = 0;
    }

    private void insert(long stored) {
        int at = home(stored);
        while (slots[at] != 0) {
            at = next(at);
        }
        slots[at] = stored;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[before.length * 2];
        for (long stored : before) {
            if (stored != 0) {
                insert(stored);
            }
        }
    }

    private int home(long stored) {
        return (int) stored & slots.length - 1;
    }

    private int next(int at) {
        return at + 1 & slots.length - 1;
    }

    private static long stored(long name) {
        return name == 0 ? 1 : name;
    }
}
