package io.victorhub;

import io.victorhub.dispatch.ArtifactShelf;
import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.StorageException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops what need not be kept of the log, soon after opening and while it grows: a busy hub writes megabytes a second. */
final class Forgetter {

    private static final Logger log = LoggerFactory.getLogger(Hub.class);

    private static final long LOOK_SECONDS = 10;
    private static final int PAGE = 500;

    private final ExecutionLog entries;
    private final LogRetention retention;
    private final InstantSource clock;
    private final Runnable learned;
    private final ArtifactShelf artifacts;
    private final AtomicBoolean forgetting = new AtomicBoolean(); // one at a time

    /** @param learned lets everybody learn the log who follows it, before something is dropped */
    Forgetter(
            ExecutionLog entries,
            LogRetention retention,
            InstantSource clock,
            Runnable learned,
            ArtifactShelf artifacts) {
        this.entries = entries;
        this.retention = retention;
        this.clock = clock;
        this.learned = learned;
        this.artifacts = artifacts;
    }

    /** @param work where to drop things; the timer's own thread is not kept waiting */
    void start(ScheduledExecutorService timer, Executor work) {
        if (!retention.isForever()) {
            var unused = timer.scheduleWithFixedDelay(() -> forgetOn(work), 0, LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void forgetOn(Executor work) {
        if (forgetting.compareAndSet(false, true)) {
            try {
                work.execute(this::forget);
            } catch (RuntimeException | Error e) {
                forgetting.set(false); // the hub is closing, or there is no thread for the moment
                log.debug("the log is not looked at now", e);
            }
        }
    }

    /** Drops it now. Throws nothing. */
    void forget() {
        try {
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            Optional<Position> before = retention.firstToKeep(entries.parts(), today);
            if (before.isPresent()) {
                learned.run(); // whoever follows the log has seen what goes
                Set<String> files = filesBefore(before.get());
                entries.forget(before.get());
                artifacts.remove(files); // behind their executions, which must not name what is not there
                log.info(
                        "what the log need not keep was dropped: everything before {}",
                        before.get().text());
            }
        } catch (StorageException | IllegalArgumentException e) {
            log.warn("the log could not be shortened; tried again in a moment", e);
        } finally {
            forgetting.set(false);
        }
    }

    /** {@return the folders of artifacts that entries before a position name} */
    private Set<String> filesBefore(Position before) {
        while (artifacts.isUsed()) {
            Optional<Position> next = first(entries.read(before, 1));
            Set<String> folders = foldersUntil(next);
            if (next.isPresent() || first(entries.read(before, 1)).isEmpty()) {
                return folders;
            } // entries came behind the position meanwhile, and some of them may have been read
        }
        return Set.of();
    }

    private Set<String> foldersUntil(Optional<Position> next) {
        Set<String> folders = new HashSet<>();
        LogPage page = entries.read(Position.START, PAGE);
        while (!page.entries().isEmpty()) {
            for (LogPage.Logged logged : page.entries()) {
                if (next.filter(logged.position()::equals).isPresent()) {
                    return folders;
                }
                ArtifactShelf.folderOf(logged.entry()).ifPresent(folders::add);
            }
            page = entries.read(page.end(), PAGE);
        }
        return folders;
    }

    private static Optional<Position> first(LogPage page) {
        return page.entries().stream().findFirst().map(LogPage.Logged::position);
    }
}
