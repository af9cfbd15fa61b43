package io.victorhub;

import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.TaskStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the latest progress of each task to the store, once a second at most, however often skills tell theirs. */
final class ProgressRelay {

    private static final Logger log = LoggerFactory.getLogger(ProgressRelay.class);

    private final TaskStore tasks;
    private final ScheduledExecutorService timer;
    private final Map<String, Progress> latest = new ConcurrentHashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    ProgressRelay(TaskStore tasks, ScheduledExecutorService timer) {
        this.tasks = tasks;
        this.timer = timer;
    }

    void progressed(Progress progress) {
        latest.put(progress.taskId(), progress);
        if (scheduled.compareAndSet(false, true)) {
            try {
                timer.schedule(this::flush, 1, TimeUnit.SECONDS);
            } catch (RejectedExecutionException e) {
                log.debug("the hub is closing; the last progress of {} is dropped", progress.taskId());
            }
        }
    }

    private void flush() {
        scheduled.set(false);
        List<Progress> all = new ArrayList<>();
        latest.keySet().forEach(id -> {
            Progress progress = latest.remove(id);
            if (progress != null) {
                all.add(progress);
            }
        });
        try {
            tasks.progress(all);
        } catch (StorageException e) {
            log.debug("progress could not be kept; the next may be", e);
        }
    }
}
