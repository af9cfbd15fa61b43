package io.victorhub.store.known;

import java.nio.ByteBuffer;

/**
 * Tells most hashes that a run does not have from those that it has: a Bloom filter in blocks of a cache line, with one
 * bit in each of its eight words. It never denies a hash that was added.
 */
final class Filter {

    private static final int WORDS = 8;
    private static final int PAGE_BLOCKS = 1 << 10;
    private static final int[] SALTS = {
        0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
    };

    /** Entries of a run from which on it gets fewer bits each: the small runs have few, and each is asked every time. */
    private static final long LARGE = 1 << 20;

    private final int blocks;
    private final long[][] pages; // 64 KB each, so that a small heap has room for them

    Filter(int blocks) {
        this.blocks = blocks;
        this.pages = new long[(blocks + PAGE_BLOCKS - 1) / PAGE_BLOCKS][];
        for (int page = 0; page < pages.length; page++) {
            pages[page] = new long[Math.min(PAGE_BLOCKS, blocks - page * PAGE_BLOCKS) * WORDS];
        }
    }

    /** {@return an empty one} Of other hashes it lets .4 in 100 pass, and .1 for a small run. */
    static Filter forEntries(long entries) {
        long bits = entries * (entries < LARGE ? 16 : 12);
        return new Filter(Math.toIntExact(bits / (64 * WORDS) + 1));
    }

    void add(long hash) {
        int block = block(hash);
        long[] page = pages[block / PAGE_BLOCKS];
        int start = block % PAGE_BLOCKS * WORDS;
        for (int i = 0; i < WORDS; i++) {
            page[start + i] |= bit(hash, i);
        }
    }

    boolean mayHave(long hash) {
        int block = block(hash);
        long[] page = pages[block / PAGE_BLOCKS];
        int start = block % PAGE_BLOCKS * WORDS;
        for (int i = 0; i < WORDS; i++) {
            if ((page[start + i] & bit(hash, i)) == 0) {
                return false;
            }
        }
        return true;
    }

    int blocks() {
        return blocks;
    }

    long bytes() {
        return bytes(blocks);
    }

    static long bytes(int blocks) {
        return 8L * WORDS * blocks;
    }

    int pages() {
        return pages.length;
    }

    byte[] page(int page) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * pages[page].length);
        bytes.asLongBuffer().put(pages[page]);
        return bytes.array();
    }

    int pageBytes(int page) {
        return 8 * pages[page].length;
    }

    void setPage(int page, byte[] bytes) {
        ByteBuffer.wrap(bytes).asLongBuffer().get(pages[page]);
    }

    /** By the upper half of the hash, so that a sorted run fills the filter from its start to its end. */
    private int block(long hash) {
        return (int) (((hash >>> 32) * blocks) >>> 32);
    }

    /** By the lower half. */
    private static long bit(long hash, int word) {
        return 1L << (((int) hash * SALTS[word]) >>> 26);
    }
}
