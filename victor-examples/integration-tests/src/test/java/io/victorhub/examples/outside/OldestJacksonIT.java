package io.victorhub.examples.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host whose other libraries hold it to an old Jackson: journal, inbox and dashboard work with it. */
class OldestJacksonIT {

    @TempDir
    private Path folder;

    @Test
    void worksWithTheReadmesQueueAndOpensItsHomeAgain() throws Exception {
        Readme readme = Readme.read();
        Path shout = Project.shout(folder.resolve("shout"), readme).jar(Libraries.spi());
        Path host = DrivenHosts.onTheClassPath(folder.resolve("host"));
        List<Path> libraries = Libraries.withOldestJackson();
        assertThat(libraries)
                .extracting(OldestJacksonIT::version)
                .filteredOn(version -> version.contains("jackson"))
                .containsExactly("com.fasterxml.jackson.core.jackson-core 2.15.4");
        List<String> command = List.of(
                "-cp",
                Libraries.path(Stream.concat(Stream.of(host, shout), libraries.stream())
                        .toList()),
                DrivenHosts.MAIN);

        try (Child child = Child.java(folder, command)) {
            child.await("READY");
            Path inbox = Files.createDirectories(folder.resolve("victor-home/tasks"));
            Path written = Files.writeString(inbox.resolve("queue.json.tmp"), readme.queue());
            Files.move(written, written.resolveSibling("queue.json"));
            child.await("INBOX 2 taken in, 0 rejected");
            child.await("WAITING content_generation");
            child.tell("submit t-1 hello");
            child.await("SETTLED t-1 DONE HELLO!");
            assertThat(child.awaitEnd()).as("%s", child.errors()).isZero();

            assertThat(child.output()).anyMatch(line -> line.endsWith(" DONE ONLY THE TYPE IS REQUIRED!"));
        }
        try (Child child = Child.java(folder, command)) {
            child.await("WAITING content_generation");
            child.tell("submit t-2 again");
            child.await("SETTLED t-2 DONE AGAIN!");
            child.tell("find t-1");
            child.tell("find task_001");
            child.await("FOUND t-1 DONE");
            child.await("FOUND task_001 READY");
            assertThat(child.awaitEnd()).as("%s", child.errors()).isZero();
        }
    }

    private static String version(Path library) {
        try (JarFile jar = new JarFile(library.toFile())) {
            Attributes attributes = jar.getManifest().getMainAttributes();
            return attributes.getValue("Bundle-SymbolicName") + " " + attributes.getValue("Bundle-Version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
