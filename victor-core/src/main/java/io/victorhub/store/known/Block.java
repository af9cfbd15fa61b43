package io.victorhub.store.known;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A piece of a run: up to 255 entries, and then how many, which block of which run it is (so that a stray or stale block
 * is none of it), and the CRC32C of all before.
 */
final class Block {

    static final int BYTES = 4096;
    static final int ENTRY_BYTES = 16;
    static final int ENTRIES = (BYTES - 16) / ENTRY_BYTES;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int COUNT = BYTES - 16;
    private static final int NUMBER = BYTES - 12;
    private static final int STAMP = BYTES - 8;
    private static final int CRC = BYTES - 4;

    private Block() {}

    static void put(byte[] bytes, int start, int entry, long hash, long place) {
        LONG.set(bytes, start + entry * ENTRY_BYTES, hash);
        LONG.set(bytes, start + entry * ENTRY_BYTES + 8, place);
    }

    static long hash(byte[] bytes, int start, int entry) {
        return (long) LONG.get(bytes, start + entry * ENTRY_BYTES);
    }

    static long place(byte[] bytes, int start, int entry) {
        return (long) LONG.get(bytes, start + entry * ENTRY_BYTES + 8);
    }

    /** Ends the block that begins at {@code start}. What stands between its entries and its end means nothing. */
    static void seal(byte[] bytes, int start, int count, int number, int stamp) {
        INT.set(bytes, start + COUNT, count);
        INT.set(bytes, start + NUMBER, number);
        INT.set(bytes, start + STAMP, stamp);
        INT.set(bytes, start + CRC, crc(bytes, start, CRC));
    }

    /** {@return how many entries it has} */
    static int check(byte[] bytes, int start, int number, int stamp, Path file) throws Damage {
        if ((int) INT.get(bytes, start + CRC) != crc(bytes, start, CRC)) {
            throw new Damage(file, RunHeader.offset(number), "the checksum of its block is wrong");
        }
        if ((int) INT.get(bytes, start + NUMBER) != number || (int) INT.get(bytes, start + STAMP) != stamp) {
            throw new Damage(file, RunHeader.offset(number), "another block is there");
        }
        return (int) INT.get(bytes, start + COUNT);
    }

    /** {@return the places of {@code hash} in a block, and those found before} */
    static Candidates find(byte[] bytes, int count, long hash, Candidates found) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(hash(bytes, 0, middle), hash) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Candidates all = found;
        for (int i = low; i < count && hash(bytes, 0, i) == hash; i++) {
            all = all.with(place(bytes, 0, i));
        }
        return all;
    }

    static int crc(byte[] bytes, int start, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, length);
        return (int) crc.getValue();
    }
}
