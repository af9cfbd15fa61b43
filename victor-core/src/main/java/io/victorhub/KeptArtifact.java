package io.victorhub;

import io.victorhub.dispatch.Sha256;
import io.victorhub.spi.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A file that the result of a task names, and where it is. It stays as long as its execution is in the log, unless the task
 * is erased.
 *
 * @param artifact what the result says of it; its path is relative to the hub's home
 * @param file where it is; not to be changed
 * @since 0.1
 */
public record KeptArtifact(Artifact artifact, Path file) {

    /** Checks that nothing is missing. */
    public KeptArtifact {
        Objects.requireNonNull(artifact, "artifact");
        Objects.requireNonNull(file, "file");
    }

    /** {@return the path that its skill gave it, relative to the workspace, with {@code /} between names} */
    public String name() {
        return artifact.path().split("/", 3)[2];
    }

    /**
     * {@return what is in it} To be closed by the caller.
     *
     * @throws java.nio.file.NoSuchFileException if it was removed
     * @throws IOException if it cannot be read
     */
    public InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    /**
     * {@return whether it has the size and the digest that are on record} Reads all of it.
     *
     * @throws IOException if it cannot be read
     */
    public boolean isIntact() throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == artifact.size()
                && artifact.digest().equals("sha256:" + Sha256.of(file));
    }
}
