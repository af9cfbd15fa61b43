package io.victorhub.scheduling.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps all others who ask for it from changing a queue file: threads of this process, and other processes. It is the
 * lock of a file {@code .<name>.lock} beside it, which stays there empty; the system lets go of it when its holder dies.
 */
public final class QueueLock implements AutoCloseable {

    /** How long to wait for another program that writes. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** A process loses its lock of a file once it closes that file anywhere, so only one thread may have it open. */
    private static final ReentrantLock ONE_THREAD = new ReentrantLock();

    private final FileChannel channel;

    private QueueLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * {@return the lock, or empty if another one still holds it after {@code patience}}
     *
     * @throws IOException if the lock's file cannot be opened or locked
     */
    public static Optional<QueueLock> of(Path queue, Duration patience) throws IOException {
        Path absolute = queue.toAbsolutePath();
        Path file = absolute.resolveSibling("." + absolute.getFileName() + ".lock");
        for (long pauses = patience.toNanos() / PAUSE_NANOS; ; pauses--) {
            Optional<QueueLock> lock = attempt(file);
            if (lock.isPresent() || pauses <= 0) {
                return lock;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while " + file + " was held by another program");
            }
        }
    }

    /** Lets go. By the thread that took it. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            ONE_THREAD.unlock();
        }
    }

    private static Optional<QueueLock> attempt(Path file) throws IOException {
        if (ONE_THREAD.isHeldByCurrentThread() || !ONE_THREAD.tryLock()) {
            return Optional.empty();
        }
        Optional<QueueLock> lock = Optional.empty();
        try {
            lock = open(file);
            return lock;
        } finally {
            if (lock.isEmpty()) {
                ONE_THREAD.unlock();
            }
        }
    }

    private static Optional<QueueLock> open(Path file) throws IOException {
        boolean there = Files.exists(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            if (!there) {
                openToWhoeverMayWriteThere(file);
            }
            FileLock lock = channel.tryLock();
            locked = lock != null;
            return locked ? Optional.of(new QueueLock(channel)) : Optional.empty();
        } catch (OverlappingFileLockException e) {
            return Optional.empty(); // another copy of this class holds it
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /** Programs of other users that may put files into the folder must be able to lock, too. */
    private static void openToWhoeverMayWriteThere(Path file) {
        try {
            Path folder = Objects.requireNonNull(file.getParent(), "a file has a folder");
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
            permissions.removeAll(EnumSet.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE));
            Files.setPosixFilePermissions(file, permissions);
        } catch (IOException | UnsupportedOperationException e) {
            // then only programs of the same user can lock, and others are told so when they try
        }
    }
}
