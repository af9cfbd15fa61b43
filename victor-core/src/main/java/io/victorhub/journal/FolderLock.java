package io.victorhub.journal;

import io.victorhub.spi.store.StorageException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Lets one process, and one owner in it, use a folder at a time. The system lets go of it when the process dies. */
public final class FolderLock implements Closeable {

    /** The system lets go of a process's lock as soon as anything in that process closes the file: so look here first. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes a folder, which must be there.
     *
     * @param what what the folder is, for the message
     * @throws StorageException if somebody has it; the message says who
     */
    public static FolderLock take(Path folder, String what) throws IOException {
        boolean interrupted = Thread.interrupted(); // it would close the channel
        try {
            return takeNow(folder.toRealPath(), what);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static FolderLock takeNow(Path folder, String what) throws IOException {
        if (!HELD.add(folder)) {
            throw inUse(folder, what, "another hub of this process");
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            Path file = folder.resolve("LOCK");
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            @Nullable FileLock lock = tryLock(channel);
            if (lock == null) {
                throw inUse(folder, what, holder(file));
            }
            sayWho(channel);
            taken = true;
            return new FolderLock(folder, channel);
        } finally {
            if (!taken) {
                HELD.remove(folder);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    private static void sayWho(FileChannel channel) {
        try {
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
                    0);
        } catch (IOException e) {
            // such as on a full disk: it is held all the same
            return;
        }
    }

    private static StorageException inUse(Path folder, String what, String by) {
        return new StorageException(what + " " + folder + " is in use by " + by
                + "; close that hub first, or give this one a home of its own");
    }

    /** Lets go of it. Idempotent. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            HELD.remove(folder);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another hub of this very process
        }
    }

    private static String holder(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            boolean own = text.equals("process " + ProcessHandle.current().pid());
            return own ? "another hub of this process" : text.isEmpty() ? "another process" : text;
        } catch (IOException e) {
            return "another process";
        }
    }
}
