package io.victorhub.scheduling.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/** Files that appear whole under their name or not at all, and stay there over a power cut. */
public final class QueueFolder {

    private QueueFolder() {}

    /** {@return the folder that {@code file} is in} */
    public static Path of(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    }

    /** Writes a file, replacing one that is there, whose permissions it takes over. */
    public static void write(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(temporary, content, StandardOpenOption.CREATE_NEW);
            takeOverPermissions(file, temporary);
            publish(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Gives a file that was written under another name its own, for good. */
    public static void publish(Path temporary, Path file) throws IOException {
        force(temporary);
        move(temporary, file);
    }

    /** Moves a file for good, replacing one that is there. */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(of(to));
        if (!of(from).equals(of(to))) {
            forceFolder(of(from));
        }
    }

    /** Makes durable what another program wrote, where the system can through a file that may only be read. */
    public static void forceForeign(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // then it is as durable as its writer made it
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows cannot open a folder; it keeps names durable by itself
        }
    }

    private static void takeOverPermissions(Path from, Path to) {
        try {
            if (Files.exists(from)) {
                Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
            }
        } catch (IOException | UnsupportedOperationException e) {
            // those of a new file must do
        }
    }
}
