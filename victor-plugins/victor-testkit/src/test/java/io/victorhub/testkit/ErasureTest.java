package io.victorhub.testkit;

import static io.victorhub.testkit.Samples.dead;
import static io.victorhub.testkit.Samples.done;
import static io.victorhub.testkit.Samples.of;
import static io.victorhub.testkit.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.spi.store.Versioned;
import io.victorhub.store.EmbeddedSettings;
import io.victorhub.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the store on disk still has of a task that was erased, byte by byte. */
class ErasureTest {

    private static final String SECRET = "cZ9-very-private-4713";
    private static final EmbeddedSettings SMALL = EmbeddedSettings.DEFAULT.segmentBytes(1 << 16);

    @TempDir
    private Path folder = Path.of("");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-05T09:00:00Z"));
    private Path home = Path.of("");

    @BeforeEach
    void nameTheHome() {
        home = folder.resolve("store");
    }

    @Test
    void takesWhatASkillToldOfItsProgress() throws IOException {
        try (Store store = open(SMALL)) {
            store.tasks().submit(List.of(task("a")));
            Lease lease = lease(store);
            store.tasks().progress(List.of(new Progress("a", lease.fence(), .5, "half of " + SECRET, clock.instant())));
            store.tasks().settle(List.of(done(lease, clock.instant())));
            assertThat(files()).anyMatch(this::hasSecret);

            store.tasks().erase(List.of("a"));

            assertThat(files()).noneMatch(this::hasSecret);
        }
    }

    @Test
    void takesTheKeysOfADeadLetterFromTheCheckpointToo() throws IOException {
        try (Store store = open(SMALL.checkpointBytes(1))) {
            store.tasks().submit(List.of(of("a").uniqueKey(SECRET).lane(SECRET).build()));
            store.tasks().settle(List.of(dead(lease(store), clock.instant())));
        }
        try (Store store = open(SMALL.checkpointBytes(1))) {
            assertThat(Files.readString(home.resolve("checkpoint"), StandardCharsets.ISO_8859_1))
                    .contains(SECRET);

            store.tasks().erase(List.of("a"));

            assertThat(files()).noneMatch(this::hasSecret);
        }
        assertThat(files()).noneMatch(this::hasSecret);
        try (Store store = open(SMALL)) {
            assertThat(store.tasks().find("a").orElseThrow().status()).isEqualTo(TaskStatus.DEAD);
            assertThat(store.tasks().requeue(List.of("a"))).containsExactly(Outcome.STALE);
        }
    }

    /** A batch that is over had what follows it in its state. */
    @Test
    void takesStateThatIsNoLongerCurrentAndLeavesTheRest() throws IOException {
        try (Store store = open(SMALL)) {
            change(store, "old", SECRET);
            change(store, "kept", "first " + SECRET);
            change(store, "kept", "second");
            store.state().change(List.of(Change.delete("old", version(store, "old"))));
            settle(store, task("a"));

            store.tasks().erase(List.of("a"));

            assertThat(Bytes.in(home)).doesNotContain(base64(SECRET), base64("first " + SECRET));
        }
        try (Store store = open(SMALL)) {
            assertThat(store.state().read("old")).isEmpty();
            assertThat(store.state().read("kept").orElseThrow().value())
                    .isEqualTo("second".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void takesWhatRecoveryHadSetAside() throws IOException {
        try (Store store = open(SMALL)) {
            settle(store, secretive("a"));
            settle(store, secretive("b"));
        }
        Path journal = files().stream()
                .filter(file -> file.toString().endsWith(".jsonl"))
                .findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(journal);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(SECRET);
        bytes[at - 3] ^= 1;
        Files.write(journal, bytes);
        try (Store store = open(SMALL)) {
            assertThat(files()).anyMatch(file -> file.toString().contains(".damaged-") && hasSecret(file));

            store.tasks().erase(List.of("a", "b"));

            assertThat(files()).noneMatch(this::hasSecret);
        }
    }

    @Test
    void keepsItsWordWhenOldRecordsAreWrittenAnew() throws IOException {
        try (Store store = open(SMALL)) {
            store.tasks().submit(List.of(secretive("a")));
            fill(store, "x");
            store.tasks().settle(List.of(dead(leaseOf(store, "a"), clock.instant())));
            store.tasks().erase(List.of("a"));

            store.log()
                    .forget(store.log()
                            .parts()
                            .get(store.log().parts().size() - 2)
                            .end());

            assertThat(store.tasks().find("a").orElseThrow().status()).isEqualTo(TaskStatus.DEAD);
            assertThat(store.tasks().requeue(List.of("a"))).containsExactly(Outcome.STALE);
        }
        try (Store store = open(SMALL)) {
            assertThat(store.tasks().requeue(List.of("a"))).containsExactly(Outcome.STALE);
            assertThat(files()).noneMatch(this::hasSecret);
        }
    }

    /** Whoever asks for the requeue at the same moment gets it before, and then nothing is erased; or not at all. */
    @Test
    @Timeout(60)
    void aTaskThatIsQueuedAnewAtTheSameMomentRunsWithItsInputsOrNotAtAll() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        int requeued = 0;
        try (Store store = open(SMALL)) {
            for (int i = 0; i < 200; i++) {
                String id = "a-" + i;
                store.tasks().submit(List.of(secretive(id)));
                store.tasks().settle(List.of(dead(leaseOf(store, id), clock.instant())));
                Future<List<Outcome>> erased =
                        threads.submit(() -> store.tasks().erase(List.of(id)));
                Future<List<Outcome>> again = threads.submit(() -> store.tasks().requeue(List.of(id)));

                Outcome erasure = erased.get().get(0);
                Outcome requeue = again.get().get(0);

                assertThat(List.of(erasure, requeue)).containsExactlyInAnyOrder(Outcome.RECORDED, Outcome.STALE);
                if (requeue == Outcome.RECORDED) {
                    requeued++;
                    Lease lease = leaseOf(store, id);
                    assertThat(lease.task().inputs().text("key")).isEqualTo(SECRET);
                    store.tasks().settle(List.of(done(lease, clock.instant())));
                } else {
                    assertThat(store.tasks().lease(LeaseRequest.one(Duration.ofMinutes(1))))
                            .isEmpty();
                }
            }
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(requeued).isBetween(0, 200);
    }

    /** Both write old records anew; neither waits for the other for ever. */
    @Test
    @Timeout(60)
    void goesOnWhileOldRecordsAreDropped() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try (Store store = open(SMALL)) {
            List<String> ids = new ArrayList<>();
            for (int round = 0; round < 10; round++) {
                ids.addAll(fill(store, "r" + round));
            }
            Future<?> forgetting = threads.submit(() -> {
                while (store.log().parts().size() > 2) {
                    store.log().forget(store.log().parts().get(0).end());
                }
            });

            for (String id : ids) {
                store.tasks().erase(List.of(id));
                if (forgetting.isDone()) {
                    break;
                }
            }

            forgetting.get();
            assertThat(store.log().read(Position.START, 10).entries()).hasSizeBetween(0, 10);
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private List<String> fill(Store store, String prefix) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add(prefix + "-" + i);
            settle(
                    store,
                    Submission.of(Task.of("t")
                            .id(prefix + "-" + i)
                            .priority(10)
                            .description("x".repeat(3_000))
                            .build()));
        }
        return ids;
    }

    private void settle(Store store, Submission submission) {
        store.tasks().submit(List.of(submission));
        store.tasks().settle(List.of(done(leaseOf(store, submission.task().id()), clock.instant())));
    }

    private static Lease leaseOf(Store store, String id) {
        Lease lease = lease(store);
        if (lease.taskId().equals(id)) {
            return lease;
        }
        Lease wanted = leaseOf(store, id);
        store.tasks().settle(List.of(Settlement.silent(lease, Disposition.released(Instant.EPOCH))));
        return wanted;
    }

    private static Lease lease(Store store) {
        return store.tasks().lease(LeaseRequest.one(Duration.ofMinutes(1))).get(0);
    }

    private static void change(Store store, String key, String value) {
        assertThat(store.state()
                        .change(List.of(Change.put(key, version(store, key), value.getBytes(StandardCharsets.UTF_8)))))
                .isTrue();
    }

    private static long version(Store store, String key) {
        return store.state().read(key).map(Versioned::version).orElse(0L);
    }

    private static String base64(String text) {
        return Base64.getEncoder()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8))
                .substring(0, 16);
    }

    private static Submission secretive(String id) {
        return Submission.of(
                Task.of("t").id(id).description(SECRET).input("key", SECRET).build());
    }

    private boolean hasSecret(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(SECRET);
        } catch (NoSuchFileException e) {
            return false; // merged into another one meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> files() throws IOException {
        while (true) {
            try (Stream<Path> all = Files.walk(home)) {
                return all.filter(Files::isRegularFile).toList();
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof NoSuchFileException)) { // else one went away meanwhile
                    throw e;
                }
            }
        }
    }

    private Store open(EmbeddedSettings settings) {
        return Stores.embedded(settings).open(StoreContexts.of(home, clock));
    }
}
