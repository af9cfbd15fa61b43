package io.victorhub.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the system. Not over a {@link FileChannel}: an interrupt of whoever writes would close it under everybody,
 * and could hide that a force failed.
 */
final class RealFiles implements JournalFiles {

    static final RealFiles INSTANCE = new RealFiles();

    /** What is read or written in one call, the JDK keeps outside the heap as well meanwhile. */
    private static final int WRITTEN_AT_ONCE = 1 << 20;

    private static final int READ_AT_ONCE = 1 << 17;

    private static final class RealFile implements OpenFile {
        private final RandomAccessFile file;
        private final @Nullable AsynchronousFileChannel forcing;
        private long position;

        RealFile(Path path, boolean writable) throws IOException {
            file = new RandomAccessFile(path.toFile(), writable ? "rw" : "r");
            forcing = writable ? forcing(path) : null;
        }

        /** Only this forces data without the time of the last change, at half the cost, and minds no interrupt. */
        private AsynchronousFileChannel forcing(Path path) throws IOException {
            try {
                return AsynchronousFileChannel.open(path, StandardOpenOption.WRITE);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public int read(byte[] into, int start, int length, long from) throws IOException {
            seek(from);
            int read = 0;
            while (read < length) {
                int some = file.read(into, start + read, Math.min(READ_AT_ONCE, length - read));
                if (some < 0) {
                    break;
                }
                read += some;
            }
            position = from + read;
            return read;
        }

        @Override
        public void write(byte[] from, int start, int length, long to) throws IOException {
            seek(to);
            position = -1; // wherever it is, should this fail
            for (int written = 0; written < length; written += WRITTEN_AT_ONCE) {
                file.write(from, start + written, Math.min(WRITTEN_AT_ONCE, length - written));
            }
            position = to + length;
        }

        @Override
        public void truncate(long length) throws IOException {
            position = -1;
            file.setLength(length);
        }

        @Override
        public void force() throws IOException {
            Objects.requireNonNull(forcing, "it was opened to be read only").force(false);
        }

        @Override
        public void close() throws IOException {
            try (file) {
                if (forcing != null) {
                    forcing.close();
                }
            }
        }

        private void seek(long to) throws IOException {
            if (position != to) {
                file.seek(to);
            }
        }
    }

    private RealFiles() {}

    @Override
    public void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    @Override
    public Closeable lock(Path folder, String what) throws IOException {
        return FolderLock.take(folder, what);
    }

    @Override
    public List<String> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    @Override
    public OpenFile open(Path file, boolean writable) throws IOException {
        return new RealFile(file, writable);
    }

    @Override
    public void move(Path file, Path to) throws IOException {
        Files.move(file, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void forceFolder(Path folder) {
        boolean interrupted = Thread.interrupted();
        while (!forced(folder)) {
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return false if an interrupt closed the channel before it was done} */
    private static boolean forced(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        } catch (IOException e) {
            return true; // Windows cannot open a folder; it keeps names durable by itself
        }
    }
}
