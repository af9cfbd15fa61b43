package io.victorhub.store.known;

import java.io.IOException;

/** Goes through the entries of a run, in order. */
final class RunCursor implements Cursor {

    private static final int BUFFER_BLOCKS = 64;

    private final Run run;
    private final byte[] buffer;
    private int nextBlock;
    private int blocksInBuffer;
    private int blockInBuffer;
    private int entriesInBlock;
    private int entry;
    private long hash;
    private long place;

    RunCursor(Run run) {
        this.run = run;
        this.buffer = new byte[Math.min(BUFFER_BLOCKS, run.header().blocks()) * Block.BYTES];
    }

    @Override
    public long hash() {
        return hash;
    }

    @Override
    public long place() {
        return place;
    }

    @Override
    public boolean next() throws IOException {
        while (entry == entriesInBlock) {
            if (!nextBlock()) {
                return false;
            }
        }
        hash = Block.hash(buffer, blockInBuffer * Block.BYTES, entry);
        place = Block.place(buffer, blockInBuffer * Block.BYTES, entry);
        entry++;
        return true;
    }

    private boolean nextBlock() throws IOException {
        if (++blockInBuffer >= blocksInBuffer) {
            int left = run.header().blocks() - nextBlock;
            if (left == 0) {
                return false;
            }
            blocksInBuffer = Math.min(BUFFER_BLOCKS, left);
            blockInBuffer = 0;
            run.read(nextBlock, buffer, blocksInBuffer * Block.BYTES);
        }
        entriesInBlock = run.check(nextBlock++, buffer, blockInBuffer * Block.BYTES);
        entry = 0;
        return true;
    }
}
