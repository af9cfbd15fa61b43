package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.victorhub.TaskDetail.WaitsFor;
import io.victorhub.scheduling.Pause;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.StoreFactory;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TaskDetailTest {

    private static final LambdaSkill FAILS = LambdaSkill.of("fails", (task, context) -> {
        context.log("attempt " + context.attempt() + " begins");
        return Result.failure(Reason.UNAVAILABLE, "not now");
    });

    @TempDir
    private Path folder = Path.of("");

    private final SettableClock clock = new SettableClock();

    @Test
    void tellsEachAttemptOfAllRoundsWithWhatItsSkillLoggedAlsoAfterARestart() {
        try (Hub hub = Hub.at(folder)
                .discoverSkills(false)
                .skill(FAILS)
                .retry(RetryPolicy.immediate(2))
                .build()) {
            hub.enableAutonomousMode();
            done(hub.submit(Task.of("fails").id("a").build()));
            done(hub.submit(Task.of("fails").id("b").build()));
            hub.requeue("a");
            await().until(() -> hub.task("a").orElseThrow().attempts().size() == 4);
            await().until(() -> hub.find("a").orElseThrow().status() == TaskStatus.DEAD);
        }
        try (Hub hub = Hub.at(folder).discoverSkills(false).build()) {
            TaskDetail detail = hub.task("a").orElseThrow();

            assertThat(detail.state().status()).isEqualTo(TaskStatus.DEAD);
            assertThat(detail.attempts()).extracting(Execution::round).containsExactly(1, 1, 2, 2);
            assertThat(detail.attempts()).extracting(Execution::attempt).containsExactly(1, 2, 1, 2);
            assertThat(detail.attempts().get(1).lines()).containsExactly("attempt 2 begins");
            assertThat(detail.missing()).isZero();
            assertThat(detail.waits()).isEmpty();
            assertThat(detail.entries()).extracting(LogEntry::taskId).containsOnly("a");
        }
    }

    @Test
    void saysHowManyLinesOfAnAttemptWereLeftOutAndWhereOneIsCut() {
        LambdaSkill talks = LambdaSkill.of("talks", (task, context) -> {
            context.log("x".repeat(2_000));
            IntStream.range(0, 150).forEach(i -> context.log("line " + i));
            return Result.success(1);
        });
        try (Hub hub = hub().skill(talks).build()) {
            hub.enableAutonomousMode();
            done(hub.submit(Task.of("talks").id("a").build()));

            var lines = hub.task("a").orElseThrow().attempts().get(0).lines();

            assertThat(lines).hasSize(101);
            assertThat(lines.get(0)).hasSize(1001).endsWith("x…");
            assertThat(lines.get(100)).isEqualTo("(51 more lines were left out)");
        }
    }

    @Test
    void tellsWhatIsUnderWay() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch ends = new CountDownLatch(1);
        LambdaSkill slow = LambdaSkill.of("slow", (task, context) -> {
            context.progress(.5, "half way");
            told.countDown();
            ends.await();
            return Result.success(1);
        });
        try (Hub hub = hub().skill(slow).build()) {
            hub.enableAutonomousMode();
            hub.submit(Task.of("slow").id("a").build());
            told.await();

            TaskDetail detail = hub.task("a").orElseThrow();

            assertThat(detail.running().orElseThrow().message()).isEqualTo("half way");
            assertThat(detail.attempts()).isEmpty();
            assertThat(detail.missing()).isZero();
        } finally {
            ends.countDown();
        }
    }

    @Test
    void tellsWhatATaskWaitsFor() {
        LambdaSkill work = LambdaSkill.of("work", (task, context) -> Result.success(1));
        try (Hub hub = hub().skill(work).build()) {
            hub.submit(Submission.builder(Task.of("work").id("held").build())
                    .held(true)
                    .build());
            hub.submit(Submission.builder(Task.of("work").id("later").build())
                    .notBefore(clock.instant().plusSeconds(60))
                    .build());
            hub.submit(Task.of("work").id("ready").build());
            hub.submit(Task.of("unknown").id("unknown").build());
            assertThat(waits(hub, "held")).isEqualTo(WaitsFor.RELEASE);
            assertThat(waits(hub, "later")).isEqualTo(WaitsFor.TIME);
            assertThat(hub.task("later").orElseThrow().waits().orElseThrow().sentence())
                    .isEqualTo("it was submitted for 2026-01-05T09:01:00Z");
            assertThat(waits(hub, "ready")).isEqualTo(WaitsFor.AUTONOMOUS_MODE);

            hub.scheduler().pause(Pause.of("work").because("stock-taking"));
            assertThat(waits(hub, "ready")).isEqualTo(WaitsFor.PAUSE);
            assertThat(hub.task("ready").orElseThrow().waits().orElseThrow().sentence())
                    .isEqualTo("type work is paused (stock-taking)");

            hub.enableAutonomousMode();
            await().until(() -> waits(hub, "unknown") == WaitsFor.SKILL);
        }
    }

    @Test
    void knowsNothingOfATaskThatNeverWas() {
        try (Hub hub = hub().build()) {
            assertThat(hub.task("nobody")).isEmpty();
        }
    }

    @Test
    void readsTheLogWhereTheStoreCannotFindEntries() {
        UnreliableStore store = new UnreliableStore();
        StoreFactory forgetful = store.without("entries", Optional.empty());
        try (Hub hub = hub().store(forgetful)
                .skill(FAILS)
                .retry(RetryPolicy.immediate(3))
                .build()) {
            hub.enableAutonomousMode();
            done(hub.submit(Task.of("fails").id("a").build()));
            done(hub.submit(Task.of("fails").id("b").build()));

            TaskDetail detail = hub.task("a").orElseThrow();

            assertThat(detail.attempts()).extracting(Execution::attempt).containsExactly(1, 2, 3);
            assertThat(detail.entries()).extracting(LogEntry::taskId).containsOnly("a");
        }
    }

    private HubBuilder hub() {
        return Hub.inMemory().discoverSkills(false).clock(clock).drainTimeout(Duration.ZERO);
    }

    private static WaitsFor waits(Hub hub, String id) {
        return hub.task(id).orElseThrow().waits().orElseThrow().what();
    }

    private static void done(TaskHandle task) {
        task.completion().toCompletableFuture().join();
    }
}
