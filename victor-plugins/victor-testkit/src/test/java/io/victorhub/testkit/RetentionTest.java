package io.victorhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Execution;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.LogPart;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreStats;
import io.victorhub.spi.store.TaskPage;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.store.EmbeddedSettings;
import io.victorhub.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dropping old files of the embedded store takes what is settled, and nothing else. */
class RetentionTest {

    private static final EmbeddedSettings SMALL = EmbeddedSettings.DEFAULT.segmentBytes(1 << 16);
    private static final String PADDING = "x".repeat(2_000);

    @TempDir
    private Path folder = Path.of("");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-05T09:00:00Z"));
    private Path home = Path.of("");

    @BeforeEach
    void nameTheHome() {
        home = folder.resolve("store");
    }

    @Test
    void keepsWhatIsNotSettledWhereverItsRecordsWere() throws IOException {
        Map<String, TaskState> before;
        try (Store store = open(SMALL)) {
            fill(store);
            before = live(store);
            assertThat(store.log().parts()).hasSizeGreaterThan(3);
            assertThat(entries(store))
                    .isEqualTo(store.log().parts().stream()
                            .mapToLong(LogPart::entries)
                            .sum());

            store.log().forget(lastPart(store));

            assertThat(store.log().parts()).hasSizeLessThan(3);
            assertThat(live(store)).isEqualTo(before);
        }
        assertThat(files()).isLessThan(3);
        try (Store store = open(SMALL)) {
            assertThat(live(store)).isEqualTo(before);
            assertThat(store.state().read("kept").orElseThrow().value()).containsExactly(1, 2);
        }
    }

    @Test
    void knowsSettledTasksForAsLongAsTheirFileIsThereAndCountsThemExactly() {
        try (Store store = open(SMALL)) {
            fill(store);
            long doneBefore = store.tasks().stats().count(TaskStatus.DONE).orElseThrow();
            assertThat(store.tasks().find("done-0")).isPresent();

            store.log().forget(store.log().parts().get(1).end());

            assertThat(store.tasks().find("done-0")).isEmpty();
            assertThat(store.tasks().find("done-59")).isPresent();
            long listed = all(store, TaskStatus.DONE);
            assertThat(listed).isLessThan(doneBefore).isPositive();
            assertThat(store.tasks().stats().count(TaskStatus.DONE)).hasValue(listed);
        }
        for (EmbeddedSettings settings : List.of(SMALL, SMALL.checkpointBytes(1), SMALL)) {
            try (Store store = open(settings)) {
                assertThat(store.tasks().find("done-0")).isEmpty();
                assertThat(store.tasks().find("done-59")).isPresent();
                assertThat(store.tasks().stats().count(TaskStatus.DONE)).hasValue(all(store, TaskStatus.DONE));
            }
        }
    }

    @Test
    void losesNothingWhenTheProcessDiesBetweenTwoFiles() {
        Map<String, TaskState> before;
        StoreStats stats;
        List<LogPart> parts;
        try (Store store = open(SMALL)) {
            fill(store);
            before = live(store);
            parts = store.log().parts();
        }
        for (int dropped = 0; dropped < parts.size() - 1; dropped++) {
            Path copy = folder.resolve("copy-" + dropped);
            try (Store store = open(SMALL)) {
                store.log().forget(parts.get(dropped).end());
                copy(home, copy);
                stats = store.tasks().stats();
                assertThat(live(store)).isEqualTo(before);
            }
            try (Store killed = Stores.embedded(SMALL).open(StoreContexts.of(copy, clock))) {
                assertThat(live(killed)).isEqualTo(before);
                assertThat(killed.tasks().stats().count(TaskStatus.DONE)).isEqualTo(stats.count(TaskStatus.DONE));
            }
        }
    }

    @Test
    void readsOnBehindWhatWasDropped() {
        try (Store store = open(SMALL)) {
            fill(store);
            Position early = store.log().read(Position.START, 1).end();
            List<LogPart> parts = store.log().parts();
            long left = entries(store) - parts.get(0).entries() - parts.get(1).entries();

            store.log().forget(parts.get(1).end());

            assertThat(entries(store)).isEqualTo(left);
            assertThat(store.log().read(early, 1).entries())
                    .isEqualTo(store.log().read(Position.START, 1).entries());
        }
    }

    /** Sixty tasks come and go, and in between others stay in every way that a task can. */
    private void fill(Store store) {
        store.state().change(List.of(Change.put("kept", 0, new byte[] {1, 2})));
        Instant now = clock.instant();
        for (int i = 0; i < 60; i++) {
            String id = "done-" + i;
            if (i % 10 == 0) {
                submit(store, padded("held-" + i).held(true).build());
                submit(
                        store,
                        padded("delayed-" + i).notBefore(now.plusSeconds(3_600)).build());
                submit(
                        store,
                        padded("unique-" + i).uniqueKey("key-" + i).held(true).build());
                submit(store, padded("dead-" + i).build());
                end(store, Disposition.dead());
                submit(store, padded("retried-" + i).build());
                end(store, Disposition.retry(now.plusSeconds(600)));
            }
            submit(store, padded(id).build());
            end(store, Disposition.done());
            clock.advance(Duration.ofMillis(1));
        }
        submit(store, padded("running").build());
        lease(store);
        // dead letters go with their last entry; requeued ones live on
        for (int i = 0; i < 60; i += 10) {
            store.tasks().requeue(List.of("dead-" + i));
        }
    }

    private static Submission.Builder padded(String id) {
        return Submission.builder(Task.of("t").id(id).input("padding", PADDING).build());
    }

    private static void submit(Store store, Submission submission) {
        store.tasks().submit(List.of(submission));
    }

    private static Lease lease(Store store) {
        return store.tasks().lease(LeaseRequest.one(Duration.ofMinutes(1))).get(0);
    }

    private void end(Store store, Disposition disposition) {
        Lease lease = lease(store);
        Execution execution = Execution.of(lease.taskId(), "t")
                .status(Execution.Status.SUCCESS)
                .startedAt(clock.instant())
                .build();
        store.tasks().settle(List.of(Settlement.of(lease, disposition, execution)));
    }

    private static Map<String, TaskState> live(Store store) {
        EnumSet<TaskStatus> live =
                EnumSet.of(TaskStatus.HELD, TaskStatus.DELAYED, TaskStatus.READY, TaskStatus.RUNNING);
        Map<String, TaskState> states = new TreeMap<>();
        for (TaskState state : page(store, TaskQuery.all().statuses(live))) {
            if (!state.id().equals("running")) { // it is lost when the store is opened again
                states.put(state.id(), state);
            }
        }
        assertThat(states).hasSize(30);
        return states;
    }

    private static List<TaskState> page(Store store, TaskQuery query) {
        List<TaskState> all = new ArrayList<>();
        TaskPage page = store.tasks().tasks(query);
        all.addAll(page.tasks());
        while (page.next().isPresent()) {
            page = store.tasks().tasks(query.after(page.next().get()));
            all.addAll(page.tasks());
        }
        return all;
    }

    private static long all(Store store, TaskStatus status) {
        return page(store, TaskQuery.all().status(status).max(7)).size();
    }

    private static long entries(Store store) {
        long count = 0;
        LogPage page = store.log().read(Position.START, 100);
        while (!page.entries().isEmpty()) {
            count += page.entries().size();
            page = store.log().read(page.end(), 100);
        }
        return count;
    }

    private static Position lastPart(Store store) {
        List<LogPart> parts = store.log().parts();
        return parts.get(parts.size() - 2).end();
    }

    private Store open(EmbeddedSettings settings) {
        return Stores.embedded(settings).open(StoreContexts.of(home, clock));
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jsonl"))
                    .count();
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
