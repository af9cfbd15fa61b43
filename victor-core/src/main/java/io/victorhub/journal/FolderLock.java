package io.victorhub.journal;

import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Lets one process, and one owner in it, use a folder at a time. The system lets go of it when the process dies. */
public final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes a folder, which must be there.
     *
     * @param what what the folder is, for the message
     * @throws StorageException if somebody has it; the message says who
     */
    public static FolderLock take(Path folder, String what) throws IOException {
        Path file = folder.resolve("LOCK");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            @Nullable FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new StorageException(what + " " + folder + " is in use by " + holder(file)
                        + "; close that hub first, or give this one a home of its own");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
                    0);
            taken = true;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        return new FolderLock(channel);
    }

    /** Lets go of it. Idempotent. */
    @Override
    public void close() throws IOException {
        channel.close();
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
