package io.victorhub.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;

/** Files that are there whole or not at all, also after a power cut. */
public final class AtomicFiles {

    private AtomicFiles() {}

    /** Writes a file, replacing one that is there. */
    public static void write(Path file, byte[] content) throws IOException {
        write(JournalFiles.real(), file, content);
    }

    /** Makes names in a folder durable, where the system can. */
    public static void forceFolder(Path folder) throws IOException {
        JournalFiles.real().forceFolder(folder);
    }

    static void write(JournalFiles files, Path file, byte[] content) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
        // not createTempFile: nobody but the owner could read what becomes of that
        Path temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            writeAndForce(files, temporary, content);
            files.move(temporary, file);
            files.forceFolder(folder);
        } finally {
            files.delete(temporary);
        }
    }

    /** Removes what writers left that died before their file was whole. For a folder in which nobody writes now. */
    static void removeLeftovers(JournalFiles files, Path folder) throws IOException {
        for (String name : files.list(folder)) {
            if (name.startsWith(".") && name.endsWith(".tmp")) {
                files.delete(folder.resolve(name));
            }
        }
    }

    private static void writeAndForce(JournalFiles files, Path file, byte[] content) throws IOException {
        try (JournalFiles.OpenFile out = files.open(file, true)) {
            out.write(content, 0, content.length, 0);
            out.truncate(content.length);
            out.force();
        }
    }
}
