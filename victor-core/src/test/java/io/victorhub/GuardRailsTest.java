package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.victorhub.audit.AuditEntry;
import io.victorhub.scheduling.Budget;
import io.victorhub.scheduling.BudgetStatus;
import io.victorhub.scheduling.QueueFile;
import io.victorhub.scheduling.Recurring;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.scheduling.Schedule;
import io.victorhub.spi.Details;
import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class GuardRailsTest {

    @TempDir
    private Path home;

    private final SettableClock clock = new SettableClock();
    private final List<BudgetStatus> alarms = new CopyOnWriteArrayList<>();
    private final List<String> ran = new CopyOnWriteArrayList<>();
    private final List<String> doers = new CopyOnWriteArrayList<>();

    /** A skill that costs something, and says what it believes. */
    private record Costly(String name, String type, double estimate, BiFunction<Task, SkillContext, Result> does)
            implements Skill {
        @Override
        public SkillDescriptor descriptor() {
            return SkillDescriptor.of(name).capability(type).costHint(estimate).build();
        }

        @Override
        public Result execute(Task task, SkillContext context) {
            return does.apply(task, context);
        }
    }

    // budgets

    @Test
    void soManyRunsADayAndNoMore() {
        try (Hub hub = open(builder -> builder.budget(Budget.ofHub().runsPerDay(3)), costs("a", "work", 1))) {
            submit(hub, "work", 5);

            assertThat(run(hub)).isEqualTo(3);
            clock.advance(Duration.ofHours(1));
            assertThat(run(hub)).isZero();
            clock.advance(Duration.ofDays(1));
            assertThat(run(hub)).isEqualTo(2);
        }
    }

    @Test
    void anotherHourBeginsWithNothingSpent() {
        try (Hub hub = open(builder -> builder.budget(Budget.ofType("work").costPerHour(2)), costs("a", "work", 1))) {
            submit(hub, "work", 5);

            assertThat(run(hub)).isEqualTo(2);
            clock.advance(Duration.ofHours(1));
            assertThat(run(hub)).isEqualTo(2);
            clock.advance(Duration.ofHours(1));
            assertThat(run(hub)).isEqualTo(1);
        }
    }

    @Test
    void theBudgetOfATypeLeavesOthersAlone() {
        try (Hub hub = open(
                builder -> builder.budget(Budget.ofType("work").runsPerHour(1)),
                costs("a", "work", 0),
                costs("b", "other", 0))) {
            submit(hub, "work", 2);
            submit(hub, "other", 2);

            run(hub);

            assertThat(ran).containsExactly("work-0", "other-0", "other-1");
            assertThat(hub.find("work-1").orElseThrow().attempts())
                    .as("none is used up")
                    .isZero();
        }
    }

    @Test
    void aSkillWithoutBudgetIsNoCandidate() {
        try (Hub hub = open(
                builder -> builder.budget(Budget.ofSkill("dear").costPerDay(10)),
                costs("dear", "work", 10),
                costs("cheap", "work", 1))) {
            hub.submit(Submission.builder(Task.of("work").build()).skill("dear").build());
            run(hub);
            submit(hub, "work", 5);

            assertThat(run(hub)).isEqualTo(5);
            assertThat(doers).containsExactly("dear", "cheap", "cheap", "cheap", "cheap", "cheap");
        }
    }

    @Test
    void aTaskThatOnlyASkillWithoutBudgetCanDoWaits() {
        try (Hub hub = open(
                builder -> builder.budget(Budget.ofSkill("dear").runsPerDay(1)),
                costs("dear", "work", 1),
                costs("cheap", "work", 1))) {
            for (String id : List.of("p-0", "p-1")) {
                hub.submit(Submission.builder(Task.of("work").id(id).build())
                        .skill("dear")
                        .build());
            }
            submit(hub, "work", 1);

            assertThat(run(hub)).isEqualTo(2);
            assertThat(status(hub, "p-1")).isIn(TaskStatus.READY, TaskStatus.DELAYED);
            clock.advance(Duration.ofDays(1));
            assertThat(run(hub)).isEqualTo(1);
            assertThat(status(hub, "p-1")).isEqualTo(TaskStatus.DONE);
        }
    }

    @Test
    void estimatesOfWhatRunsCountUntilItsCostIsKnown() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Skill slow = new Costly("slow", "work", 10, (task, context) -> {
            begun.countDown();
            awaitQuietly(end);
            return costing(1);
        });
        try (Hub hub = Hub.inMemory()
                .discoverSkills(false)
                .workers(4)
                .skill(slow)
                .skill(costs("a", "other", 0))
                .budget(Budget.ofHub().costPerDay(10))
                .build()) {
            hub.submit(Task.of("work").id("slow-0").build());
            hub.enableAutonomousMode();
            begun.await();
            hub.submit(Task.of("other").id("other-0").build());

            assertThat(hub.guard().budgets()).singleElement().satisfies(budget -> {
                assertThat(budget.running()).isEqualTo(10);
                assertThat(budget.isUsedUp()).isTrue();
            });
            assertThat(status(hub, "other-0")).isEqualTo(TaskStatus.READY);
            end.countDown();
            await().until(() -> status(hub, "other-0") == TaskStatus.DONE);
            await().untilAsserted(() -> {
                assertThat(hub.guard().budgets().get(0).spent()).isEqualTo(1);
                assertThat(hub.guard().budgets().get(0).running()).isZero();
            });
        }
    }

    @Test
    void manyWorkersTogetherDoNotExceedANumberOfRuns() {
        try (Hub hub = Hub.inMemory()
                .discoverSkills(false)
                .workers(8)
                .skill(costs("a", "work", 0))
                .budget(Budget.ofType("work").runsPerDay(50))
                .budget(Budget.ofHub().runsPerDay(70))
                .build()) {
            submit(hub, "work", 200);
            hub.enableAutonomousMode();

            await().until(() -> ran.size() >= 50 && hub.scheduler().running().isEmpty());
            hub.disableAutonomousMode();
            await().until(() -> hub.tasks(TaskQuery.all().status(TaskStatus.RUNNING))
                    .tasks()
                    .isEmpty());
            assertThat(ran).hasSize(50);
        }
    }

    @Test
    void goesOnByItselfWhenTheNextPeriodBeginsOrSomebodyAllowsMore() {
        try (Hub hub = Hub.inMemory()
                .discoverSkills(false)
                .clock(clock)
                .zone(ZoneOffset.UTC)
                .skill(costs("a", "work", 0))
                .budget(Budget.ofType("work").runsPerHour(1))
                .build()) {
            submit(hub, "work", 3);
            hub.enableAutonomousMode();
            await().until(() -> hub.guard().budgets().get(0).spent() == 1);

            hub.guard().grant(Budget.ofType("work").runsPerHour(1), "kim", "one more");
            await().until(() -> hub.guard().budgets().get(0).spent() == 2);
            clock.advance(Duration.ofHours(1));

            await().until(() -> ran.size() == 3);
        }
    }

    @Test
    void tenTimesATenthIsOne() {
        try (Hub hub = open(builder -> builder.budget(Budget.ofHub().costPerDay(1)), costs("a", "work", .1))) {
            submit(hub, "work", 20);

            assertThat(run(hub)).isEqualTo(10);
        }
    }

    @Test
    void furtherAttemptsCountToo() {
        Skill fails =
                new Costly("fails", "work", 0, (task, context) -> Result.failure(Result.Reason.UNAVAILABLE, "not now"));
        try (Hub hub = open(
                builder -> builder.budget(Budget.ofType("work").runsPerHour(2)).retry(RetryPolicy.immediate(10)),
                fails)) {
            submit(hub, "work", 1);

            run(hub);

            assertThat(hub.find("work-0").orElseThrow().attempts()).isEqualTo(2);
        }
    }

    @Test
    void tellsOnceThatALimitIsReached() {
        try (Hub hub = open(builder -> builder.budget(Budget.ofType("work").runsPerHour(2)), costs("a", "work", 0))) {
            submit(hub, "work", 9);
            run(hub);
            run(hub);

            await().until(() -> alarms.size() == 1);
            assertThat(alarms.get(0).text())
                    .isEqualTo("the budget of type work (2 runs an hour) is used up until 2026-01-05T10:00:00Z");
            assertThat(hub.dashboard().problems()).containsExactly(alarms.get(0).text());
            clock.advance(Duration.ofHours(1));
            assertThat(hub.dashboard().problems()).isEmpty();
            run(hub);
            await().until(() -> alarms.size() == 2);
        }
    }

    @Test
    void aPersonMayGrantMoreUntilThePeriodEnds() {
        try (Hub hub = open(builder -> builder.budget(Budget.ofType("work").runsPerHour(1)), costs("a", "work", 0))) {
            submit(hub, "work", 9);
            run(hub);

            hub.guard().grant(Budget.ofType("work").runsPerHour(2), "kim", "release day");

            assertThat(run(hub)).isEqualTo(2);
            clock.advance(Duration.ofHours(1));
            assertThat(run(hub)).isEqualTo(1);
            AuditEntry entry = hub.audit().last().orElseThrow();
            assertThat(entry.action()).isEqualTo("budget.granted");
            assertThat(entry.actor()).isEqualTo("kim");
            assertThat(entry.subject()).isEqualTo("type work");
            assertThat(entry.details()).isEqualTo(Map.of("runs an hour", 2.0));
            assertThatThrownBy(() -> hub.guard().grant(Budget.ofHub().costPerDay(2), "kim", "release day"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the budget of the hub has no limit of cost a day");
        }
    }

    @Test
    void aPersonMayChangeABudgetAndAddOneAndThatIsKept() {
        try (Hub hub = open(builder -> builder, costs("a", "work", 0))) {
            submit(hub, "work", 3);
            run(hub);
            hub.guard().change(Budget.ofHub().runsPerDay(5), "kim", "it runs away");
            submit(hub, "more", "work", 9);

            assertThat(run(hub)).as("what ran before counts").isEqualTo(2);
        }
        try (Hub hub = open(builder -> builder.budget(Budget.ofHub().runsPerDay(100)), costs("a", "work", 0))) {
            assertThat(run(hub)).isZero();
            hub.guard().change(Budget.ofHub(), "kim", "it is tame");
            assertThat(run(hub)).isEqualTo(7);
            assertThat(hub.audit().read(0, 9)).extracting(AuditEntry::action).containsOnly("budget.changed");
        }
    }

    @Test
    void knowsAfterARestartWhatWasSpent() {
        UnaryOperator<HubBuilder> budget =
                builder -> builder.budget(Budget.ofHub().costPerDay(3.5));
        try (Hub hub = open(budget, costs("a", "work", 1))) {
            submit(hub, "work", 2);
            run(hub);
        }
        try (Hub hub = open(budget, costs("a", "work", 1))) {
            assertThat(hub.guard().budgets().get(0).spent()).isEqualTo(2);
            submit(hub, "more", "work", 5);

            assertThat(run(hub)).isEqualTo(2);
        }
    }

    @Test
    void countsFromTheLogWhatWasSpentBeforeThereWasABudget() {
        try (Hub hub = open(builder -> builder, costs("a", "work", 1))) {
            submit(hub, "work", 2);
            run(hub);
        }
        try (Hub hub = open(builder -> builder.budget(Budget.ofSkill("a").costPerDay(3)), costs("a", "work", 1))) {
            assertThat(hub.guard().budgets().get(0).spent()).isEqualTo(2);
        }
    }

    @Test
    void executingAtOnceSpendsAndIsRefusedWhenNothingIsLeft() {
        try (Hub hub = open(builder -> builder.budget(Budget.ofHub().costPerDay(2)), costs("a", "work", 2))) {
            assertThat(hub.execute(Task.of("work").build())).isInstanceOf(Result.Success.class);

            Result refused = hub.execute(Task.of("work").build());

            assertThat(refused)
                    .isInstanceOfSatisfying(
                            Result.Failure.class,
                            failure -> assertThat(failure.message())
                                    .isEqualTo(
                                            "the budget of the hub (2 cost a day) is used up until 2026-01-06T00:00:00Z"));
            assertThat(hub.guard().budgets().get(0).spent()
                            + hub.guard().budgets().get(0).running())
                    .isEqualTo(2);
        }
    }

    // approvals

    @Test
    void aTypeThatNeedsApprovalWaitsForEachOfItsTasks() {
        try (Hub hub = open(builder -> builder.approvalRequired("pay"), costs("a", "pay", 0), costs("b", "work", 0))) {
            submit(hub, "pay", 2);
            submit(hub, "work", 1);
            run(hub);
            assertThat(ran).containsExactly("work-0");
            assertThat(hub.guard().awaiting().tasks())
                    .extracting(task -> task.id())
                    .containsExactly("pay-0", "pay-1");
            assertThat(hub.dashboard().problems())
                    .containsExactly("2 tasks wait for a person's approval (types pay); see hub.guard().awaiting()");

            assertThat(hub.guard().approve("pay-0", "kim", "invoice seen")).isTrue();
            assertThat(hub.guard().reject("pay-1", "lee", "no invoice")).isTrue();
            run(hub);

            assertThat(ran).containsExactly("work-0", "pay-0");
            assertThat(status(hub, "pay-1")).isEqualTo(TaskStatus.CANCELLED);
            assertThat(hub.guard().approve("pay-0", "kim", "again")).isFalse();
            assertThat(hub.audit().read(0, 9))
                    .extracting(entry ->
                            entry.actor() + " " + entry.action() + " " + entry.subject() + ": " + entry.reason())
                    .containsExactly("kim task.approved pay-0: invoice seen", "lee task.rejected pay-1: no invoice");
        }
    }

    @Test
    void isHeldHoweverItComes() throws IOException {
        Skill chain = new Costly("chain", "work", 0, (task, context) -> {
            context.submit(Task.of("pay").id("from-skill").build());
            return costing(0);
        });
        try (Hub hub = open(builder -> builder.approvalRequired("pay"), chain, costs("a", "pay", 0))) {
            hub.submit(Task.of("work").build());
            hub.submitBatch(
                    "b",
                    List.of(Submission.of(Task.of("work").id("in-batch").build())),
                    Task.of("pay").build());
            hub.recurring()
                    .schedule(Recurring.of(
                            "tick",
                            Schedule.every(Duration.ofMinutes(1)),
                            Task.of("pay").build()));
            Files.createDirectories(home.resolve("tasks"));
            QueueFile.append(
                    home.resolve("tasks").resolve("queue.json"),
                    List.of(Task.of("pay").id("from-inbox").build()));
            clock.advance(Duration.ofMinutes(1));
            await().untilAsserted(() -> {
                hub.readInbox();
                assertThat(hub.find("from-inbox")).isPresent();
            });
            run(hub);

            assertThat(hub.guard().awaiting().tasks())
                    .extracting(task -> task.id().replaceAll("@.*", ""))
                    .contains("from-skill", "b/done", "tick", "from-inbox");
            assertThat(ran).isEmpty();
        }
    }

    @Test
    void approvedOnceIsApprovedForItsRetriesAndARequeuedOneAsksAgain() {
        List<Integer> attempts = new ArrayList<>();
        Skill fails = new Costly("fails", "pay", 0, (task, context) -> {
            attempts.add(context.attempt());
            return Result.failure(Result.Reason.UNAVAILABLE, "not now");
        });
        try (Hub hub = open(builder -> builder.approvalRequired("pay").retry(RetryPolicy.immediate(3)), fails)) {
            submit(hub, "pay", 1);
            hub.guard().approve("pay-0", "kim", "invoice seen");
            run(hub);
            assertThat(attempts).containsExactly(1, 2, 3);

            assertThat(hub.requeue("pay-0")).isTrue();
            run(hub);

            assertThat(attempts).hasSize(3);
            assertThat(status(hub, "pay-0")).isEqualTo(TaskStatus.HELD);
            assertThat(hub.bulk(TaskQuery.deadLetters()).requeue().changed()).isZero();
            BulkResult released = hub.bulk(TaskQuery.all()).release();
            assertThat(released.changed()).isZero();
            assertThat(released.examples().get("pay-0")).contains("needs a person's approval");
            assertThat(hub.bulk(TaskQuery.all()).dryRun().release().changed()).isZero();
            assertThat(status(hub, "pay-0")).isEqualTo(TaskStatus.HELD);
            hub.guard().approve("pay-0", "kim", "try again");
            run(hub);
            assertThat(attempts).hasSize(6);
        }
    }

    @Test
    void nobodyGetsAroundAnApproval() {
        try (Hub hub = open(builder -> builder.approvalRequired("pay"), costs("a", "pay", 0))) {
            submit(hub, "pay", 1);

            assertThatThrownBy(() -> hub.release("pay-0"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("use hub.guard().approve(taskId, actor, reason)");
            assertThatThrownBy(() -> hub.execute(Task.of("pay").build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("need a person's approval");
            assertThatThrownBy(() -> hub.guard().approve("pay-0", "kim", " "))
                    .isInstanceOf(IllegalArgumentException.class);
            run(hub);
            assertThat(ran).isEmpty();
            assertThat(hub.audit().size()).isZero();
        }
    }

    @Test
    void whatWaitsForAPersonWaitsAfterARestart() {
        try (Hub hub = open(builder -> builder.approvalRequired("pay"), costs("a", "pay", 0))) {
            submit(hub, "pay", 2);
            hub.guard().approve("pay-0", "kim", "invoice seen");
        }
        try (Hub hub = open(builder -> builder.approvalRequired("pay"), costs("a", "pay", 0))) {
            run(hub);

            assertThat(ran).containsExactly("pay-0");
            assertThat(hub.audit().verify().isWhole()).isTrue();
        }
    }

    // stop

    @Test
    void aStopHoldsUntilAPersonAllowsItAgain() {
        try (Hub hub = open(builder -> builder, costs("a", "work", 0))) {
            hub.guard().stopEverything("kim", "prices are wrong");
            submit(hub, "work", 1);

            assertThat(hub.status()).isEqualTo(HubStatus.STOPPED);
            assertThatThrownBy(() -> run(hub))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("everything was stopped by kim at 2026-01-05T09:00:00Z (prices are wrong);"
                            + " hub.guard().allowAgain(actor, reason) lets it go on");
            assertThatThrownBy(hub::enableAutonomousMode).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> hub.execute(Task.of("work").build())).isInstanceOf(IllegalStateException.class);
        }
        try (Hub hub = open(builder -> builder, costs("a", "work", 0))) {
            assertThat(hub.guard().stopped().orElseThrow().actor()).isEqualTo("kim");
            assertThat(hub.dashboard().status()).isEqualTo("Stopped");
            assertThat(hub.dashboard().problems()).hasSize(1);
            assertThatThrownBy(() -> run(hub)).isInstanceOf(IllegalStateException.class);

            assertThat(hub.guard().allowAgain("lee", "prices are right")).isTrue();

            assertThat(run(hub)).isEqualTo(1);
            assertThat(hub.guard().allowAgain("lee", "prices are right")).isFalse();
        }
        try (Hub hub = open(builder -> builder, costs("a", "work", 0))) {
            assertThat(hub.status()).isEqualTo(HubStatus.IDLE);
            assertThat(hub.audit().read(0, 9))
                    .extracting(AuditEntry::action)
                    .containsExactly("hub.stopped", "hub.allowed");
        }
    }

    @Test
    void aStopEndsAutonomousModeAndWhatRunsIfAskedTo() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        Skill slow = new Costly("slow", "work", 0, (task, context) -> {
            attempts.add(context.attempt());
            if (attempts.size() == 1) {
                begun.countDown();
                awaitQuietly(never);
            }
            return costing(0);
        });
        try (Hub hub = Hub.inMemory().discoverSkills(false).skill(slow).build()) {
            submit(hub, "work", 1);
            hub.enableAutonomousMode();
            begun.await();

            hub.guard().stopEverything("kim", "now", true);

            await().until(() -> status(hub, "work-0") == TaskStatus.READY);
            assertThat(hub.status()).isEqualTo(HubStatus.STOPPED);
            assertThat(hub.scheduler().running()).isEmpty();
            hub.guard().allowAgain("kim", "go on");
            assertThat(hub.status()).isEqualTo(HubStatus.ACTIVE);
            await().until(() -> status(hub, "work-0") == TaskStatus.DONE);
            assertThat(attempts).as("the interrupted one counts for nothing").containsExactly(1, 1);
        }
    }

    @Test
    void aFileStopsEverything() throws IOException {
        try (Hub hub = open(builder -> builder, costs("a", "work", 0))) {
            submit(hub, "work", 2);
            assertThat(run(hub)).isEqualTo(2);
            submit(hub, "more", "work", 2);
            Path file = Files.writeString(home.resolve("STOP"), "the night shift says so\n");

            assertThatThrownBy(() -> run(hub))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("stopped by the file STOP")
                    .hasMessageContaining("the night shift says so")
                    .hasMessageContaining("once " + file + " is removed");
            assertThatThrownBy(() -> hub.guard().allowAgain("kim", "go on"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("remove it first");
            Files.delete(file);
            assertThatThrownBy(() -> run(hub)).isInstanceOf(IllegalStateException.class);
            hub.guard().allowAgain("kim", "go on");
            assertThat(run(hub)).isEqualTo(2);
        }
    }

    @Test
    void aFileIsSeenWhenTheHubIsOpenedAndWhileItWorks() throws IOException {
        Files.createFile(home.resolve("STOP"));
        try (Hub hub = open(builder -> builder, costs("a", "work", 0))) {
            assertThat(hub.status()).isEqualTo(HubStatus.STOPPED);
            Files.delete(home.resolve("STOP"));
            hub.guard().allowAgain("kim", "go on");
        }
        try (Hub hub = open(builder -> builder.checkInterval(Duration.ofMillis(20)), costs("a", "work", 0))) {
            hub.enableAutonomousMode();
            assertThat(hub.status()).isEqualTo(HubStatus.ACTIVE);

            Files.createFile(home.resolve("STOP"));

            await().until(() -> hub.status() == HubStatus.STOPPED);
        }
    }

    private Hub open(UnaryOperator<HubBuilder> with, Skill... skills) {
        HubBuilder builder = with.apply(Hub.at(home)
                .discoverSkills(false)
                .workers(1)
                .zone(ZoneOffset.UTC)
                .executor(Runnable::run)
                .listener(new HubListener() {
                    @Override
                    public void budgetUsedUp(BudgetStatus budget) {
                        alarms.add(budget);
                    }
                }));
        for (Skill skill : skills) {
            builder.skill(skill);
        }
        return builder.clock(clock).build();
    }

    private Skill costs(String name, String type, double cost) {
        return new Costly(name, type, 0, (task, context) -> {
            ran.add(task.id());
            doers.add(name);
            return costing(cost);
        });
    }

    private static Result costing(double cost) {
        return new Result.Success("done", Details.builder().cost(cost).build());
    }

    private static void submit(Hub hub, String type, int number) {
        submit(hub, type, type, number);
    }

    private static void submit(Hub hub, String name, String type, int number) {
        IntStream.range(0, number)
                .forEach(i -> hub.submit(Task.of(type).id(name + "-" + i).build()));
    }

    private static int run(Hub hub) {
        int attempts = 0;
        for (int more = hub.scheduler().runPending();
                more > 0;
                more = hub.scheduler().runPending()) {
            attempts += more;
        }
        return attempts;
    }

    private static TaskStatus status(Hub hub, String id) {
        return hub.find(id).orElseThrow().status();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
