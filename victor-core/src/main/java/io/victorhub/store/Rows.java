package io.victorhub.store;

import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One row of numbers for each task that is not settled for good, by its sequence number: about 44 bytes a task. Rows lie
 * in blocks of neighbours; a block that has lost most of its tasks is packed, and one that has lost all is gone, so that
 * memory follows the number of tasks, whatever order they end in. Guarded by the ledger's lock.
 */
final class Rows {

    static final int BLOCK_BITS = 10;

    private static final int BLOCK = 1 << BLOCK_BITS;
    private static final int SMALLEST = 16;

    /** Columns of neighbours. Packed: {@code offsets} says, in order, which task each row is; else the place does. */
    private static final class Block {
        final long[] hash;
        final long[] place;
        final long[] rank;
        final int[] lane;
        final int[] bits;
        final int[] heap;
        final short @Nullable [] offsets;
        int live;

        Block(int rows, short @Nullable [] offsets) {
            this.hash = new long[rows];
            this.place = new long[rows];
            this.rank = new long[rows];
            this.lane = new int[rows];
            this.bits = new int[rows];
            this.heap = new int[rows];
            this.offsets = offsets;
        }

        int row(long sequence) {
            int offset = (int) sequence & BLOCK - 1;
            return offsets == null ? offset : Arrays.binarySearch(offsets, (short) offset);
        }

        int offset(int row) {
            return offsets == null ? row : offsets[row];
        }

        void copy(int row, Block from, int fromRow) {
            hash[row] = from.hash[fromRow];
            place[row] = from.place[fromRow];
            rank[row] = from.rank[fromRow];
            lane[row] = from.lane[fromRow];
            bits[row] = from.bits[fromRow];
            heap[row] = from.heap[fromRow];
        }
    }

    /** A row that is in use is never 0: this bit is set. */
    private static final int IN_USE = 1 << 31;

    private @Nullable Block[] blocks = new @Nullable Block[16];
    private long first; // the number of blocks[0]
    private int end; // behind the last block in use
    private int size;

    int size() {
        return size;
    }

    boolean has(long sequence) {
        Block block = find(sequence);
        if (block == null) {
            return false;
        }
        int row = block.row(sequence);
        return row >= 0 && block.bits[row] != 0;
    }

    /** Adds a row, or makes an existing one anew; {@code bits} are below 2^31. */
    void put(long sequence, long hash, long place, long rank, int lane, int bits) {
        Block block = open(sequence);
        int row = block.row(sequence);
        if (block.bits[row] == 0) {
            block.live++;
            size++;
        }
        block.hash[row] = hash;
        block.place[row] = place;
        block.rank[row] = rank;
        block.lane[row] = lane;
        block.bits[row] = bits | IN_USE;
        block.heap[row] = -1;
    }

    void remove(long sequence) {
        Block block = block(sequence);
        int row = block.row(sequence);
        block.bits[row] = 0;
        size--;
        int number = index(sequence);
        if (--block.live == 0) {
            blocks[number] = null;
            trim();
        } else if (block.live <= block.bits.length / 4 && block.bits.length > SMALLEST && number < end - 1) {
            blocks[number] = packed(block); // the newest is still being filled
        }
    }

    long hash(long sequence) {
        Block block = block(sequence);
        return block.hash[block.row(sequence)];
    }

    long place(long sequence) {
        Block block = block(sequence);
        return block.place[block.row(sequence)];
    }

    void place(long sequence, long place) {
        Block block = block(sequence);
        block.place[block.row(sequence)] = place;
    }

    long rank(long sequence) {
        Block block = block(sequence);
        return block.rank[block.row(sequence)];
    }

    void rank(long sequence, long rank) {
        Block block = block(sequence);
        block.rank[block.row(sequence)] = rank;
    }

    int lane(long sequence) {
        Block block = block(sequence);
        return block.lane[block.row(sequence)];
    }

    void lane(long sequence, int lane) {
        Block block = block(sequence);
        block.lane[block.row(sequence)] = lane;
    }

    int bits(long sequence) {
        Block block = block(sequence);
        return block.bits[block.row(sequence)] & ~IN_USE;
    }

    void bits(long sequence, int bits) {
        Block block = block(sequence);
        block.bits[block.row(sequence)] = bits | IN_USE;
    }

    int heap(long sequence) {
        Block block = block(sequence);
        return block.heap[block.row(sequence)];
    }

    void heap(long sequence, int position) {
        Block block = block(sequence);
        block.heap[block.row(sequence)] = position;
    }

    /** {@return the sequence number of a row from its lower half} The rows of one moment are less than 2^32 apart. */
    long whole(int lower) {
        long base = first << BLOCK_BITS;
        return base + (lower - (int) base & 0xFFFF_FFFFL);
    }

    /** {@return the first sequence number in use that is {@code from} or greater; -1 if there is none} */
    long next(long from) {
        long number = Math.max(from >> BLOCK_BITS, first);
        for (; number < first + end; number++) {
            Block block = blocks[(int) (number - first)];
            if (block != null) {
                long base = number << BLOCK_BITS;
                for (int row = 0; row < block.bits.length; row++) {
                    if (block.bits[row] != 0 && base + block.offset(row) >= from) {
                        return base + block.offset(row);
                    }
                }
            }
        }
        return -1;
    }

    /** Visits the rows of the block that {@code from} is in, or of the next one; {@return behind it; -1 at the end} */
    long forBlock(long from, LongConsumer visitor) {
        long next = next(from);
        if (next < 0) {
            return -1;
        }
        long behind = (next >> BLOCK_BITS) + 1 << BLOCK_BITS;
        Block block = block(next);
        long base = behind - BLOCK;
        for (int row = 0; row < block.bits.length; row++) {
            if (block.bits[row] != 0 && base + block.offset(row) >= next) {
                visitor.accept(base + block.offset(row));
            }
        }
        return behind;
    }

    private int index(long sequence) {
        return (int) ((sequence >> BLOCK_BITS) - first);
    }

    private @Nullable Block find(long sequence) {
        long number = (sequence >> BLOCK_BITS) - first;
        return number < 0 || number >= end ? null : blocks[(int) number];
    }

    private Block block(long sequence) {
        Block block = find(sequence);
        if (block == null) {
            throw new IllegalStateException("no task has number " + sequence);
        }
        return block;
    }

    /** The block of a sequence number, with a row for it. */
    private Block open(long sequence) {
        long number = sequence >> BLOCK_BITS;
        if (size == 0 && end == 0) {
            first = number;
        }
        if (number < first) {
            shift((int) (first - number));
        }
        int index = (int) (number - first);
        if (index >= blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(index + 1, blocks.length * 2));
        }
        end = Math.max(end, index + 1);
        Block block = blocks[index];
        if (block == null) {
            block = new Block(BLOCK, null);
            blocks[index] = block;
        } else if (block.row(sequence) < 0) {
            block = unpacked(block);
            blocks[index] = block;
        }
        return block;
    }

    /** Makes place for blocks before the first; only when a journal is read, and rarely. */
    private void shift(int by) {
        @Nullable Block[] more = new @Nullable Block[blocks.length + by];
        System.arraycopy(blocks, 0, more, by, end);
        blocks = more;
        first -= by;
        end += by;
    }

    private void trim() {
        int leading = 0;
        while (leading < end && blocks[leading] == null) {
            leading++;
        }
        if (leading == end) {
            end = 0;
            first = 0;
        } else if (leading > 16 && leading > end / 2) {
            System.arraycopy(blocks, leading, blocks, 0, end - leading);
            Arrays.fill(blocks, end - leading, end, null);
            first += leading;
            end -= leading;
        }
    }

    private static Block packed(Block block) {
        short[] offsets = new short[block.live];
        Block packed = new Block(block.live, offsets);
        for (int row = 0; row < block.bits.length; row++) {
            if (block.bits[row] != 0) {
                offsets[packed.live] = (short) block.offset(row);
                packed.copy(packed.live++, block, row);
            }
        }
        return packed;
    }

    private static Block unpacked(Block block) {
        Block dense = new Block(BLOCK, null);
        for (int row = 0; row < block.bits.length; row++) {
            if (block.bits[row] != 0) {
                dense.copy(block.offset(row), block, row);
            }
        }
        dense.live = block.live;
        return dense;
    }
}
