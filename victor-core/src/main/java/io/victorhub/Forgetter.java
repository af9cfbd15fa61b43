package io.victorhub;

import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.StorageException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops what need not be kept of the log, soon after opening and while it grows: a busy hub writes megabytes a second. */
final class Forgetter {

    private static final Logger log = LoggerFactory.getLogger(Hub.class);

    private static final long LOOK_SECONDS = 10;

    private final ExecutionLog entries;
    private final LogRetention retention;
    private final InstantSource clock;
    private final Runnable learned;
    private final AtomicBoolean forgetting = new AtomicBoolean(); // one at a time

    /** @param learned lets everybody learn the log who follows it, before something is dropped */
    Forgetter(ExecutionLog entries, LogRetention retention, InstantSource clock, Runnable learned) {
        this.entries = entries;
        this.retention = retention;
        this.clock = clock;
        this.learned = learned;
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
            } catch (RejectedExecutionException e) {
                forgetting.set(false); // the hub is closing
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
                entries.forget(before.get());
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
}
