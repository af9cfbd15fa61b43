package io.victorhub.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.Hub;
import io.victorhub.scheduling.RecurringStatus;
import io.victorhub.spi.store.TaskPage;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recurring tasks whose process is killed over and over: each of their times is there once, from the first to the last. */
class RecurringKillTest {

    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void losesNoRunAndRepeatsNoneOverTenKills() throws Exception {
        killAndCheck(10);
    }

    @Test
    @Tag("long")
    @Timeout(300)
    void losesNoRunAndRepeatsNoneOverAHundredKills() throws Exception {
        killAndCheck(100);
    }

    private void killAndCheck(int kills) throws Exception {
        Path home = folder.resolve("home");
        long origin = System.currentTimeMillis();
        Random random = new Random(kills);
        for (int kill = 0; kill < kills; kill++) {
            try (ChildJvm child = ChildJvm.start(folder, RecurringKillChild.class, home, origin)) {
                child.await("open");
                assertThat(child.endsWithin(Duration.ofMillis(30 + random.nextInt(200))))
                        .as("the child ended by itself: %s", child)
                        .isFalse();
                child.kill();
            }
        }

        try (Hub hub = RecurringKillChild.open(home, origin)) {
            hub.scheduler().runPending();
            List<String> ids = ids(hub);
            for (String name : RecurringKillChild.names()) {
                check(hub.recurring().find(name).orElseThrow(), times(name, ids), kills);
            }
        }
    }

    private static void check(RecurringStatus status, List<Instant> times, int kills) {
        Set<Instant> there = new HashSet<>(times);
        List<Instant> missing = new ArrayList<>();
        for (Instant at = times.get(0); at.isBefore(status.next()); at = at.plusSeconds(1)) {
            if (!there.remove(at)) {
                missing.add(at);
            }
        }

        assertThat(missing).as("lost runs of %s", status).isEmpty();
        assertThat(there).as("runs of %s that nobody asked for", status).isEmpty();
        assertThat(times).hasSizeGreaterThan(kills).doesNotHaveDuplicates();
        assertThat(status.runs()).isEqualTo(times.size());
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
