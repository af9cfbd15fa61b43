package io.victorhub.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that takes up room on the disk, so that something can be given up when there is none left. Used by one thread at
 * a time.
 */
final class Reserve {

    private static final Logger log = LoggerFactory.getLogger(Reserve.class);
    private static final String NAME = "reserve";
    private static final int PARTS = 8;
    private static final long RETRY_NANOS = 1_000_000_000;
    private static final long RETRY_ON_A_SMALL_DISK_NANOS = 60 * RETRY_NANOS;

    private final JournalFiles files;
    private final Path folder;
    private final Path file;
    private final int bytes;
    private int left;
    private volatile boolean inUse; // some of it was given up
    private long triedAt;

    Reserve(JournalFiles files, Path folder, int bytes) {
        this.files = files;
        this.folder = folder;
        this.file = folder.resolve(NAME);
        this.bytes = bytes;
    }

    /** Makes it when a journal is opened. A disk without room for it is no reason not to open one. */
    void open() {
        triedAt = System.nanoTime();
        try {
            if (bytes == 0) {
                files.delete(file);
            } else {
                fill();
            }
        } catch (IOException e) {
            remove();
            log.warn(
                    "the disk has no room for the reserve {} of {} bytes ({}); should it become full, what runs cannot be kept either",
                    file,
                    bytes,
                    e.getMessage());
        }
    }

    /** {@return whether some of it was given up} It is made whole again first, if that can be; tried once a second. */
    boolean isInUse() {
        long now = System.nanoTime();
        if (left == bytes || now - triedAt < (inUse ? RETRY_NANOS : RETRY_ON_A_SMALL_DISK_NANOS)) {
            return inUse;
        }
        triedAt = now;
        try {
            fill();
            inUse = false;
            log.info("the disk has room for the reserve {} again", file);
        } catch (IOException e) {
            if (!inUse) {
                remove();
            }
        }
        return inUse;
    }

    /** {@return whether some of it is given up, as far as is known} For any thread; does nothing about it. */
    boolean isGivenUp() {
        return inUse;
    }

    /** {@return whether there was something to give up} */
    boolean giveUpSome() {
        if (left == 0) {
            return false;
        }
        if (!inUse) {
            inUse = true;
            log.warn(
                    "the disk is full: what runs is kept in the room of the reserve {}, nothing new is taken; make room on the disk",
                    file);
        }
        left = Math.max(0, left - Math.max(1, bytes / PARTS));
        try (JournalFiles.OpenFile open = files.open(file, true)) {
            open.truncate(left);
            open.force(); // or the system may keep the room for itself for a while
        } catch (IOException e) {
            left = 0;
        }
        return true;
    }

    /** {@return whether there was anything to give up} For when it was not {@linkplain #open opened} yet. */
    boolean giveUpAll() throws IOException {
        boolean there = files.list(folder).contains(NAME);
        files.delete(file);
        files.forceFolder(folder);
        return there;
    }

    private void remove() {
        left = 0;
        try {
            files.delete(file);
        } catch (IOException e) {
            // then it takes room for nothing until the journal is opened again
            return;
        }
    }

    private void fill() throws IOException {
        try (JournalFiles.OpenFile open = files.open(file, true)) {
            left = Math.toIntExact(Math.min(bytes, open.length()));
            byte[] some = new byte[Math.min(bytes - left, 1 << 16)];
            Arrays.fill(some, (byte) '-'); // not zeros, which some systems do not keep
            while (left < bytes) {
                int part = Math.min(some.length, bytes - left);
                open.write(some, 0, part, left);
                left += part;
            }
            if (open.length() > bytes) {
                open.truncate(bytes);
            }
        }
    }
}
