package io.victorhub.testkit.process;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.Hub;
import io.victorhub.scheduling.BatchStatus;
import io.victorhub.scheduling.RecurringStatus;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.TaskPage;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What comes due by itself, in processes that are killed over and over: each time of a recurring task is there once, from
 * the first to the last, and each batch is followed once.
 */
class AgendaKillTest {

    /** So few that a hub is still quick to open, which reads everything. */
    private static final int KILLS_PER_HOME = 10;

    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void losesNothingAndRepeatsNothingOverSixKills() throws Exception {
        killAndCheck(folder, 6, new Random().nextLong());
    }

    @Test
    @Tag("long")
    @Timeout(600)
    void losesNothingAndRepeatsNothingOverAHundredKills() throws Exception {
        long seed = new Random().nextLong();
        for (int i = 0; i < 100 / KILLS_PER_HOME; i++) {
            killAndCheck(Files.createDirectory(folder.resolve("home-" + i)), KILLS_PER_HOME, seed + i);
        }
    }

    private static void killAndCheck(Path folder, int kills, long seed) throws Exception {
        Path home = folder.resolve("home");
        long origin = System.currentTimeMillis();
        Random random = new Random(seed);
        List<String> closed = new ArrayList<>();
        for (int kill = 0; kill < kills; kill++) {
            try (ChildJvm child = ChildJvm.start(folder, AgendaKillChild.class, home, origin, kill)) {
                child.await("open");
                if (kill % 3 > 0) { // else it may be killed while it makes up for what was missed, which must not grow
                    child.await("turned");
                }
                assertThat(child.endsWithin(Duration.ofMillis(30 + random.nextInt(200))))
                        .as("seed %d: the child ended by itself: %s", seed, child)
                        .isFalse();
                child.kill();
                closed.addAll(child.said("closed "));
            }
        }

        try (Hub hub = AgendaKillChild.open(home, origin)) {
            hub.scheduler().runPending();
            List<String> ids = ids(hub);
            for (String name : AgendaKillChild.names()) {
                check(hub.recurring().find(name).orElseThrow(), times(name, ids), seed);
            }
            for (String batch : closed) {
                assertThat(hub.batch(batch).status())
                        .as("seed %d: batch %s", seed, batch)
                        .hasValueSatisfying(AgendaKillTest::checkEnd);
            }
        }
        checkFollowUps(home, closed, seed);
    }

    private static void check(RecurringStatus status, List<Instant> times, long seed) {
        Set<Instant> there = new HashSet<>(times);
        List<Instant> missing = new ArrayList<>();
        for (Instant at = times.get(0); at.isBefore(status.next()); at = at.plusSeconds(1)) {
            if (!there.remove(at)) {
                missing.add(at);
            }
        }

        assertThat(missing).as("seed %d: lost runs of %s", seed, status).isEmpty();
        assertThat(there)
                .as("seed %d: runs of %s that nobody asked for", seed, status)
                .isEmpty();
        assertThat(status.runs()).isEqualTo(times.size()).isPositive();
    }

    private static void checkEnd(BatchStatus status) {
        assertThat(status.followUp()).contains(status.id() + "/done");
        assertThat(status.byStatus()).isEqualTo(Map.of(TaskStatus.DEAD, 1L, TaskStatus.DONE, 2L));
    }

    private static void checkFollowUps(Path home, List<String> closed, long seed) {
        Map<String, List<LogEntry>> done = Logs.of(home).stream()
                .filter(entry -> entry instanceof Execution execution
                        && execution.retryAt().isEmpty())
                .collect(groupingBy(LogEntry::taskId));
        for (String batch : closed) {
            assertThat(done.get(batch + "/done"))
                    .as("seed %d: what follows batch %s", seed, batch)
                    .singleElement()
                    .satisfies(entry -> assertThat(((Execution) entry).output())
                            .isEqualTo(Map.of(
                                    "id", batch, "total", 3L, "done", 2L, "dead", 1L, "cancelled", 0L, "expired", 0L)));
        }
    }

    private static List<Instant> times(String name, List<String> ids) {
        return ids.stream()
                .filter(id -> id.startsWith(name + "@"))
                .map(id -> Instant.parse(id.substring(name.length() + 1)))
                .toList();
    }

    private static List<String> ids(Hub hub) {
        List<String> ids = new ArrayList<>();
        TaskQuery query = TaskQuery.all().types("tick").max(1000);
        for (TaskPage page = hub.tasks(query);
                ;
                page = hub.tasks(query.after(page.next().orElseThrow()))) {
            page.tasks().stream().map(TaskState::id).forEach(ids::add);
            if (page.next().isEmpty()) {
                return ids;
            }
        }
    }
}
