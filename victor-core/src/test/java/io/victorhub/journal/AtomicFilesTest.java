package io.victorhub.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

    @TempDir
    private Path folder;

    @Test
    void writesAFileAnewAndLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("file");

        AtomicFiles.write(file, bytes("a longer text"));
        AtomicFiles.write(file, bytes("short"));

        assertThat(file).hasContent("short");
        assertThat(names()).containsExactly("file");
    }

    @Test
    @Timeout(30)
    void showsAReaderTheOldOrTheNewAndNothingBetween() throws Exception {
        Path file = folder.resolve("file");
        Set<String> texts = Set.of("a".repeat(50_000), "b".repeat(20_000));
        AtomicFiles.write(file, bytes("a".repeat(50_000)));
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> onlyWhole = thread.submit(() -> {
                boolean whole = true;
                while (!ended.get()) {
                    whole &= texts.contains(Files.readString(file));
                }
                return whole;
            });
            for (int i = 0; i < 40; i++) {
                AtomicFiles.write(file, bytes(i % 2 == 0 ? "b".repeat(20_000) : "a".repeat(50_000)));
            }
            ended.set(true);

            assertThat(onlyWhole.get(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            ended.set(true);
            thread.shutdownNow();
        }
    }

    @Test
    void leavesTheOldFileAndNothingElseWhereItCannotWrite() throws IOException {
        Path notEmpty = Files.createDirectories(folder.resolve("taken/child"));

        assertThatThrownBy(() -> AtomicFiles.write(notEmpty.getParent(), bytes("x")))
                .isInstanceOf(IOException.class);

        assertThat(notEmpty).isDirectory();
        assertThat(names()).containsExactly("taken");
    }

    @Test
    void letsOthersReadWhatTheyCouldReadOfAnyFile() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "this system has no modes");
        Path ordinary = Files.writeString(folder.resolve("ordinary"), "x");
        Path file = folder.resolve("file");

        AtomicFiles.write(file, bytes("x"));

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(ordinary));
    }

    @Test
    void writesInAThreadThatIsInterrupted() throws IOException {
        Thread.currentThread().interrupt();

        AtomicFiles.write(folder.resolve("file"), bytes("x"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(folder.resolve("file")).hasContent("x");
    }

    @Test
    void removesLeftoversOfWritersThatDiedAndNothingElse() throws IOException {
        Files.writeString(folder.resolve(".file.1f.tmp"), "half");
        Files.writeString(folder.resolve("file"), "whole");
        Files.writeString(folder.resolve("mine.tmp"), "mine");

        AtomicFiles.removeLeftovers(JournalFiles.real(), folder);

        assertThat(names()).containsExactly("file", "mine.tmp");
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
