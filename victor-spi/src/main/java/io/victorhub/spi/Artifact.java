package io.victorhub.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A file that an attempt left behind.
 *
 * @param path where it is, with {@code /} between names: relative to the workspace in a skill's result, relative to the
 *     hub's home in an execution
 * @param mediaType what it is, such as {@code text/markdown}
 * @param size its length in bytes
 * @param digest {@code sha256:} and 64 hexadecimal digits
 * @since 0.1
 */
public record Artifact(String path, String mediaType, long size, String digest) {

    /**
     * @throws IllegalArgumentException if the path is empty, absolute or leads outside with {@code ..}, or the size is
     *     negative
     */
    public Artifact {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(digest, "digest");
        if (path.isEmpty() || path.startsWith("/") || ("/" + path + "/").contains("/../")) {
            throw new IllegalArgumentException(
                    "artifact '" + Names.shown(path) + "' must lie below the workspace; give its path relative to it");
        }
        if (size < 0) {
            throw new IllegalArgumentException("artifact '" + Names.shown(path) + "' has the size " + size);
        }
    }

    /**
     * Describes a file of a workspace: reads it once for size and digest.
     *
     * @param workspace the folder that {@link SkillContext#workspace()} gave
     * @param file a file below it, absolute or relative to it
     * @throws IOException if the file cannot be read
     */
    public static Artifact of(Path workspace, Path file, String mediaType) throws IOException {
        Path root = workspace.toAbsolutePath().normalize();
        Path absolute = root.resolve(file).normalize();
        if (!absolute.startsWith(root)) {
            throw new IllegalArgumentException("artifact " + file + " lies outside the workspace " + workspace);
        }
        MessageDigest sha256 = sha256();
        long size = 0;
        try (InputStream in = Files.newInputStream(absolute)) {
            byte[] chunk = new byte[1 << 16];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                sha256.update(chunk, 0, read);
                size += read;
            }
        }
        StringBuilder path = new StringBuilder();
        root.relativize(absolute)
                .forEach(name -> path.append(path.length() == 0 ? "" : "/").append(name));
        return new Artifact(
                path.toString(), mediaType, size, "sha256:" + HexFormat.of().formatHex(sha256.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
