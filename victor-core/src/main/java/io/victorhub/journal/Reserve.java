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
    private static final int PARTS = 8;
    private static final long RETRY_NANOS = 1_000_000_000;

    private final JournalFiles files;
    private final Path file;
    private final int bytes;
    private int left;
    private boolean tried;
    private long triedAt;

    Reserve(JournalFiles files, Path folder, int bytes) {
        this.files = files;
        this.file = folder.resolve("reserve");
        this.bytes = bytes;
    }

    /** {@return whether it is as large as it should be} Makes it so if it is not, at most once a second. */
    boolean isWhole() {
        if (left == bytes) {
            return true;
        }
        long now = System.nanoTime();
        if (tried && now - triedAt < RETRY_NANOS) {
            return false;
        }
        tried = true;
        triedAt = now;
        try {
            fill();
        } catch (IOException e) {
            return false;
        }
        log.info("the disk has room for the reserve {} again", file);
        return true;
    }

    /** Makes it when a journal is opened; a disk that is full already is no reason not to open it. */
    void open() {
        try {
            if (bytes == 0) {
                files.delete(file);
            } else {
                fill();
            }
        } catch (IOException e) {
            log.warn(
                    "the disk has no room for the reserve {} of {} bytes ({}); nothing new is taken until there is",
                    file,
                    bytes,
                    e.getMessage());
        }
    }

    /** {@return whether there was something to give up} */
    boolean giveUpSome() {
        if (left == 0) {
            return false;
        }
        if (left == bytes) {
            log.warn(
                    "the disk is full: what runs is kept in the room of the reserve {}; nothing new is taken; make room",
                    file);
        }
        left = Math.max(0, left - Math.max(1, bytes / PARTS));
        try (JournalFiles.OpenFile open = files.open(file, true)) {
            open.truncate(left);
            open.force(); // or the system may keep the room for itself for a while
            return true;
        } catch (IOException e) {
            left = 0;
            return false;
        }
    }

    /** {@return whether there was anything to give up} For when it was not {@linkplain #open opened} yet. */
    boolean giveUpAll() throws IOException {
        long length;
        try (JournalFiles.OpenFile open = files.open(file, true)) {
            length = open.length();
            open.truncate(0);
            open.force();
        }
        return length > 0;
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
