package io.victorhub.store.known;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The first block of a run's file. Behind it are the blocks, and behind those the summary that is held in memory: the
 * first hash of each block, and the filter.
 *
 * @param stamp a random number, by which its blocks are told from those of others
 * @param first the number of the first run that went into it, from 1; its own, before a merge
 * @param last the number of the last one
 * @param from the position in the journal that was covered before it
 * @param to the position that is covered with it
 * @param entries how many it has
 * @param blocks how many blocks they fill
 * @param highest the highest place in it, or -1
 * @param filterBlocks how large the filter is
 * @param summaryCrc the CRC32C of the summary
 */
record RunHeader(
        int stamp,
        long first,
        long last,
        long from,
        long to,
        long entries,
        int blocks,
        long highest,
        int filterBlocks,
        int summaryCrc) {

    static final int BYTES = Block.BYTES;

    /** What this version writes. Raised when an older one could not read what is written. */
    static final int FORMAT = 1;

    private static final long MAGIC = 0x766963746f726b6eL; // "victorkn"
    private static final int CRC = BYTES - 4;

    /** {@return where block {@code number} begins} The one behind the last is where the summary begins. */
    static long offset(int number) {
        return BYTES + (long) number * Block.BYTES;
    }

    long fileBytes() {
        return offset(blocks) + 8L * blocks + Filter.bytes(filterBlocks);
    }

    byte[] encoded() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(MAGIC).putInt(FORMAT).putInt(stamp);
        bytes.putLong(first).putLong(last).putLong(from).putLong(to);
        bytes.putLong(entries)
                .putInt(blocks)
                .putLong(highest)
                .putInt(filterBlocks)
                .putInt(summaryCrc);
        bytes.putInt(CRC, Block.crc(bytes.array(), 0, CRC));
        return bytes.array();
    }

    static RunHeader decode(byte[] encoded, Path file) throws Damage {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        if (bytes.getInt(CRC) != Block.crc(encoded, 0, CRC)) {
            throw new Damage(file, 0, "the checksum of its header is wrong");
        }
        if (bytes.getLong() != MAGIC) {
            throw new Damage(file, 0, "it is no run of known ids");
        }
        int format = bytes.getInt();
        if (format != FORMAT) {
            throw new Damage(file, 8, "it has format " + format + ", this version of Victor reads " + FORMAT);
        }
        return new RunHeader(
                bytes.getInt(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getInt(),
                bytes.getLong(),
                bytes.getInt(),
                bytes.getInt());
    }
}
