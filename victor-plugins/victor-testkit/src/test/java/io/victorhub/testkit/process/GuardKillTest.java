package io.victorhub.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.victorhub.Hub;
import io.victorhub.audit.AuditEntry;
import io.victorhub.scheduling.Budget.Limit;
import io.victorhub.scheduling.BudgetStatus;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.TaskStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Budgets, approvals and stops of a process that is killed over and over hold as if it had not been. */
class GuardKillTest {

    private static final List<String> OF_STOPS = List.of("stopping", "stopped", "allowing", "allowed");

    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void holdsOverFourKills() throws Exception {
        killAndCheck(folder, 4, new Random().nextLong());
    }

    @Test
    @Tag("long")
    @Timeout(600)
    void holdsOverAHundredKills() throws Exception {
        long seed = new Random().nextLong();
        for (int i = 0; i < 10; i++) {
            killAndCheck(Files.createDirectory(folder.resolve("home-" + i)), 10, seed + i);
        }
    }

    private static void killAndCheck(Path folder, int kills, long seed) throws Exception {
        Path home = folder.resolve("home");
        Path ran = folder.resolve("ran");
        Random random = new Random(seed);
        int granted = 0;
        List<String> said = new ArrayList<>();
        for (int kill = 0; kill < kills; kill++) {
            try (ChildJvm child = ChildJvm.start(folder, GuardKillChild.class, home, ran, kill, kill % 2 == 1)) {
                child.await(kill % 2 == 1 ? "stopped" : "open");
                assertThat(child.endsWithin(Duration.ofMillis(20 + random.nextInt(200))))
                        .as("seed %d: the child ended by itself: %s", seed, child)
                        .isFalse();
                child.kill();
                said = child.said("");
            }
            granted += GuardKillChild.RUNS + GuardKillChild.MORE * count(said, "granted");
            try (Hub hub = GuardKillChild.hub(home, ran).build()) {
                String when = "seed " + seed + ", kill " + kill;
                assertThat(hub.audit().verify().isWhole()).as(when).isTrue();
                checkBudgets(hub, granted, Files.readAllLines(ran), when);
                checkApprovals(hub, said, Files.readAllLines(ran), when);
                checkStop(hub, said, when);
            }
        }
        useUp(home, ran);
    }

    private static void checkBudgets(Hub hub, int granted, List<String> ran, String when) {
        BudgetStatus runs = status(hub, Limit.RUNS_PER_DAY);
        BudgetStatus cost = status(hub, Limit.COST_PER_DAY);
        List<Execution> log = runs(hub);

        assertThat(runs.spent()).as(when).isEqualTo(ofWork(log));
        assertThat(cost.spent())
                .as(when)
                .isEqualTo(log.stream().mapToDouble(one -> one.details().cost()).sum());
        assertThat(runs.allowed()).as(when).isGreaterThanOrEqualTo(GuardKillChild.RUNS + granted);
        assertThat(runs.allowed())
                .as(when)
                .isLessThanOrEqualTo(GuardKillChild.RUNS
                        + entries(hub, "budget.granted").stream()
                                .mapToDouble(GuardKillTest::amount)
                                .sum());
        assertThat(runs.spent()).as(when).isLessThanOrEqualTo(runs.allowed());
        assertThat(ran.stream().filter(id -> id.startsWith(GuardKillChild.WORK)).count())
                .as("%s: what really ran", when)
                .isLessThanOrEqualTo((long) runs.spent());
    }

    private static void checkApprovals(Hub hub, List<String> said, List<String> ran, String when) {
        Set<String> approved = subjects(hub, "task.approved");
        Set<String> rejected = subjects(hub, "task.rejected");
        assertThat(approved)
                .as("%s: who ran was approved", when)
                .containsAll(ran.stream()
                        .filter(id -> id.startsWith(GuardKillChild.PAY))
                        .toList());
        for (String id : behind(said, "held")) {
            TaskStatus status = hub.find(id).orElseThrow().status();
            if (behind(said, "approved").contains(id)) {
                assertThat(approved).as(when).contains(id);
                assertThat(status).as(when).isNotIn(TaskStatus.HELD, TaskStatus.CANCELLED);
            } else if (behind(said, "rejected").contains(id)) {
                assertThat(rejected).as(when).contains(id);
                assertThat(status).as(when).isEqualTo(TaskStatus.CANCELLED);
            } else if (!approved.contains(id) && !rejected.contains(id)) {
                assertThat(status).as(when).isEqualTo(TaskStatus.HELD);
            }
        }
    }

    private static void checkStop(Hub hub, List<String> said, String when) {
        List<String> ofStops = said.stream()
                .map(line -> line.split(" ")[0])
                .filter(OF_STOPS::contains)
                .toList();
        String last = ofStops.isEmpty() ? "allowed" : ofStops.get(ofStops.size() - 1);
        if (last.equals("stopped")) {
            assertThat(hub.guard().stopped()).as(when).isPresent();
        } else if (last.equals("allowed")) {
            assertThat(hub.guard().stopped()).as(when).isEmpty();
        }
        if (hub.guard().stopped().isPresent()) {
            assertThat(entries(hub, "hub.")).as(when).isNotEmpty();
        }
    }

    /** What is left of the budget can be spent, and nothing beyond it. */
    private static void useUp(Path home, Path ran) throws Exception {
        try (Hub hub = GuardKillChild.hub(home, ran).build()) {
            hub.guard().allowAgain("lee", "the end");
            for (int i = 0; i < status(hub, Limit.RUNS_PER_DAY).allowed(); i++) { // those that are left may be too few
                hub.submit(Task.of(GuardKillChild.WORK).build());
            }
            hub.enableAutonomousMode();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> status(hub, Limit.RUNS_PER_DAY).isUsedUp()
                            && hub.scheduler().running().isEmpty());
            await().until(() -> status(hub, Limit.RUNS_PER_DAY).running() == 0);
            BudgetStatus runs = status(hub, Limit.RUNS_PER_DAY);
            assertThat(runs.spent()).isEqualTo(runs.allowed()).isEqualTo(ofWork(runs(hub)));
        }
    }

    private static double amount(AuditEntry granted) {
        return ((Number) Objects.requireNonNull(granted.details().get(Limit.RUNS_PER_DAY.text()))).doubleValue();
    }

    private static BudgetStatus status(Hub hub, Limit limit) {
        return hub.guard().budgets().stream()
                .filter(status -> status.limit() == limit)
                .findFirst()
                .orElseThrow();
    }

    private static List<Execution> runs(Hub hub) {
        List<Execution> runs = new ArrayList<>();
        for (LogPage.Logged logged : hub.history().from(Position.START)) {
            if (logged.entry() instanceof Execution execution
                    && (execution.skill().isPresent()
                            || execution.trouble().orElseThrow().reason() == Reason.LOST)) {
                runs.add(execution);
            }
        }
        return runs;
    }

    private static double ofWork(List<Execution> runs) {
        return runs.stream()
                .filter(one -> one.type().equals(GuardKillChild.WORK))
                .count();
    }

    private static Set<String> subjects(Hub hub, String action) {
        return entries(hub, action).stream().map(AuditEntry::subject).collect(Collectors.toSet());
    }

    private static List<AuditEntry> entries(Hub hub, String action) {
        List<AuditEntry> all = new ArrayList<>();
        long after = 0;
        for (List<AuditEntry> page = hub.audit().read(after, 1000);
                !page.isEmpty();
                page = hub.audit().read(after, 1000)) {
            page.stream().filter(entry -> entry.action().startsWith(action)).forEach(all::add);
            after = page.get(page.size() - 1).number();
        }
        return all;
    }

    private static int count(List<String> said, String what) {
        return behind(said, what).size();
    }

    private static Set<String> behind(List<String> said, String what) {
        return said.stream()
                .filter(line -> line.startsWith(what + " "))
                .map(line -> line.substring(what.length() + 1))
                .collect(Collectors.toSet());
    }
}
