package io.victorhub.journal;

import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Reads what was written, at any place; keeps a few files open. */
final class SegmentReaders implements AutoCloseable {

    private static final int OPEN_FILES = 16;

    private final Path folder;
    private final ReentrantLock lock = new ReentrantLock(); // guards files
    private final LinkedHashMap<Integer, RandomAccessFile> files = new LinkedHashMap<>(16, .75f, true);

    SegmentReaders(Path folder) {
        this.folder = folder;
    }

    byte[] read(int segment, int offset, int length) {
        byte[] bytes = new byte[length];
        lock.lock();
        try {
            RandomAccessFile file = file(segment);
            file.seek(offset);
            file.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            throw new StorageException(
                    "journal " + Segment.file(folder, segment) + " cannot be read at byte " + offset + ": " + e, e);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets an open file, because another one has its name now, or none. */
    void reopen(int segment) throws IOException {
        lock.lock();
        try {
            RandomAccessFile file = files.remove(segment);
            if (file != null) {
                file.close();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            List<RandomAccessFile> all = new ArrayList<>(files.values());
            files.clear();
            for (RandomAccessFile file : all) {
                file.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private RandomAccessFile file(int segment) throws IOException {
        RandomAccessFile known = files.get(segment);
        if (known != null) {
            return known;
        }
        if (files.size() == OPEN_FILES) {
            Map.Entry<Integer, RandomAccessFile> eldest =
                    files.entrySet().iterator().next();
            files.remove(eldest.getKey());
            eldest.getValue().close();
        }
        RandomAccessFile file =
                new RandomAccessFile(Segment.file(folder, segment).toFile(), "r");
        files.put(segment, file);
        return file;
    }
}
