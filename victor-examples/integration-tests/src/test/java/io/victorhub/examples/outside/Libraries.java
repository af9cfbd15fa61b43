package io.victorhub.examples.outside;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Jars that were built here or fetched by Maven. */
final class Libraries {

    private Libraries() {}

    /** {@return victor-core and what Maven gives a host with it at run time} */
    static List<Path> ofAHost() throws IOException {
        return split(Files.readString(Path.of("target/libraries.path")));
    }

    /** {@return the same with the oldest Jackson that is supported} */
    static List<Path> withOldestJackson() throws IOException {
        return Stream.concat(
                        Stream.of(Path.of("target/floor/jackson-core.jar").toAbsolutePath()), without("jackson-core-"))
                .toList();
    }

    /** {@return an SLF4J provider} */
    static List<Path> logging() {
        return split(System.getProperty("logging.path"));
    }

    /** {@return what a skill is compiled against} */
    static List<Path> spi() throws IOException {
        return ofAHost().stream().filter(jar -> named(jar, "victor-spi-")).toList();
    }

    static Stream<Path> without(String name) throws IOException {
        return ofAHost().stream().filter(jar -> !named(jar, name));
    }

    static String path(List<Path> jars) {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean named(Path jar, String start) {
        return jar.getFileName().toString().startsWith(start);
    }

    private static List<Path> split(String path) {
        return Arrays.stream(path.strip().split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }
}
