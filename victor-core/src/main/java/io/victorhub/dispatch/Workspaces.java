package io.victorhub.dispatch;

import io.victorhub.spi.store.Lease;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders that attempts write into. Their names are digests: an id is never used as a path. What is in one stays for a
 * time after its attempt, so that somebody may look into it.
 */
public final class Workspaces {

    private static final Logger log = LoggerFactory.getLogger(Workspaces.class);
    private static final String FOLDER = "workspace";

    private final Path root;
    private final ArtifactShelf artifacts;
    private final Duration retention;
    private final InstantSource clock;
    private final Set<Path> inUse = ConcurrentHashMap.newKeySet();

    /**
     * @param home the hub's home; workspaces lie in its folder {@code workspace}
     * @param artifacts where files go that results name
     * @param retention how long what else is in a workspace stays after its attempt
     * @param clock the time
     */
    public Workspaces(Path home, ArtifactShelf artifacts, Duration retention, InstantSource clock) {
        this.root = home.toAbsolutePath().normalize().resolve(FOLDER);
        this.artifacts = artifacts;
        this.retention = retention;
        this.clock = clock;
    }

    /** {@return where files go that results name} */
    ArtifactShelf artifacts() {
        return artifacts;
    }

    /** Makes the folder of an attempt, empty. Only for a skill that asks for it: most do not. */
    Path open(Lease lease) throws IOException {
        String name = Sha256.name(lease.taskId()) + "-" + lease.round() + "-" + lease.attempt();
        Path folder = lease.fence().epoch() == Dispatcher.UNQUEUED ? openBeside(name) : openEmpty(name);
        inUse.add(folder);
        return folder;
    }

    private Path openEmpty(String name) throws IOException {
        Path folder = root.resolve(name);
        Folders.remove(folder); // an attempt that was released may have left something
        return Files.createDirectories(folder);
    }

    /** What is not queued may run at any time under any id, and what it left before is kept. */
    private Path openBeside(String name) throws IOException {
        Files.createDirectories(root);
        for (int n = 1; true; n++) {
            Path folder = root.resolve(name + "-now-" + n);
            if (Files.exists(artifacts.folder(folder), LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            try {
                return Files.createDirectory(folder);
            } catch (FileAlreadyExistsException e) {
                // taken; the next one
            }
        }
    }

    /** The attempt is over. What it left stays for a time. */
    void leave(Path folder) {
        try {
            if (retention.isZero() || Folders.in(folder).isEmpty()) {
                Folders.remove(folder);
            } else {
                Files.setLastModifiedTime(folder, FileTime.from(clock.instant()));
            }
        } catch (IOException e) {
            log.debug("{} cannot be removed; retention tries it again", folder, e);
        } finally {
            inUse.remove(folder);
        }
    }

    /** {@return whether an attempt ever asked for one} */
    public boolean isUsed() {
        return Files.exists(root);
    }

    /** Removes what has stayed for long enough. Best effort: what cannot be removed is tried the next time. */
    public void removeOld() {
        try {
            Instant before = clock.instant().minus(retention);
            for (Path folder : Folders.in(root)) {
                if (!inUse.contains(folder) && isBefore(folder, before)) {
                    Folders.remove(folder);
                }
            }
        } catch (IOException e) {
            log.debug("old workspaces in {} cannot be removed; that is tried again", root, e);
        }
    }

    private static boolean isBefore(Path folder, Instant instant) throws IOException {
        return Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
                && !Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isAfter(instant);
    }

    /** {@return the folders that attempts at a task left and that are still there} */
    public List<Path> of(String taskId) throws IOException {
        String prefix = Sha256.name(taskId) + "-";
        return Folders.in(root).stream()
                .filter(folder -> folder.getFileName().toString().startsWith(prefix))
                .sorted()
                .toList();
    }

    /**
     * Removes the folders of all attempts at a task.
     *
     * @return how many there were
     * @throws IOException if one of them cannot be removed
     */
    public int removeOf(String taskId) throws IOException {
        List<Path> all = of(taskId);
        for (Path folder : all) {
            Folders.remove(folder);
        }
        Folders.forceNames(root);
        return all.size();
    }
}
