package io.victorhub.dispatch;

import io.victorhub.spi.Artifact;
import io.victorhub.spi.store.Lease;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folders that attempts write into. Their names are digests: an id is never used as a path. */
public final class Workspaces {

    private final Path home;

    /** @param home the hub's home; workspaces lie in its folder {@code workspace} */
    public Workspaces(Path home) {
        this.home = home.toAbsolutePath().normalize();
    }

    /** Makes the folder of an attempt, empty. Only for a skill that asks for it: most do not. */
    Path open(Lease lease) throws IOException {
        Path folder = folder(lease, lease.attempt());
        if (lease.fence().epoch() == Dispatcher.UNQUEUED) {
            return openBeside(folder);
        }
        remove(folder); // an attempt that was released may have left something
        return Files.createDirectories(folder);
    }

    /** Removes what the attempt before this one left, if that was lost with its process. */
    void removeLost(Lease lease) {
        if (lease.attempt() > 1) {
            remove(folder(lease, lease.attempt() - 1));
        }
    }

    private Path folder(Lease lease, int attempt) {
        return home.resolve("workspace").resolve(digest(lease.taskId()) + "-" + lease.round() + "-" + attempt);
    }

    /** What is not queued may run at any time under any id, and what it left before is kept. */
    private static Path openBeside(Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        for (int n = 1; true; n++) {
            try {
                return Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-now-" + n));
            } catch (FileAlreadyExistsException e) {
                // taken; the next one
            }
        }
    }

    /** The same artifacts with paths relative to the home; throws if one is not what it says. */
    List<Artifact> keep(@Nullable Path workspace, List<Artifact> artifacts) {
        if (workspace == null) {
            throw new IllegalArgumentException(
                    "artifact '" + artifacts.get(0).path() + "' is not in the workspace, which was never asked for");
        }
        List<Artifact> kept =
                artifacts.stream().map(artifact -> keep(workspace, artifact)).toList();
        forceNames(workspace);
        return kept;
    }

    private Artifact keep(Path workspace, Artifact artifact) {
        Path file = workspace.resolve(artifact.path()).normalize();
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean inside = file.toRealPath().startsWith(workspace.toRealPath());
            if (!inside || !attributes.isRegularFile()) {
                throw new IllegalArgumentException(
                        "artifact '" + artifact.path() + "' is no plain file of the workspace");
            }
            if (attributes.size() != artifact.size()) {
                throw new IllegalArgumentException("artifact '" + artifact.path() + "' has " + attributes.size()
                        + " bytes, not " + artifact.size() + "; describe it when it is complete");
            }
            force(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("artifact '" + artifact.path() + "' is not in the workspace", e);
        }
        String path =
                home.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        return new Artifact(path, artifact.mediaType(), artifact.size(), artifact.digest());
    }

    /** An execution that is kept must not name a file that a power cut takes. Not by a channel: an interrupt closes it. */
    private static void force(Path file) throws IOException {
        String mode = Files.isWritable(file) ? "rw" : "r"; // some systems force only what may be written
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), mode)) {
            open.getFD().sync();
        }
    }

    private static void forceNames(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows cannot open a folder; it keeps names durable by itself
        }
    }

    /** Removes the folder if nothing is in it. */
    void removeIfEmpty(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            if (children.findAny().isPresent()) {
                return;
            }
            Files.delete(folder);
        } catch (IOException | UncheckedIOException e) {
            // it is in nobody's way; the next attempt or retention removes it
        }
    }

    /** Removes the folder and all that is in it, following no links. Best effort. */
    void remove(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed)
                        throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // it is in nobody's way; the next attempt or retention removes it
        }
    }

    private static String digest(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
