package io.victorhub.store;

import io.victorhub.journal.AtomicFiles;
import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.stream.Stream;

/**
 * What a store hashes ids with, so that nobody outside can make many of one hash; in the file {@code key}. What depends on
 * it can be made anew from the journal, so a store that has lost it gets another one.
 *
 * @param key the key
 * @param folder where the index of settled tasks for that key is
 */
record StoreKey(long key, Path folder) {

    private static final String PREFIX = "known-";
    private static final int DIGITS = 16;
    private static final int HEX = 16;

    /** {@return the key of the store in a folder that nobody else uses} */
    static StoreKey in(Path folder) {
        try {
            Path file = folder.resolve("key");
            String text =
                    Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.US_ASCII).strip() : "";
            if (!text.matches("[0-9a-f]{16}")) {
                text = Long.toHexString(new SecureRandom().nextLong());
                text = "0".repeat(DIGITS - text.length()) + text;
                AtomicFiles.write(file, (text + "\n").getBytes(StandardCharsets.US_ASCII));
            }
            Path known = folder.resolve(PREFIX + text);
            removeOthers(folder, known);
            return new StoreKey(Long.parseUnsignedLong(text, HEX), known);
        } catch (IOException e) {
            throw new StorageException("the key of the store in " + folder + " cannot be read or made: " + e, e);
        }
    }

    private static void removeOthers(Path folder, Path known) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path other : all) {
                if (!other.equals(known)) {
                    remove(other);
                }
            }
        }
    }

    private static void remove(Path other) throws IOException {
        try (Stream<Path> files = Files.list(other)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(other);
    }
}
