package io.victorhub.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link GroupsStress} with jcstress, in a process of its own; takes about a minute and a half. */
@Tag("long")
class StressTest {

    @TempDir
    private Path folder;

    @Test
    void noForbiddenOutcomeOfAGroupCommitIsEverSeen() throws Exception {
        Path output = folder.resolve("output.txt");
        Process jcstress = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        "org.openjdk.jcstress.Main",
                        "-t",
                        "io.victorhub.journal",
                        "-jvmArgs",
                        "-Xmx512m",
                        "-sc",
                        "false",
                        "-f",
                        "1",
                        "-iters",
                        "5",
                        "-time",
                        "1000",
                        "-r",
                        folder.resolve("report").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(jcstress.waitFor(15, TimeUnit.MINUTES))
                    .as("an end: somebody waits whom nobody wakes, or the machine is very busy")
                    .isTrue();
        } finally {
            jcstress.descendants().forEach(ProcessHandle::destroyForcibly);
            jcstress.destroyForcibly();
        }

        String said = Files.readString(output);
        assertThat(jcstress.exitValue()).as(said).isZero();
        assertThat(said).contains("12 passed, 0 failed, 0 soft errs, 0 hard errs");
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .replace(';', File.pathSeparatorChar);
    }
}
