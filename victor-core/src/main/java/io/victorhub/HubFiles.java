package io.victorhub;

import io.victorhub.dispatch.ArtifactShelf;
import io.victorhub.dispatch.Workspaces;
import io.victorhub.spi.Execution;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.TaskStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that tasks leave in a home: artifacts, which are kept, and workspaces, which stay for a time. */
final class HubFiles {

    private static final Logger log = LoggerFactory.getLogger(Hub.class);
    private static final Duration LONGEST_PERIOD = Duration.ofMinutes(10);
    private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(10);

    private final Path home;
    private final Duration workspaceRetention;
    final ArtifactShelf artifacts;
    final Workspaces workspaces;

    HubFiles(HubBuilder from, HubHome home) {
        this.home = home.root();
        this.workspaceRetention = from.workspaceRetention;
        this.artifacts = new ArtifactShelf(this.home, from.artifactQuota);
        this.workspaces = new Workspaces(this.home, artifacts, workspaceRetention, from.clock);
    }

    /** {@return the files that the last attempt at a task left} */
    List<KeptArtifact> artifacts(TaskStore tasks, String taskId) {
        return tasks
                .find(taskId)
                .flatMap(task -> task.last())
                .filter(Execution.class::isInstance)
                .map(entry -> ((Execution) entry).details().artifacts())
                .orElse(List.of())
                .stream()
                .map(artifact -> new KeptArtifact(artifact, home.resolve(artifact.path())))
                .toList();
    }

    /** {@return the workspaces of a task that are still there} */
    List<Path> workspaces(String taskId) {
        try {
            return workspaces.of(taskId);
        } catch (IOException e) {
            throw new StorageException("the workspaces of task " + taskId + " cannot be listed: " + e, e);
        }
    }

    /** @param work where to remove things; the timer's own thread is not kept waiting */
    void start(ScheduledExecutorService timer, Executor work) {
        long period = Math.max(
                SHORTEST_PERIOD.toMillis(), Math.min(LONGEST_PERIOD.toMillis(), workspaceRetention.toMillis() / 2));
        var unused = timer.scheduleWithFixedDelay(() -> removeOld(work), 0, period, TimeUnit.MILLISECONDS);
    }

    private void removeOld(Executor work) {
        try {
            if (workspaces.isUsed()) {
                work.execute(workspaces::removeOld);
            }
        } catch (RuntimeException | Error e) { // the hub is closing, or there is no thread for the moment
            log.debug("old workspaces are not looked for now", e);
        }
    }
}
