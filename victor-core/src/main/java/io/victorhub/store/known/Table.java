package io.victorhub.store.known;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Entries in memory, by open addressing. One thread at a time adds, under the lock of its owner; others read meanwhile
 * without one.
 */
final class Table {

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int FIRST_ENTRIES = 1 << 10;

    private final int most;
    private volatile long[] slots; // hash and ~place by turns; the place of an empty slot is 0
    private volatile int count;
    private volatile long to = -1;

    /** @param most how many entries it takes */
    Table(int most) {
        this.most = most;
        this.slots = slotsFor(Math.min(most, FIRST_ENTRIES));
    }

    /** Adds an entry, unless it is there. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // nobody else adds
    void add(long hash, long place) {
        long[] now = slots;
        if (count * 4 >= now.length) {
            now = grown();
            slots = now;
        }
        if (put(now, hash, place)) {
            count++;
        }
    }

    boolean isFull() {
        return count >= most;
    }

    /** No more is added. It and those before it hold all that stands before the position {@code to}. */
    void seal(long to) {
        this.to = to;
    }

    long to() {
        return to;
    }

    boolean isSealed() {
        return to >= 0;
    }

    int count() {
        return count;
    }

    long heapBytes() {
        return 8L * slots.length;
    }

    Candidates find(long hash, Candidates found) {
        long[] now = slots;
        Candidates all = found;
        for (int i = slot(now, hash); ; i = next(now, i)) {
            long place = (long) SLOT.getAcquire(now, i + 1);
            if (place == 0) {
                return all;
            }
            if (now[i] == hash) {
                all = all.with(~place);
            }
        }
    }

    /** {@return hash and place by turns, as a run has them} */
    long[] sorted() {
        long[] now = slots;
        long[] entries = new long[count * 2];
        int end = 0;
        for (int i = 0; i < now.length; i += 2) {
            if (now[i + 1] != 0) {
                entries[end++] = now[i];
                entries[end++] = ~now[i + 1];
            }
        }
        EntrySort.sort(entries);
        return entries;
    }

    private long[] grown() {
        long[] old = slots;
        long[] larger = slotsFor(Math.min(most, count * 4));
        for (int i = 0; i < old.length; i += 2) {
            if (old[i + 1] != 0) {
                put(larger, old[i], ~old[i + 1]);
            }
        }
        return larger;
    }

    private static boolean put(long[] slots, long hash, long place) {
        int i = slot(slots, hash);
        while (slots[i + 1] != 0) {
            if (slots[i] == hash && slots[i + 1] == ~place) {
                return false;
            }
            i = next(slots, i);
        }
        slots[i] = hash;
        SLOT.setRelease(slots, i + 1, ~place); // whoever sees the place sees the hash
        return true;
    }

    /** At most half of them are taken, and one is always free. */
    private static long[] slotsFor(int entries) {
        return new long[4 * Integer.highestOneBit(Math.max(1, 2 * entries - 1))];
    }

    private static int slot(long[] slots, long hash) {
        return ((int) hash << 1) & (slots.length - 1);
    }

    private static int next(long[] slots, int i) {
        return (i + 2) & (slots.length - 1);
    }
}
