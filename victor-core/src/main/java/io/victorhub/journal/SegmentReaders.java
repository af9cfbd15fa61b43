package io.victorhub.journal;

import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was written, at any place. Many threads read at once, each from an open file of its own; the files stay open
 * for the next ones, and so does what was last read, since most is read in order.
 */
final class SegmentReaders implements AutoCloseable {

    private static final int OPEN_FILES = 32;
    private static final int CHUNKS = 32;
    private static final int CHUNK_SHIFT = 16;
    private static final int FIRST_BYTES = 4096;

    /** The open files of a segment that nobody uses now. */
    private static final class Pool {
        final Queue<JournalFiles.OpenFile> idle = new ConcurrentLinkedQueue<>();
        volatile long used;
        volatile boolean retired;
    }

    /** What was read of a segment from a place on; of the file that it was then. */
    private static final class Chunk {
        final Pool pool;
        final int start;
        final byte[] bytes;

        Chunk(Pool pool, int start, byte[] bytes) {
            this.pool = pool;
            this.start = start;
            this.bytes = bytes;
        }

        boolean has(Pool current, int offset) {
            return pool == current && offset >= start && offset < start + bytes.length;
        }

        boolean endsAt(Pool current, int offset) {
            return pool == current && offset >= start && offset <= start + bytes.length;
        }
    }

    private final JournalFiles files;
    private final ConcurrentHashMap<Integer, Pool> pools = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<@Nullable Chunk> chunks = new AtomicReferenceArray<>(CHUNKS);
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong uses = new AtomicLong();
    private volatile boolean closed;

    SegmentReaders(JournalFiles files) {
        this.files = files;
    }

    /** {@return the object of the line that begins there} */
    byte[] record(Segment segment, int offset) {
        Pool pool = pool(segment.number());
        Chunk known = chunks.get(slot(segment.number(), offset));
        byte[] record = known != null && known.has(pool, offset) ? record(segment, known, offset) : null;
        if (record != null) {
            return record;
        }
        int written = segment.length();
        int size = isNext(segment.number(), pool, known, offset) ? 1 << CHUNK_SHIFT : FIRST_BYTES;
        while (offset >= 0 && offset < written) {
            Chunk chunk = new Chunk(pool, offset, read(segment, offset, Math.min(size, written - offset)));
            record = record(segment, chunk, offset);
            if (record != null) {
                if (chunk.bytes.length <= 1 << CHUNK_SHIFT) {
                    chunks.set(slot(segment.number(), offset), chunk);
                }
                return record;
            }
            if (chunk.bytes.length == written - offset) {
                break;
            }
            size = (int) Math.min(4L * size, Integer.MAX_VALUE);
        }
        throw damaged(segment, offset);
    }

    /** {@return bytes as they are} */
    byte[] read(Segment segment, int offset, int length) {
        if (offset < 0 || length < 0 || offset > segment.length() - length) {
            throw new StorageException("journal " + segment.file() + " cannot be read at byte " + offset + " for "
                    + length + " bytes: it has " + segment.length());
        }
        byte[] bytes = new byte[length];
        Pool pool = pool(segment.number());
        JournalFiles.OpenFile file = null;
        boolean read = false;
        try {
            file = take(pool, segment);
            read = file.read(bytes, 0, length, offset) == length;
            if (!read) {
                throw new IOException("it ends before");
            }
            return bytes;
        } catch (IOException e) {
            throw new StorageException("journal " + segment.file() + " cannot be read at byte " + offset + ": " + e, e);
        } finally {
            if (file != null) {
                giveBack(pool, file, read);
            }
        }
    }

    /** Forgets what it knows of a segment, because another file has its name now, or none. */
    void forget(int segment) {
        Pool pool = pools.remove(segment);
        if (pool != null) {
            retire(pool);
        }
    }

    @Override
    public void close() {
        closed = true; // whoever reads now or later closes what it opened
        pools.keySet().forEach(this::forget);
    }

    private byte @Nullable [] record(Segment segment, Chunk chunk, int offset) {
        int start = offset - chunk.start;
        int end = LineScan.lineEnd(chunk.bytes, start, chunk.bytes.length);
        if (end < 0) {
            return null;
        }
        return Line.open(chunk.bytes, start, end).orElseThrow(() -> damaged(segment, offset));
    }

    /** Whether it stands right behind what was read last, so that more of the same is likely. */
    private boolean isNext(int segment, Pool pool, @Nullable Chunk known, int offset) {
        if (known != null && known.endsAt(pool, offset)) {
            return true;
        }
        Chunk before = chunks.get(slot(segment, Math.max(0, offset - (1 << CHUNK_SHIFT))));
        return before != null && before.endsAt(pool, offset);
    }

    private static int slot(int segment, int offset) {
        return Math.floorMod(31 * segment + (offset >>> CHUNK_SHIFT), CHUNKS);
    }

    private Pool pool(int segment) {
        Pool known = pools.get(segment);
        return known != null ? known : pools.computeIfAbsent(segment, number -> new Pool());
    }

    private JournalFiles.OpenFile take(Pool pool, Segment segment) throws IOException {
        pool.used = uses.incrementAndGet();
        JournalFiles.OpenFile idle = pool.idle.poll();
        if (idle != null) {
            return idle;
        }
        if (open.incrementAndGet() > OPEN_FILES) {
            closeEldest();
        }
        try {
            return files.open(segment.file(), false);
        } catch (IOException e) {
            open.decrementAndGet();
            throw e;
        }
    }

    private void giveBack(Pool pool, JournalFiles.OpenFile file, boolean good) {
        if (!good || closed || pool.retired || open.get() > OPEN_FILES) {
            close(file);
            return;
        }
        pool.idle.add(file);
        if (pool.retired) {
            retire(pool); // it may have been retired in between
        }
    }

    private void closeEldest() {
        pools.values().stream()
                .filter(pool -> !pool.idle.isEmpty())
                .min(Comparator.comparingLong(pool -> pool.used))
                .map(pool -> pool.idle.poll())
                .ifPresent(this::close);
    }

    private void retire(Pool pool) {
        pool.retired = true;
        for (JournalFiles.OpenFile file = pool.idle.poll(); file != null; file = pool.idle.poll()) {
            close(file);
        }
    }

    private void close(JournalFiles.OpenFile file) {
        open.decrementAndGet();
        try {
            file.close();
        } catch (IOException e) {
            // it was read only
            return;
        }
    }

    private static StorageException damaged(Segment segment, int offset) {
        return new StorageException("journal " + segment.file() + " is damaged at byte " + offset
                + "; close the hub and open it again to have it mended");
    }
}
