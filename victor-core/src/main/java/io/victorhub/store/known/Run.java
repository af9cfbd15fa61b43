package io.victorhub.store.known;

import io.victorhub.journal.AtomicFiles;
import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sorted entries in a file that never changes; what tells where to look is in memory. */
final class Run {

    private static final Logger log = LoggerFactory.getLogger(Run.class);
    private static final int RETIRED = Integer.MIN_VALUE;

    private final RunHeader header;
    private final RunFile file;
    private final RunFolder folder;
    private final long[] firstHashes;
    private final Filter filter;
    private final AtomicInteger readers = new AtomicInteger(); // negative once it is retired
    private final AtomicBoolean damaged = new AtomicBoolean();
    private volatile boolean deleted;

    Run(RunHeader header, RunFile file, RunFolder folder, long[] firstHashes, Filter filter) {
        this.header = header;
        this.file = file;
        this.folder = folder;
        this.firstHashes = firstHashes;
        this.filter = filter;
    }

    /** Reads the summary of a run. */
    static Run open(RunHeader header, Path path, RunFolder folder) throws IOException {
        RunFile file = new RunFile(path, folder.disk());
        try {
            return open(header, file, folder);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private static Run open(RunHeader header, RunFile file, RunFolder folder) throws IOException {
        long length = file.length();
        if (length != header.fileBytes()) {
            throw new Damage(
                    file.path,
                    Math.min(length, header.fileBytes()),
                    "it has " + length + " bytes, not " + header.fileBytes());
        }
        CRC32C crc = new CRC32C();
        long offset = RunHeader.offset(header.blocks());
        byte[] hashes = new byte[8 * header.blocks()];
        file.read(offset, hashes, hashes.length);
        crc.update(hashes);
        long[] firstHashes = new long[header.blocks()];
        ByteBuffer.wrap(hashes).asLongBuffer().get(firstHashes);
        Filter filter = new Filter(header.filterBlocks());
        long at = offset + hashes.length;
        for (int page = 0; page < filter.pages(); page++) {
            byte[] bytes = new byte[filter.pageBytes(page)];
            file.read(at, bytes, bytes.length);
            crc.update(bytes);
            filter.setPage(page, bytes);
            at += bytes.length;
        }
        if ((int) crc.getValue() != header.summaryCrc()) {
            throw new Damage(file.path, offset, "the checksum of its summary is wrong");
        }
        return new Run(header, file, folder, firstHashes, filter);
    }

    RunHeader header() {
        return header;
    }

    /** {@return whether all its places are below {@code floor}} */
    boolean isBelow(long floor) {
        return header.highest() < floor;
    }

    boolean isDamaged() {
        return damaged.get();
    }

    long heapBytes() {
        return filter.bytes() + 8L * firstHashes.length;
    }

    boolean mayHave(long hash, long floor) {
        return !isBelow(floor) && filter.mayHave(hash);
    }

    /** {@return false if it is retired, and another run has its entries} Whoever entered leaves. */
    boolean enter() {
        int now = readers.get();
        while (now >= 0) {
            if (readers.compareAndSet(now, now + 1)) {
                return true;
            }
            now = readers.get();
        }
        return false;
    }

    void leave() {
        if (readers.decrementAndGet() == RETIRED) {
            end();
        }
    }

    /** Nobody enters any more. The last one who leaves closes the file, and removes it if {@code delete}. */
    void retire(boolean delete) {
        int now = readers.get();
        while (now >= 0) {
            deleted = delete;
            if (readers.compareAndSet(now, now + RETIRED)) {
                if (now == 0) {
                    end();
                }
                return;
            }
            now = readers.get();
        }
    }

    /** For one who entered. */
    Candidates find(long hash, Candidates found) {
        Candidates all = found;
        byte[] bytes = new byte[Block.BYTES];
        for (int block = lastBefore(hash);
                block < firstHashes.length && Long.compareUnsigned(firstHashes[block], hash) <= 0;
                block++) {
            try {
                read(block, bytes, bytes.length);
                all = Block.find(bytes, check(block, bytes, 0), hash, all);
            } catch (IOException e) {
                throw new StorageException(
                        "whether an id is known cannot be told: " + e.getMessage()
                                + "; close the hub and open it again to have this mended from the journal",
                        e);
            }
        }
        return all;
    }

    /** Reads from a block on. */
    void read(int block, byte[] bytes, int length) throws IOException {
        try {
            file.read(RunHeader.offset(block), bytes, length);
        } catch (Damage e) {
            damaged(e);
            throw e;
        }
    }

    /** {@return how many entries there are in a block that was read} */
    int check(int block, byte[] bytes, int start) throws IOException {
        try {
            return Block.check(bytes, start, block, header.stamp(), file.path);
        } catch (Damage e) {
            damaged(e);
            throw e;
        }
    }

    /** {@return the last block that begins with a lower hash, or 0} The hash may be at its end. */
    private int lastBefore(long hash) {
        int low = 0;
        int high = firstHashes.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(firstHashes[middle], hash) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.max(0, low - 1);
    }

    /** Told once, and noted beside the file, so that it is not used when opened next. */
    private void damaged(Damage what) {
        if (!damaged.compareAndSet(false, true)) {
            return;
        }
        log.warn(
                "{}; ids that would be there are refused until the hub is opened again, which mends this from the journal; check the disk",
                what.getMessage());
        try {
            AtomicFiles.write(
                    RunFolder.mark(file.path), String.valueOf(what.getMessage()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            log.debug("damage of {} cannot be noted; it will be found again", file.path, e);
        }
    }

    private void end() {
        try {
            file.close();
            if (deleted) {
                folder.delete(file.path);
            }
        } catch (IOException e) {
            log.warn(
                    "{} cannot be deleted: {}; it is not needed, and is deleted when the store is opened next",
                    file.path,
                    e.toString());
        }
    }
}
