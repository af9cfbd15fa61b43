package io.victorhub.store.known;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads a file at any place, for many threads at once: each has a descriptor of its own meanwhile. Not over a channel: an
 * interrupt would close it under everybody.
 */
final class RunFile {

    private static final int IDLE_FILES = 4;

    final Path path;
    private final Disk disk;
    private final ConcurrentLinkedQueue<RandomAccessFile> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger idleCount = new AtomicInteger();

    RunFile(Path path, Disk disk) {
        this.path = path;
        this.disk = disk;
    }

    /**
     * Fills the first {@code length} bytes.
     *
     * @throws Damage if it is gone or cannot be read there
     * @throws IOException if it cannot be opened, which may be otherwise the next time
     */
    void read(long offset, byte[] bytes, int length) throws IOException {
        RandomAccessFile file = take();
        try {
            disk.before(Disk.Step.READ, path);
            file.seek(offset);
            file.readFully(bytes, 0, length);
        } catch (IOException e) {
            file.close();
            throw new Damage(path, offset, e);
        }
        giveBack(file);
    }

    long length() throws IOException {
        return Files.size(path);
    }

    /** Nobody reads any more. */
    void close() throws IOException {
        for (RandomAccessFile file = idle.poll(); file != null; file = idle.poll()) {
            file.close();
        }
    }

    private RandomAccessFile take() throws IOException {
        RandomAccessFile file = idle.poll();
        if (file == null) {
            return open();
        }
        idleCount.decrementAndGet();
        return file;
    }

    private RandomAccessFile open() throws IOException {
        try {
            return new RandomAccessFile(path.toFile(), "r");
        } catch (FileNotFoundException e) { // also if there are too many open files
            throw Files.notExists(path) ? new Damage(path, 0, e) : e;
        }
    }

    private void giveBack(RandomAccessFile file) throws IOException {
        if (idleCount.incrementAndGet() <= IDLE_FILES) {
            idle.offer(file);
        } else {
            idleCount.decrementAndGet();
            file.close();
        }
    }
}
