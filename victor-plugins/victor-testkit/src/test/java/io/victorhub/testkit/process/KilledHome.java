package io.victorhub.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.victorhub.Hub;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** One home whose processes are killed, and what they said before. */
final class KilledHome {

    private final Path folder;
    private final Path home;
    private final Path ran;
    private final String name;
    private final Set<String> acked = new HashSet<>();
    private final Set<String> settled = new HashSet<>();
    private int lostAttempts;

    KilledHome(Path folder, String name) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.home = folder.resolve("home");
        this.ran = folder.resolve("ran.txt");
        this.name = name;
        Files.createFile(ran);
    }

    /** Lets a child work for a moment, and kills it: every fifth time while it opens the hub or a little later. */
    void killOnce(int round, Random random) throws IOException, InterruptedException {
        int runBefore = ran().size();
        try (ChildJvm child = ChildJvm.start(folder, KillChild.class, home, ran, round, 3)) {
            boolean early = random.nextInt(5) == 0;
            if (!early) {
                child.await("open");
            }
            Duration moment = Duration.ofMillis(early ? 200 + random.nextInt(300) : 50 + random.nextInt(300));
            assertThat(child.endsWithin(moment))
                    .as("%s, round %d: the child ended by itself: %s", name, round, child)
                    .isFalse();
            child.kill();
            assertNothingRanAgain(runBefore, "round " + round);
            acked.addAll(child.said("acked "));
            for (String id : child.said("settled ")) {
                assertThat(settled.add(id))
                        .as("%s, round %d: %s is settled for the first time", name, round, id)
                        .isTrue();
            }
        }
        assertNoDamage();
    }

    /** Does what is left, in this process. */
    void drain() throws IOException {
        try (Warnings warnings = new Warnings();
                Hub hub = Hub.at(home)
                        .discoverSkills(false)
                        .retry(RetryPolicy.immediate(1000))
                        .skill(new RanSkill(ran))
                        .build()) {
            int runBefore = ran().size();
            hub.enableAutonomousMode();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> hub.tasks(TaskQuery.all()
                                    .statuses(EnumSet.of(TaskStatus.READY, TaskStatus.DELAYED, TaskStatus.RUNNING))
                                    .max(1))
                            .tasks()
                            .isEmpty());
            assertNothingRanAgain(runBefore, "the end");
            for (String id : acked) {
                assertThat(hub.find(id))
                        .as("%s: acknowledged task %s", name, id)
                        .hasValueSatisfying(task -> assertThat(task.status()).isEqualTo(TaskStatus.DONE));
            }
            assertThat(warnings.all()).as(name).noneMatch(line -> line.contains("damaged"));
        }
        assertNoDamage();
    }

    /** Reads the log as the store has it. */
    void checkLog() throws IOException {
        Map<String, List<Execution>> attempts = attempts();
        Map<String, Set<Integer>> ranAttempts = ranAttempts();
        assertThat(attempts.keySet()).as("%s: tasks in the log", name).containsAll(acked);
        attempts.forEach((id, all) -> {
            checkAttempts(id, all);
            assertThat(ranAttempts.getOrDefault(id, Set.of()))
                    .as("%s: attempts at %s that ran", name, id)
                    .allMatch(attempt -> attempt <= all.size())
                    .contains(all.size());
            if (!id.endsWith(RanSkill.FOLLOW_UP) && RanSkill.hasFollowUp(number(id))) {
                assertThat(attempts).as("%s: follow-up of %s", name, id).containsKey(id + RanSkill.FOLLOW_UP);
            }
        });
    }

    int lostAttempts() {
        return lostAttempts;
    }

    private void assertNothingRanAgain(int runBefore, String when) throws IOException {
        assertThat(ran().stream().skip(runBefore).map(KilledHome::id).filter(settled::contains))
                .as("%s, %s: what ran though it was settled before", name, when)
                .isEmpty();
    }

    private void checkAttempts(String id, List<Execution> all) {
        for (int i = 0; i < all.size(); i++) {
            Execution attempt = all.get(i);
            boolean last = i == all.size() - 1;
            assertThat(attempt.attempt())
                    .as("%s: attempts at %s: %s", name, id, all)
                    .isEqualTo(i + 1);
            assertThat(attempt.retryAt().isEmpty())
                    .as("%s: one entry settles %s, the last one of %s", name, id, all)
                    .isEqualTo(last);
            assertThat(attempt.status() == Execution.Status.SUCCESS)
                    .as("%s: the last attempt succeeds at %s: %s", name, id, all)
                    .isEqualTo(last);
            if (!last && attempt.trouble().orElseThrow().reason() == Reason.LOST) {
                lostAttempts++;
            } else if (!last) {
                assertThat(i)
                        .as("%s: only a first attempt at %s fails: %s", name, id, all)
                        .isZero();
            }
        }
    }

    private Map<String, List<Execution>> attempts() {
        Map<String, List<Execution>> attempts = new LinkedHashMap<>();
        for (LogEntry entry : Logs.of(home)) {
            assertThat(entry).as("%s: %s", name, entry).isInstanceOf(Execution.class);
            attempts.computeIfAbsent(entry.taskId(), id -> new ArrayList<>()).add((Execution) entry);
        }
        return attempts;
    }

    private Map<String, Set<Integer>> ranAttempts() throws IOException {
        Map<String, Set<Integer>> all = new HashMap<>();
        for (String line : ran()) {
            int attempt = Integer.parseInt(line.substring(line.indexOf(' ') + 1));
            assertThat(all.computeIfAbsent(id(line), id -> new HashSet<>()).add(attempt))
                    .as("%s: attempt %s runs once", name, line)
                    .isTrue();
        }
        return all;
    }

    private List<String> ran() throws IOException {
        return Files.readAllLines(ran);
    }

    private void assertNoDamage() throws IOException {
        if (Files.exists(home.resolve("store"))) {
            try (Stream<Path> files = Files.list(home.resolve("store"))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .as(name)
                        .noneMatch(file -> file.contains("damaged"));
            }
        }
    }

    private static String id(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
    }
}
