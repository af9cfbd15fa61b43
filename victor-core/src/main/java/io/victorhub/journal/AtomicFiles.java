package io.victorhub.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/** Files that are there whole or not at all, also after a power cut. */
public final class AtomicFiles {

    private AtomicFiles() {}

    /** Writes a file, replacing one that is there. */
    public static void write(Path file, byte[] content) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
        // not createTempFile: nobody but the owner could read what becomes of that
        Path temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            writeAndForce(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder(folder);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Makes names in a folder durable, where the system can. */
    public static void forceFolder(Path folder) {
        boolean interrupted = Thread.interrupted();
        while (!forced(folder)) {
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes what writers left that died before their file was whole. For a folder in which nobody writes now. */
    static void removeLeftovers(Path folder) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, ".*.tmp")) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
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

    /** Not by a channel: an interrupted thread would close it. */
    static void writeAndForce(Path file, byte[] content) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(content);
            out.setLength(content.length);
            out.getFD().sync();
        }
    }
}
