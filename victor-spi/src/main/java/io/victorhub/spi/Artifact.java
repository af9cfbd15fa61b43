package io.victorhub.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

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

    /** An empty name, '.' or '..' between two slashes. */
    private static final Pattern OUTSIDE = Pattern.compile("/\\.{0,2}/");

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /**
     * @throws IllegalArgumentException if the path is empty, absolute, has an empty name, {@code .} or {@code ..}, a
     *     backslash or a control character in it, the media type has one, the size is negative, or the digest is no
     *     SHA-256
     */
    public Artifact {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(digest, "digest");
        if (path.isEmpty() || OUTSIDE.matcher("/" + path + "/").find()) {
            throw new IllegalArgumentException(
                    "artifact '" + Names.shown(path) + "' must lie below the workspace; give its path relative to it");
        }
        if (!isOneLine(path) || path.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("artifact '" + Names.shown(path)
                    + "' has a backslash or a character that is no text in its path; give the file another name");
        }
        if (!isOneLine(mediaType)) {
            throw new IllegalArgumentException("artifact '" + Names.shown(path) + "' has the media type '"
                    + Names.shown(mediaType) + "'; it must be like text/plain");
        }
        if (size < 0) {
            throw new IllegalArgumentException(
                    "artifact '" + Names.shown(path) + "' has the size " + size + "; it must be 0 or more");
        }
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("artifact '" + Names.shown(path) + "' has the digest '"
                    + Names.shown(digest) + "'; it must be sha256: and 64 hexadecimal digits");
        }
    }

    /**
     * Describes a file of a workspace: reads it once for size and digest.
     *
     * @param workspace the folder that {@link SkillContext#workspace()} gave
     * @param file a file below it, absolute or relative to it
     * @throws IllegalArgumentException if it lies elsewhere, or is a link that leads there
     * @throws IOException if the file cannot be read
     */
    public static Artifact of(Path workspace, Path file, String mediaType) throws IOException {
        Path root = workspace.toAbsolutePath().normalize();
        Path absolute = root.resolve(file).normalize();
        if (!absolute.startsWith(root)) {
            throw new IllegalArgumentException("artifact " + file + " lies outside the workspace " + workspace);
        }
        if (!absolute.toRealPath().startsWith(root.toRealPath())) {
            throw new IllegalArgumentException("artifact " + file + " is a link that leads outside the workspace "
                    + workspace + "; copy the file into it");
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

    private static boolean isOneLine(String text) {
        return Names.halfPair(text) < 0 && text.chars().noneMatch(Character::isISOControl);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
