package io.victorhub.dispatch;

import io.victorhub.spi.Artifact;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that executions name: below the home's {@code artifacts}, in a folder for each attempt. They are put there
 * before their execution is on record, so what no execution names was left by a process that died in between; a
 * {@link Sweep} removes it. For any number of threads.
 */
public final class ArtifactShelf {

    /** Artifacts that were checked and are not on the shelf yet. */
    record Checked(Path workspace, Path folder, List<Path> files, List<Artifact> artifacts) {
        long bytes() {
            return artifacts.stream().mapToLong(Artifact::size).sum();
        }
    }

    private static final Logger log = LoggerFactory.getLogger(ArtifactShelf.class);
    private static final String FOLDER = "artifacts";
    private static final String SHA_256 = "sha256:";

    private final Path home;
    private final long quota;
    private final AtomicLong used = new AtomicLong();

    /**
     * @param home the hub's home
     * @param quota how many bytes all artifacts together may have
     */
    public ArtifactShelf(Path home, long quota) {
        this.home = home.toAbsolutePath().normalize();
        this.quota = quota;
    }

    /** {@return how many bytes are taken of the quota} */
    public long used() {
        return used.get();
    }

    /** {@return whether anything was ever put there} */
    public boolean isUsed() {
        return Files.exists(root());
    }

    /** {@return where the artifacts of an attempt go, which has the name of its workspace} */
    Path folder(Path workspace) {
        return root().resolve(Objects.requireNonNull(workspace.getFileName(), "a workspace has a name")
                .toString());
    }

    /**
     * {@return the same artifacts with paths relative to the home}
     *
     * @throws IllegalArgumentException if one is not what it says, or not in the workspace
     */
    Checked check(@Nullable Path workspace, List<Artifact> named) {
        if (workspace == null) {
            throw new IllegalArgumentException(
                    "artifact '" + named.get(0).path() + "' is not in the workspace, which was never asked for");
        }
        Path folder = folder(workspace);
        List<Path> files = new ArrayList<>();
        List<Artifact> artifacts = new ArrayList<>();
        for (Artifact artifact : named) {
            Path file = checked(workspace, artifact);
            if (files.contains(file)) {
                throw new IllegalArgumentException("artifact '" + artifact.path()
                        + "' is a file that another artifact names; name each file once");
            }
            files.add(file);
            String path = FOLDER + "/" + folder.getFileName() + "/" + artifact.path();
            artifacts.add(new Artifact(path, artifact.mediaType(), artifact.size(), artifact.digest()));
        }
        return new Checked(workspace, folder, files, artifacts);
    }

    private static Path checked(Path workspace, Artifact artifact) {
        Path file = workspace.resolve(artifact.path()).normalize();
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Path real = file.toRealPath();
            if (!real.startsWith(workspace.toRealPath()) || !attributes.isRegularFile()) {
                throw new IllegalArgumentException(
                        "artifact '" + artifact.path() + "' is no plain file of the workspace");
            }
            if (attributes.size() != artifact.size()) {
                throw new IllegalArgumentException("artifact '" + artifact.path() + "' has " + attributes.size()
                        + " bytes, not " + artifact.size() + "; describe it when it is complete");
            }
            String digest = SHA_256 + Sha256.of(real);
            if (!digest.equals(artifact.digest())) {
                throw new IllegalArgumentException("artifact '" + artifact.path() + "' has the digest " + digest
                        + ", not " + artifact.digest() + "; describe it when it is complete");
            }
            return real;
        } catch (IOException e) {
            throw new IllegalArgumentException("artifact '" + artifact.path() + "' is not in the workspace", e);
        }
    }

    /**
     * Puts files on the shelf, for good: an execution that is kept must not name one that a power cut takes.
     *
     * @throws ShelfException if there is no room for them; then none of them is there
     */
    void keep(Checked checked) {
        removeCounted(checked.folder()); // an attempt that was released may have left something
        long bytes = checked.bytes();
        long taken = used.addAndGet(bytes);
        if (taken > quota) {
            used.addAndGet(-bytes);
            throw new ShelfException("its artifacts have " + bytes + " bytes, and of the " + quota
                    + " that this home's artifacts may have only " + Math.max(0, quota - (taken - bytes))
                    + " are free; raise artifactQuota, keep less of the log, or write less");
        }
        try {
            move(checked);
        } catch (IOException | RuntimeException e) {
            used.addAndGet(-bytes);
            remove(checked.folder());
            throw new ShelfException("its artifacts cannot be kept: " + e, e);
        }
    }

    private void move(Checked checked) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        for (int i = 0; i < checked.files().size(); i++) {
            Path target = home.resolve(checked.artifacts().get(i).path());
            Path parent = Objects.requireNonNull(target.getParent(), "it is below the home");
            Files.createDirectories(parent);
            Files.move(checked.files().get(i), target);
            force(target);
            for (Path folder = parent; folder.startsWith(root()); folder = parentOf(folder)) {
                folders.add(folder);
            }
        }
        folders.forEach(Folders::forceNames);
        Folders.forceNames(home);
    }

    private static Path parentOf(Path folder) {
        return Objects.requireNonNull(folder.getParent(), "it is below the home");
    }

    /** Not by a channel: an interrupt closes it. */
    private static void force(Path file) throws IOException {
        String mode = Files.isWritable(file) ? "rw" : "r"; // some systems force only what may be written
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), mode)) {
            open.getFD().sync();
        }
    }

    /** {@return the folder of the attempt, if the entry names files of it} */
    public static Optional<String> folderOf(LogEntry entry) {
        if (entry instanceof Execution execution
                && !execution.details().artifacts().isEmpty()) {
            String[] names = execution.details().artifacts().get(0).path().split("/", 3);
            return names.length == 3 && names[0].equals(FOLDER) ? Optional.of(names[1]) : Optional.empty();
        }
        return Optional.empty();
    }

    /** Removes artifacts whose executions are gone. Best effort: what stays goes at the next opening. */
    public void remove(Set<String> folders) {
        for (String folder : folders) {
            removeCounted(root().resolve(folder));
        }
    }

    /**
     * Removes all artifacts of a task.
     *
     * @return how many there were
     * @throws IOException if one of them cannot be removed
     */
    public int removeOf(String taskId) throws IOException {
        int files = 0;
        for (Path folder : Folders.in(root())) {
            if (folder.getFileName().toString().startsWith(Sha256.name(taskId) + "-")) {
                List<Long> sizes = sizes(folder);
                Folders.remove(folder);
                used.addAndGet(-sum(sizes));
                files += sizes.size();
            }
        }
        Folders.forceNames(root());
        return files;
    }

    /** {@return what removes, when the whole log was seen, what no execution names} While no attempt runs. */
    public Sweep sweep() {
        try {
            return new Sweep(Folders.in(root()).stream()
                    .map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toCollection(HashSet::new)));
        } catch (IOException e) {
            log.warn("artifacts that no execution names cannot be looked for; that is tried at the next opening", e);
            return new Sweep(new HashSet<>());
        }
    }

    /** Looks for what no execution names. One thread. */
    public final class Sweep {
        private final Set<String> unnamed;

        private Sweep(Set<String> all) {
            this.unnamed = all;
        }

        /** An entry of the log names what it names. Its files count in the quota. */
        public void see(LogEntry entry) {
            Optional<String> folder = folderOf(entry);
            if (folder.isPresent() && unnamed.remove(folder.get()) && entry instanceof Execution execution) {
                used.addAndGet(execution.details().artifacts().stream()
                        .mapToLong(Artifact::size)
                        .sum());
            }
        }

        /** All entries were seen. */
        public void end() {
            if (!unnamed.isEmpty()) {
                log.info("artifacts of {} attempts that are not on record are removed", unnamed.size());
                unnamed.forEach(folder -> ArtifactShelf.this.remove(root().resolve(folder)));
            }
        }
    }

    private Path root() {
        return home.resolve(FOLDER);
    }

    private void removeCounted(Path folder) {
        try {
            long bytes = sum(sizes(folder));
            Folders.remove(folder);
            used.addAndGet(-bytes);
        } catch (IOException e) {
            log.debug("{} cannot be removed; it is tried at the next opening", folder, e);
        }
    }

    private static void remove(Path folder) {
        try {
            Folders.remove(folder);
        } catch (IOException e) {
            log.debug("{} cannot be removed; it is tried at the next opening", folder, e);
        }
    }

    private static List<Long> sizes(Path folder) throws IOException {
        List<Long> sizes = new ArrayList<>();
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            for (Path child : Folders.in(folder)) {
                sizes.addAll(sizes(child));
            }
        } else if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            sizes.add(Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .size());
        }
        return sizes;
    }

    private static long sum(List<Long> sizes) {
        return sizes.stream().mapToLong(Long::longValue).sum();
    }
}
