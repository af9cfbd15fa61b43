package io.victorhub.scheduling.inbox;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for somebody to write one file of a folder. Where the system gives no watch, for the time to pass. */
final class FolderWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);

    private final Path folder;
    private final String file;
    private final LongSupplier nanos;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReentrantLock opening = new ReentrantLock(); // guards that no watch is made once closed
    private @Nullable WatchService watch;
    private @Nullable WatchKey key; // of the one thread that waits

    FolderWatch(Path folder, String file, LongSupplier nanos) {
        this.folder = folder;
        this.file = file;
        this.nanos = nanos;
    }

    /** Begins to watch, where the system can. */
    void open() {
        opening.lock();
        try {
            if (!isClosed()) {
                watch = folder.getFileSystem().newWatchService();
            }
        } catch (IOException | UnsupportedOperationException e) {
            log.warn("the system gives no watch for {}; it is looked at by time alone", folder, e);
        } finally {
            opening.unlock();
        }
    }

    /** Sleeps until the file is written, or closed, at most so long; not at all if the watch just began. */
    void await(Duration longest) throws InterruptedException {
        WatchService watching = current();
        WatchKey registered = watching == null ? null : register(watching);
        if (watching == null || registered == null) {
            pause(longest);
            return;
        }
        if (!registered.equals(key)) { // something may have been written before
            key = registered;
            return;
        }
        long end = nanos.getAsLong() + longest.toNanos();
        try {
            for (long left = longest.toNanos(); left > 0; left = end - nanos.getAsLong()) {
                WatchKey signalled = watching.poll(left, TimeUnit.NANOSECONDS);
                if (signalled == null || isAboutTheFile(signalled)) {
                    return;
                }
            }
        } catch (ClosedWatchServiceException e) {
            // the caller sees that it is closing
        }
    }

    /** Sleeps so long whatever happens, unless closed. */
    void pause(Duration duration) throws InterruptedException {
        boolean early = closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        log.trace("woke {}", early ? "to close" : "to look");
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
        WatchService watching = current();
        if (watching != null) {
            try {
                watching.close();
            } catch (IOException e) {
                log.warn("the watch of {} could not be closed", folder, e);
            }
        }
    }

    private @Nullable WatchService current() {
        opening.lock();
        try {
            return watch;
        } finally {
            opening.unlock();
        }
    }

    /** Each time anew, because the folder may be another one by now; null if it cannot be watched now. */
    private @Nullable WatchKey register(WatchService watching) {
        try {
            return folder.register(
                    watching, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
        } catch (IOException e) {
            log.debug("{} cannot be watched now", folder, e);
            return null;
        } catch (ClosedWatchServiceException e) {
            return null;
        }
    }

    private boolean isAboutTheFile(WatchKey signalled) {
        boolean about = false;
        for (WatchEvent<?> event : signalled.pollEvents()) {
            if (event.kind() == StandardWatchEventKinds.OVERFLOW || file.equals(String.valueOf(event.context()))) {
                about = true;
            }
        }
        return !signalled.reset() || about;
    }
}
