package io.victorhub.scheduling.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a file looks like from outside. As long as that stays, nobody wrote to it.
 *
 * @param size its length in bytes
 * @param modified when it was written to last
 * @param key which file it is, where the system tells
 */
public record Stamp(long size, FileTime modified, @Nullable Object key) {

    /**
     * {@return the stamp of a file, empty if there is none}
     *
     * @throws IOException if it is something else than a plain file, or cannot be looked at
     */
    public static Optional<Stamp> of(Path file) throws IOException {
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (!found.isRegularFile()) {
            String kind = found.isDirectory() ? "a folder" : found.isSymbolicLink() ? "a link" : "a device";
            throw new IOException(file + " is " + kind + "; remove it and put a plain file there");
        }
        return Optional.of(new Stamp(found.size(), found.lastModifiedTime(), found.fileKey()));
    }
}
