package io.victorhub.examples.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders that are used once. */
public final class Homes {

    private Homes() {}

    /** {@return a new folder below another one} */
    public static Path fresh(Path below) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(below), "home");
    }

    /** Removes a folder with all that is in it. */
    public static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
