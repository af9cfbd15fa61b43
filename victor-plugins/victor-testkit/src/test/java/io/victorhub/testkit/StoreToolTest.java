package io.victorhub.testkit;

import static io.victorhub.testkit.Samples.done;
import static io.victorhub.testkit.Samples.retry;
import static io.victorhub.testkit.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.store.StoreReport;
import io.victorhub.store.StoreTool;
import io.victorhub.store.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreToolTest {

    private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private Path home = Path.of("");

    @BeforeEach
    void fillAStore() {
        home = folder.resolve("store");
        try (Store store = open()) {
            for (String id : List.of("a", "b", "c", "d")) {
                store.tasks().submit(List.of(task(id)));
            }
            store.tasks().settle(List.of(done(lease(store), NOW)));
            store.tasks().settle(List.of(retry(lease(store), NOW, NOW.plusSeconds(60))));
        }
    }

    @Test
    void tellsWhatIsThereAndChangesNothing() throws IOException {
        byte[] before = Files.readAllBytes(journal());

        StoreReport report = StoreTool.verify(home);

        assertThat(report.isSound()).isTrue();
        assertThat(report.entries()).isEqualTo(2);
        assertThat(report.tasks().count(TaskStatus.DONE)).hasValue(1);
        assertThat(report.tasks().count(TaskStatus.DELAYED)).hasValue(1);
        assertThat(report.tasks().count(TaskStatus.READY)).hasValue(2);
        assertThat(report.toString()).contains("2 log entries, sound").contains("t READY 2");
        assertThat(Files.readAllBytes(journal())).isEqualTo(before);
    }

    @Test
    void namesTheBytesOfDamageAndMendsItWhileTheRestGoesOn() throws IOException {
        byte[] bytes = Files.readAllBytes(journal());
        String text = new String(bytes, StandardCharsets.UTF_8);
        int offset = text.indexOf("\"id\":\"d\"");
        int start = text.lastIndexOf('\n', offset) + 1;
        bytes[offset + 6] ^= 1;
        Files.write(journal(), bytes);

        StoreReport report = StoreTool.verify(home);

        assertThat(report.isSound()).isFalse();
        assertThat(report.files().get(0).damage())
                .singleElement()
                .satisfies(sentence -> assertThat(sentence).contains("from byte " + start + " on"));
        assertThat(report.bytesLost()).isEqualTo(text.indexOf('\n', offset) + 1 - start);
        assertThat(report.tasks().count(TaskStatus.READY)).hasValue(1);

        assertThat(StoreTool.repair(home).isSound()).isFalse();

        assertThat(StoreTool.verify(home).isSound()).isTrue();
        try (Store store = open()) {
            assertThat(store.tasks().find("d")).isEmpty();
            assertThat(store.tasks().find("a")).isPresent();
            assertThat(store.tasks().find("c")).isPresent();
        }
    }

    @Test
    void writesOutWhatIsNotSettledAndTheLog() throws IOException {
        ByteArrayOutputStream tasks = new ByteArrayOutputStream();
        ByteArrayOutputStream log = new ByteArrayOutputStream();

        assertThat(StoreTool.exportTasks(home, tasks)).isEqualTo(3);
        assertThat(StoreTool.exportLog(home, log)).isEqualTo(2);

        assertThat(tasks.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("{\"status\":\"DELAYED\",\"attempts\":1,\"task\":{\"id\":\"b\",");
        assertThat(log.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("{\"entry\":\"execution\",\"task_id\":\""));
    }

    @Test
    void leavesAStoreAloneThatIsOpen() {
        try (Store store = open()) {
            assertThat(store.tasks().find("a")).isPresent();
            assertThatThrownBy(() -> StoreTool.verify(home))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(home.toString());
        }
    }

    @Test
    void saysWhereThereIsNoStore() {
        assertThatThrownBy(() -> StoreTool.verify(folder.resolve("nowhere")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("nowhere");
    }

    private Store open() {
        return Stores.embedded().open(StoreContexts.of(home, new SettableClock(NOW)));
    }

    private static Lease lease(Store store) {
        return store.tasks().lease(LeaseRequest.one(Duration.ofMinutes(1))).get(0);
    }

    private Path journal() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
