package io.victorhub.store.known;

import java.nio.ByteBuffer;
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

    private static final int COUNT = BYTES - 16;
    private static final int NUMBER = BYTES - 12;
    private static final int STAMP = BYTES - 8;
    private static final int CRC = BYTES - 4;

    private Block() {}

    /** Ends the block that begins at {@code start}; what it does not need is 0. */
    static void seal(ByteBuffer bytes, int start, int count, int number, int stamp) {
        bytes.putInt(start + COUNT, count);
        bytes.putInt(start + NUMBER, number);
        bytes.putInt(start + STAMP, stamp);
        bytes.putInt(start + CRC, crc(bytes.array(), start, CRC));
    }

    /** {@return how many entries it has} */
    static int check(ByteBuffer bytes, int start, int number, int stamp, Path file) throws Damage {
        long offset = RunHeader.BYTES + (long) number * BYTES;
        if (bytes.getInt(start + CRC) != crc(bytes.array(), start, CRC)) {
            throw new Damage(file, offset, "the checksum of its block is wrong");
        }
        if (bytes.getInt(start + NUMBER) != number || bytes.getInt(start + STAMP) != stamp) {
            throw new Damage(file, offset, "another block is there");
        }
        return bytes.getInt(start + COUNT);
    }

    /** {@return the places of {@code hash} in a block, and those found before} */
    static Candidates find(ByteBuffer bytes, int count, long hash, Candidates found) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(bytes.getLong(middle * ENTRY_BYTES), hash) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Candidates all = found;
        for (int i = low; i < count && bytes.getLong(i * ENTRY_BYTES) == hash; i++) {
            all = all.with(bytes.getLong(i * ENTRY_BYTES + 8));
        }
        return all;
    }

    static int crc(byte[] bytes, int start, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, length);
        return (int) crc.getValue();
    }
}
