package io.victorhub.testkit.process;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a task whose skill takes the whole process with it, and of the others. */
@Timeout(120)
class HaltTest {

    @TempDir
    private Path folder;

    @Test
    void buriesATaskWhoseAttemptsAllTookTheProcessWithThemAndGoesOnWithTheOthers() throws Exception {
        Path home = folder.resolve("home");
        for (int start = 1; start <= 3; start++) {
            try (ChildJvm child = ChildJvm.start(folder, HaltChild.class, home, start)) {
                assertThat(child.end()).as("start %d: %s", start, child).isEqualTo(HaltChild.HALTED);
            }
        }

        try (ChildJvm child = ChildJvm.start(folder, HaltChild.class, home, 4)) {
            assertThat(child.end()).as("start 4: %s", child).isZero();

            assertThat(child.said("settled ")).contains("halts DEAD", "harmless-4 DONE");
        }
        Map<String, List<LogEntry>> entries = Logs.of(home).stream().collect(groupingBy(LogEntry::taskId));
        for (int start = 1; start <= 4; start++) {
            assertThat(entries.get("harmless-" + start))
                    .singleElement()
                    .satisfies(entry -> assertThat(((Execution) entry).status()).isEqualTo(Execution.Status.SUCCESS));
        }
        assertThat(entries.get("halts")).hasSize(4);
        for (int attempt = 1; attempt <= 3; attempt++) {
            Execution lost = (Execution) entries.get("halts").get(attempt - 1);
            assertThat(lost.attempt()).isEqualTo(attempt);
            assertThat(lost.trouble().orElseThrow().reason()).isEqualTo(Reason.LOST);
            assertThat(lost.retryAt()).isPresent();
        }
        Closed closed = (Closed) entries.get("halts").get(3);
        assertThat(closed.reason()).isEqualTo(Reason.LOST);
        assertThat(closed.attempts()).isEqualTo(3);
        assertThat(closed.message()).isEqualTo("all its attempts ended with the process that made them");
    }
}
