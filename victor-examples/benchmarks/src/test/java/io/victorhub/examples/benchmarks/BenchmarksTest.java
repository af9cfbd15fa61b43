package io.victorhub.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BenchmarksTest {

    @TempDir
    private Path folder;

    private String printed = "";
    private String progress = "";

    @Test
    void printsATableOfWhatProcessesOfTheirOwnMeasured() throws Exception {
        int code = run("--quick", "--rounds", "2", "--only", "limits/ceiling-8,submit/victor-sync-8");

        assertThat(progress).contains("round 1: limits/ceiling-8", "round 2: submit/victor-sync-8");
        assertThat(code).isZero();
        assertThat(printed)
                .contains("### Limits of this machine", "### Submit")
                .doesNotContain("### Drain")
                .containsPattern(
                        "\\| bare group commit of 270 bytes, 8 threads \\(ceiling\\) \\| [0-9,.]+ /s \\| [0-9,.]+ · ")
                .containsPattern("\\| \\*\\*Victor SYNC\\*\\*, 8 producers \\| [0-9,.]+ /s \\|")
                .containsPattern("\\| submit SYNC, 8 producers ÷ ceiling 8 \\| ≥ 0.900 × \\| [0-9,.]+ × \\|");
        assertThat(printed)
                .as("nothing is judged by sizes that measure nothing")
                .doesNotContain("met |", "missed");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).as("what is left on disk").isEmpty();
        }
    }

    @Test
    void showsWhatFailedAndGoesOn() throws Exception {
        int code = run(
                "--quick", "--cap-millis", "500", "--drain-tasks", "0", "--only", "drain/victor-sync-1,limits/force");

        assertThat(code).isEqualTo(1);
        assertThat(printed)
                .containsPattern("routing over 1 candidate \\| not measured \\| failed in round 1: phase measure ended")
                .containsPattern("bare write \\+ `force\\(false\\)` of 270 bytes, 1 thread \\| [0-9,.]+ /s");
    }

    @Test
    void leavesOutTheOthersWhereTheirServerIsNotThere() throws Exception {
        int code = run(
                "--quick", "--postgres", "jdbc:postgresql://127.0.0.1:1/none", "--only", "submit/quartz,limits/force");

        assertThat(code).isEqualTo(1);
        assertThat(printed)
                .containsPattern("Quartz on PostgreSQL, 8 producers \\| not measured \\| .*127.0.0.1:1")
                .containsPattern("1 thread \\| [0-9,.]+ /s");
    }

    @Test
    void saysWhatItDoesNotUnderstand() throws Exception {
        assertThat(run("--rounds", "many")).isEqualTo(2);
        assertThat(progress).contains("--rounds is 'many'; it must be a whole number");

        assertThat(run("--only", "drian")).isEqualTo(2);
        assertThat(progress).contains("--only names 'drian', which is nobody; --list shows all");
    }

    private int run(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--work", folder.toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Benchmarks.run(
                all,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        printed = out.toString(StandardCharsets.UTF_8);
        progress = err.toString(StandardCharsets.UTF_8);
        return code;
    }
}
