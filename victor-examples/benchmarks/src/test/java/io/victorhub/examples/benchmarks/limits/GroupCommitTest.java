package io.victorhub.examples.benchmarks.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GroupCommitTest {

    private static final int THREADS = 8;
    private static final int EACH = 100;

    @TempDir
    private Path folder;

    @Test
    void writesEachRecordOfEachThreadOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try (RecordFile file = new RecordFile(folder)) {
            GroupCommit group = new GroupCommit(file);
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread * EACH;
                all.add(pool.submit(() -> {
                    for (int number = first; number < first + EACH; number++) {
                        group.commit(record(number));
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }

        List<String> records = Files.readAllLines(folder.resolve("records"));
        Set<String> wanted = IntStream.range(0, THREADS * EACH)
                .mapToObj(number -> new String(record(number)).strip())
                .collect(Collectors.toSet());
        assertThat(records).hasSize(wanted.size()).map(String::strip).containsExactlyInAnyOrderElementsOf(wanted);
    }

    private static byte[] record(int number) {
        return String.format("%-" + (RecordFile.RECORD_BYTES - 1) + "d%n", number)
                .getBytes();
    }
}
