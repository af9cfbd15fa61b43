package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.victorhub.spi.Result;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.LogPart;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.store.EmbeddedSettings;
import io.victorhub.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of the log a hub keeps, and what goes with the rest. */
class LogRetentionTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);
    private static final int TASKS = 1_000;

    @TempDir
    private Path folder;

    @Test
    void keepsEverythingUnlessItIsTold() {
        assertThat(LogRetention.FOREVER.firstToKeep(parts(400, 3, 2, 1, 0), TODAY))
                .isEmpty();
    }

    @Test
    void keepsWholeDays() {
        List<LogPart> parts = parts(400, 3, 2, 1, 0);

        assertThat(LogRetention.FOREVER.age(Duration.ofDays(2)).firstToKeep(parts, TODAY))
                .contains(new Position("1"));
        assertThat(LogRetention.FOREVER.age(Duration.ofHours(1)).firstToKeep(parts, TODAY))
                .contains(new Position("3"));
        assertThat(LogRetention.FOREVER.age(Duration.ofDays(400)).firstToKeep(parts, TODAY))
                .isEmpty();
    }

    /** Each part of these has 10 entries in 1,000 bytes. */
    @Test
    void keepsTheNewestThatFit() {
        List<LogPart> parts = parts(3, 2, 1, 0);

        assertThat(LogRetention.FOREVER.entries(20).firstToKeep(parts, TODAY)).contains(new Position("1"));
        assertThat(LogRetention.FOREVER.entries(19).firstToKeep(parts, TODAY)).contains(new Position("2"));
        assertThat(LogRetention.FOREVER.bytes(3_999).firstToKeep(parts, TODAY)).contains(new Position("0"));
        assertThat(LogRetention.FOREVER.bytes(4_000).firstToKeep(parts, TODAY)).isEmpty();
    }

    @Test
    void theFirstLimitThatIsReachedCounts() {
        LogRetention both = LogRetention.FOREVER.entries(30).bytes(1_500);

        assertThat(both.firstToKeep(parts(3, 2, 1, 0), TODAY)).contains(new Position("2"));
    }

    @Test
    void neverDropsThePartThatIsBeingWritten() {
        assertThat(LogRetention.FOREVER
                        .entries(1)
                        .bytes(1)
                        .age(Duration.ofNanos(1))
                        .firstToKeep(parts(9), TODAY))
                .isEmpty();
        assertThat(LogRetention.FOREVER.bytes(1).firstToKeep(List.of(), TODAY)).isEmpty();
    }

    @Test
    void refusesLimitsThatKeepNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogRetention.FOREVER.bytes(0))
                .withMessage("the log is kept for 0 bytes; it must be 1 or more");
        assertThatIllegalArgumentException().isThrownBy(() -> LogRetention.FOREVER.entries(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> LogRetention.FOREVER.age(Duration.ZERO));
    }

    /** The settled tasks of what was dropped go with it; what waits stays, and a reader goes on where it was. */
    @Test
    void aHubDropsWhatItNeedNotKeepSoonAfterItIsOpened() {
        Position seen;
        try (Hub hub = hub(LogRetention.FOREVER).build()) {
            hub.submit(Task.of("nobody").id("waits").build());
            runAll(hub);
            seen = hub.history().from(Position.START).iterator().next().position();
        }

        try (Hub hub = hub(LogRetention.FOREVER.bytes(200_000)).build()) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> hub.find("done-0").isEmpty());

            assertThat(hub.find("waits").orElseThrow().status()).isEqualTo(TaskStatus.READY);
            assertThat(hub.find("done-" + (TASKS - 1)).orElseThrow().status()).isEqualTo(TaskStatus.DONE);
            List<String> left = ids(hub, Position.START);
            assertThat(left).hasSizeBetween(1, TASKS - 1).endsWith("done-" + (TASKS - 1));
            assertThat(ids(hub, seen)).isEqualTo(left);
        }
    }

    private void runAll(Hub hub) {
        hub.enableAutonomousMode();
        CompletableFuture.allOf(IntStream.range(0, TASKS)
                        .mapToObj(i -> hub.submit(Task.of("t")
                                        .id("done-" + i)
                                        .input("text", "x".repeat(200))
                                        .build())
                                .completion()
                                .toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private HubBuilder hub(LogRetention retention) {
        return Hub.at(folder.resolve("home"))
                .discoverSkills(false)
                .skill(LambdaSkill.of("t", (task, context) -> Result.success(null)))
                .store(Stores.embedded(EmbeddedSettings.DEFAULT.segmentBytes(1 << 16)))
                .logRetention(retention)
                .workers(1);
    }

    private static List<String> ids(Hub hub, Position after) {
        List<String> ids = new ArrayList<>();
        hub.history().from(after).forEach(logged -> ids.add(logged.entry().taskId()));
        return ids;
    }

    /** One a day, of 10 entries and 1,000 bytes; their positions are their numbers. */
    private static List<LogPart> parts(int... daysAgo) {
        return IntStream.range(0, daysAgo.length)
                .mapToObj(i -> new LogPart(new Position("" + i), TODAY.minusDays(daysAgo[i]), 10, 1_000))
                .toList();
    }
}
