package io.victorhub;

import io.victorhub.journal.FolderLock;
import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of one hub, which nobody else may use meanwhile. A temporary home is removed when it is closed. */
final class HubHome implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HubHome.class);

    private final Path root;
    private final @Nullable FolderLock lock; // null for a temporary home, which nobody else knows

    private HubHome(Path root, @Nullable FolderLock lock) {
        this.root = root;
        this.lock = lock;
    }

    static HubHome at(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new StorageException(
                    "the home " + root + " cannot be made: " + e + "; give a folder that this process may write", e);
        }
        try {
            return new HubHome(root, FolderLock.take(root, "the home"));
        } catch (IOException e) {
            throw new StorageException(
                    "the home " + root + " cannot be written: " + e + "; give a folder that this process may write", e);
        }
    }

    static HubHome temporary() {
        try {
            return new HubHome(Files.createTempDirectory("victor-").toRealPath(), null);
        } catch (IOException e) {
            throw new StorageException(
                    "no temporary folder can be made for workspaces: " + e + "; make room or set java.io.tmpdir", e);
        }
    }

    Path root() {
        return root;
    }

    Path store() {
        return root.resolve("store");
    }

    Path tasks() {
        return root.resolve("tasks");
    }

    Path audit() {
        return root.resolve("audit");
    }

    Path skills() {
        return root.resolve("skills");
    }

    Path pluginCopies() {
        return root.resolve("cache").resolve("skills");
    }

    boolean isTemporary() {
        return lock == null;
    }

    @Override
    public void close() {
        if (lock != null) {
            unlock(lock);
            return;
        }
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
                        throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            log.warn("the temporary folder {} could not be removed", root, e);
        }
    }

    private static void unlock(FolderLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            log.warn("the lock of a home could not be closed; the system lets go of it when this process ends", e);
        }
    }
}
