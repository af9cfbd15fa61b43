package io.victorhub.journal;

import static io.victorhub.journal.Journals.LARGE;
import static io.victorhub.journal.Journals.append;
import static io.victorhub.journal.Journals.filesIn;
import static io.victorhub.journal.Journals.opened;
import static io.victorhub.journal.Journals.wordsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.victorhub.spi.store.StorageException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use a folder, and what else may lie in it. */
class JournalFolderTest {

    @TempDir
    private Path folder;

    @Test
    void isForOneOwnerInOneProcessAtATime() {
        try (Journal first = opened(folder, LARGE)) {
            append(first, "a");

            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> Journals.open(folder, LARGE))
                    .withMessage("the store in " + folder + " is in use by another hub of this process; close that hub"
                            + " first, or give this one a home of its own");
            append(first, "b");
        }

        assertThat(wordsIn(folder)).containsExactly("a", "b");
    }

    @Test
    void isForOneProcessAtATimeAndFreeWhenThatOneDies() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(holder.getInputStream().read()).isEqualTo('!');

            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> Journals.open(folder, LARGE))
                    .withMessageStartingWith("the store in " + folder + " is in use by process " + holder.pid() + ";");
        } finally {
            holder.destroyForcibly();
        }
        assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(wordsIn(folder)).containsExactly("of another process");
    }

    @ParameterizedTest
    @CsvSource({"2, a newer version, open it with that one", "0, an older version, convert it with the tool"})
    void refusesAnotherFormatAndLeavesItAlone(int format, String whose, String remedy) throws IOException {
        Path file = folder.resolve("journal-00000001-2026-01-05.jsonl");
        byte[] other = Line.seal(("{\"journal\":\"victor\",\"format\":" + format + ",\"segment\":1}")
                .getBytes(StandardCharsets.US_ASCII));
        Files.write(file, other);

        try (Journal journal = Journals.open(folder, LARGE)) {
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> journal.recover((segment, offset, bytes, start, end) -> {}))
                    .withMessageStartingWith(
                            "journal " + file + " has format " + format + ", this version of Victor reads 1; ")
                    .withMessageContaining(whose)
                    .withMessageContaining(remedy);
        }
        assertThat(file).hasBinaryContent(other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notes.txt",
                "journal-1.jsonl",
                "journal-00000001-2026-01-05.jsonl.bak",
                "xjournal-00000001-2026-01-05.jsonl",
                "journal-0000000a.jsonl",
                "journal-00000001-2026-01-05.jsonl.torn-7",
                ".hidden"
            })
    void leavesFilesOfOtherNamesAlone(String name) throws IOException {
        Files.writeString(folder.resolve(name), "mine\n");
        try (Journal journal = opened(folder, LARGE)) {
            append(journal, "a");
        }

        assertThat(wordsIn(folder)).containsExactly("a");
        assertThat(folder.resolve(name)).hasContent("mine\n");
    }

    @Test
    void removesWhatAWriterLeftThatDied() throws IOException {
        try (Journal journal = opened(folder, LARGE)) {
            append(journal, "a");
        }
        Files.writeString(folder.resolve(".journal-00000001-2026-01-05.jsonl.7f3e.tmp"), "half of a segm");

        assertThat(wordsIn(folder)).containsExactly("a");

        assertThat(filesIn(folder)).containsExactly("journal-00000001-2026-01-05.jsonl");
    }

    @Test
    void makesItsFolder() {
        assertThat(wordsIn(folder.resolve("a/b"))).isEmpty();

        assertThat(folder.resolve("a/b")).isDirectory();
    }

    /** Holds a journal until it is killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            Journal journal = opened(Path.of(arguments[0]), LARGE);
            append(journal, "of another process");
            System.out.print('!');
            System.out.flush();
            System.in.read();
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .replace(';', File.pathSeparatorChar);
    }
}
