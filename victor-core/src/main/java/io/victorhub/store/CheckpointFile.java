package io.victorhub.store;

import io.victorhub.journal.AtomicFiles;
import io.victorhub.spi.store.StorageException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of checked chunks: written beside the old one and moved into its place when it is whole, read only if all of it is
 * sound. It shortens opening and holds nothing that the journal does not.
 */
final class CheckpointFile {

    private static final long MAGIC = 0x766963746f726370L; // "victorcp"
    private static final int FORMAT = 2;
    private static final int CHUNK = 1 << 18;
    private static final int LARGEST = 1 << 26;

    /** Gets the chunks of a sound file in order. */
    interface Visitor {
        /** Called for each chunk. */
        void visit(ByteBuffer chunk);
    }

    private CheckpointFile() {}

    /** Puts values together and writes them in chunks. One thread. */
    static final class Writer implements AutoCloseable {
        private final Path file;
        private final Path temporary;
        private final RandomAccessFile out;
        private ByteBuffer chunk = ByteBuffer.allocate(2 * CHUNK);
        private long bytes;
        private boolean finished;

        Writer(Path file) throws IOException {
            this.file = file;
            this.temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
            this.out = new RandomAccessFile(temporary.toFile(), "rw");
            out.setLength(0);
            out.writeLong(MAGIC);
            out.writeInt(FORMAT);
        }

        /** {@return where values go; with room for so many bytes more} */
        ByteBuffer room(int more) {
            if (chunk.remaining() < more) {
                ByteBuffer larger = ByteBuffer.allocate(Math.max(chunk.capacity() * 2, chunk.position() + more));
                larger.put(chunk.flip());
                chunk = larger;
            }
            return chunk;
        }

        void text(@Nullable String text) {
            byte[] utf8 = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            room(4 + utf8.length).putInt(text == null ? -1 : utf8.length).put(utf8);
        }

        /** Writes what was put together, if it is enough for a chunk. */
        void mayWrite() throws IOException {
            if (chunk.position() >= CHUNK) {
                write();
            }
        }

        /** {@return how many bytes the file has} It is in its place then. */
        long finish() throws IOException {
            if (chunk.position() > 0) {
                write();
            }
            out.writeInt(0);
            out.getFD().sync();
            out.close();
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            AtomicFiles.forceFolder(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder"));
            finished = true;
            return bytes;
        }

        @Override
        public void close() throws IOException {
            if (!finished) {
                out.close();
                Files.deleteIfExists(temporary);
            }
        }

        private void write() throws IOException {
            int length = chunk.position();
            ByteBuffer head = ByteBuffer.allocate(8).putInt(length).putInt(crc(chunk.array(), length));
            out.write(head.array());
            out.write(chunk.array(), 0, length);
            bytes += length;
            chunk = ByteBuffer.allocate(2 * CHUNK);
        }
    }

    /**
     * Reads a file, first to check it, then for the visitor.
     *
     * @param wanted says by the first chunk whether it is wanted
     * @return false if there is none, or it is not wanted
     * @throws StorageException if it is not sound; the visitor got nothing then
     */
    static boolean read(Path file, Predicate<ByteBuffer> wanted, Visitor visitor) {
        if (!Files.exists(file)) {
            return false;
        }
        try {
            List<ByteBuffer> first = new ArrayList<>(1);
            pass(file, chunk -> {
                if (first.isEmpty()) {
                    first.add(chunk);
                }
            });
            if (first.isEmpty() || !wanted.test(first.get(0))) {
                return false;
            }
            pass(file, visitor);
            return true;
        } catch (IOException e) {
            throw new StorageException("the checkpoint " + file + " cannot be read: " + e, e);
        }
    }

    static @Nullable String text(ByteBuffer from) {
        int length = from.getInt();
        if (length < 0) {
            return null;
        }
        byte[] utf8 = new byte[length];
        from.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static void pass(Path file, Visitor visitor) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            if (in.readLong() != MAGIC || in.readInt() != FORMAT) {
                throw new IOException("another version wrote it");
            }
            for (int length = in.readInt(); length != 0; length = in.readInt()) {
                if (length < 0 || length > LARGEST) {
                    throw new IOException("it is damaged");
                }
                int crc = in.readInt();
                byte[] bytes = in.readNBytes(length);
                if (bytes.length < length || crc(bytes, length) != crc) {
                    throw new IOException("it is damaged");
                }
                visitor.visit(ByteBuffer.wrap(bytes));
            }
        } catch (EOFException e) {
            throw new IOException("it does not end", e);
        }
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
