package io.victorhub.registry.loading;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the plug-in folder when something happens in it, and every now and then whatever happens. */
public final class PluginWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PluginWatch.class);
    private static final long QUIET_MILLIS = 300;

    private final SkillRegistry registry;
    private final WatchService watch;
    private final Duration interval;
    private final Thread thread;

    private PluginWatch(
            SkillRegistry registry, Path folder, Duration interval, ThreadFactory threads, WatchService watch)
            throws IOException {
        this.registry = registry;
        this.interval = interval;
        this.watch = watch;
        Files.createDirectories(folder);
        folder.register(
                watch,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
        this.thread = threads.newThread(this::run);
        thread.setName("victor-plugins");
        thread.setDaemon(true);
    }

    /**
     * Begins to watch.
     *
     * @throws IOException if the folder cannot be made or watched
     */
    public static PluginWatch start(SkillRegistry registry, Path folder, Duration interval, ThreadFactory threads)
            throws IOException {
        WatchService watch = folder.getFileSystem().newWatchService();
        try {
            PluginWatch started = new PluginWatch(registry, folder, interval, threads, watch);
            started.thread.start();
            return started;
        } catch (IOException e) {
            watch.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException e) {
            log.warn("the watch of the plug-in folder could not be closed", e);
        }
    }

    private void run() {
        long wait = QUIET_MILLIS; // somebody may have written there before the watch began
        while (true) {
            try {
                boolean touched = drain(watch.poll(wait, TimeUnit.MILLISECONDS));
                if (touched) {
                    wait = QUIET_MILLIS; // let whoever writes there finish, then look
                    continue;
                }
                registry.scan();
                // what was half there at the first look is told of at the second
                wait = wait == QUIET_MILLIS ? QUIET_MILLIS + 1 : interval.toMillis();
            } catch (ClosedWatchServiceException | InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                log.error("a look at the plug-in folder failed; the next one follows", e);
                wait = interval.toMillis();
            }
        }
    }

    private static boolean drain(@Nullable WatchKey key) {
        if (key == null) {
            return false;
        }
        key.pollEvents();
        key.reset();
        return true;
    }
}
