package io.victorhub.store.known;

import io.victorhub.journal.AtomicFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32C;

/** Writes a run, entry by entry in order. It has its name only when it is whole and forced. */
final class RunWriter implements AutoCloseable {

    private static final int BUFFER_BLOCKS = 64;

    /** Forced in pieces, so that whoever else forces a file of this disk does not wait for all of it. */
    private static final long FORCED_AT_ONCE = 4 << 20;

    private final RunFolder folder;
    private final RunHeader begun;
    private final Path file;
    private final Path temporary;
    private final RandomAccessFile out;
    private final Filter filter;
    private final byte[] buffer = new byte[BUFFER_BLOCKS * Block.BYTES];
    private final CRC32C summaryCrc = new CRC32C();
    private long[] firstHashes;
    private long entries;
    private long highest = -1;
    private int blocks;
    private int inBlock;
    private int bufferedBlocks;
    private long unforced;
    private boolean finished;
    private long lastHash;
    private long lastPlace;

    /**
     * @param begun what is known of the header
     * @param most how many entries there may be
     */
    RunWriter(RunFolder folder, RunHeader begun, long most) throws IOException {
        this.folder = folder;
        this.begun = begun;
        this.filter = Filter.forEntries(most);
        this.firstHashes = new long[Math.toIntExact((most + Block.ENTRIES - 1) / Block.ENTRIES)];
        this.file = folder.file(begun);
        this.temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        folder.disk().before(Disk.Step.CREATE, temporary);
        this.out = new RandomAccessFile(temporary.toFile(), "rw");
        try {
            out.setLength(0);
            out.seek(RunHeader.BYTES);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** {@return what is known of a header before its entries are written} */
    static RunHeader begin(long first, long last, long from, long to) {
        return new RunHeader(ThreadLocalRandom.current().nextInt(), first, last, from, to, 0, 0, -1, 0, 0);
    }

    /** Adds an entry, unless it is the one before. */
    void add(long hash, long place) throws IOException {
        if (entries > 0 && hash == lastHash && place == lastPlace) {
            return;
        }
        if (inBlock == 0) {
            firstHashes[blocks] = hash;
        }
        Block.put(buffer, bufferedBlocks * Block.BYTES, inBlock, hash, place);
        filter.add(hash);
        highest = Math.max(highest, place);
        lastHash = hash;
        lastPlace = place;
        entries++;
        if (++inBlock == Block.ENTRIES) {
            endBlock();
        }
    }

    /** Writes what is left, and gives the file its name. */
    Run finish() throws IOException {
        if (inBlock > 0) {
            endBlock();
        }
        writeBlocks();
        firstHashes = Arrays.copyOf(firstHashes, blocks);
        writeSummary();
        RunHeader header = new RunHeader(
                begun.stamp(),
                begun.first(),
                begun.last(),
                begun.from(),
                begun.to(),
                entries,
                blocks,
                highest,
                filter.blocks(),
                (int) summaryCrc.getValue());
        out.seek(0);
        write(header.encoded(), RunHeader.BYTES);
        force();
        out.close();
        folder.disk().before(Disk.Step.RENAME, file);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        finished = true;
        AtomicFiles.forceFolder(folder.path());
        return new Run(header, new RunFile(file, folder.disk()), folder, firstHashes, filter);
    }

    /** Removes what is not finished. */
    @Override
    public void close() throws IOException {
        out.close();
        if (!finished) {
            folder.delete(temporary);
        }
    }

    private void endBlock() throws IOException {
        Block.seal(buffer, bufferedBlocks * Block.BYTES, inBlock, blocks, begun.stamp());
        inBlock = 0;
        blocks++;
        if (++bufferedBlocks == BUFFER_BLOCKS) {
            writeBlocks();
        }
    }

    private void writeBlocks() throws IOException {
        write(buffer, bufferedBlocks * Block.BYTES);
        bufferedBlocks = 0;
    }

    private void writeSummary() throws IOException {
        ByteBuffer hashes = ByteBuffer.allocate(8 * blocks);
        hashes.asLongBuffer().put(firstHashes);
        writeSummary(hashes.array());
        for (int page = 0; page < filter.pages(); page++) {
            writeSummary(filter.page(page));
        }
    }

    private void writeSummary(byte[] bytes) throws IOException {
        summaryCrc.update(bytes);
        write(bytes, bytes.length);
    }

    private void write(byte[] bytes, int length) throws IOException {
        folder.disk().before(Disk.Step.WRITE, temporary);
        out.write(bytes, 0, length);
        unforced += length;
        if (unforced >= FORCED_AT_ONCE) {
            force();
        }
    }

    private void force() throws IOException {
        folder.disk().before(Disk.Step.FORCE, temporary);
        out.getFD().sync();
        unforced = 0;
    }
}
