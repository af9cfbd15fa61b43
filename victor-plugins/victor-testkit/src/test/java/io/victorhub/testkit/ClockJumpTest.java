package io.victorhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.victorhub.Completion;
import io.victorhub.Hub;
import io.victorhub.TaskHandle;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Result;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.TaskStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub that works by itself, in real threads, while somebody sets the clock of its machine. */
@Timeout(60)
class ClockJumpTest {

    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final SettableClock clock = new SettableClock(START);
    private final FailingSkill failing = FailingSkill.times(1);
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final RecordingSkill echo = RecordingSkill.of("echo");
    private final RecordingSkill slow = RecordingSkill.of("slow").answering(task -> {
        running.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            return Result.failure(Result.Reason.SKILL_ERROR, "interrupted");
        }
        return Result.success("in peace");
    });

    @TempDir
    private Path home;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = Hub.at(home)
                .discoverSkills(false)
                .clock(clock)
                .retry(new RetryPolicy(3, Duration.ofHours(1), Duration.ofHours(1)))
                .skill(echo)
                .skill(slow)
                .skill(failing)
                .build();
        hub.enableAutonomousMode();
    }

    @AfterEach
    void close() {
        go.countDown();
        hub.close();
    }

    @Test
    void startsADelayedTaskWhenTheClockJumpsOverItsTime() {
        TaskHandle later = delayed("later", START.plus(DAY));
        clock.set(START.plus(DAY.multipliedBy(2)));

        done("a task that wakes the hub");

        assertThat(join(later).execution().orElseThrow().queueWait()).isEqualTo(DAY);
        assertThat(echo.ids()).contains("later");
    }

    @Test
    @Tag("long") // it is noticed within ten seconds
    void noticesAJumpThatNothingTellsOf() {
        TaskHandle later = delayed("later", START.plus(DAY));
        done("before");

        clock.set(START.plus(DAY.multipliedBy(2)));

        assertThat(join(later).succeeded()).isTrue();
    }

    @Test
    void letsADelayedTaskWaitForItsTimeWhenTheClockJumpsBack() {
        TaskHandle later = delayed("later", START.plus(DAY));
        clock.set(START.minus(DAY));
        done("in between");
        assertThat(later.state().orElseThrow().status()).isEqualTo(TaskStatus.DELAYED);

        clock.set(START.plus(DAY));
        done("a task that wakes the hub");

        assertThat(join(later).succeeded()).isTrue();
    }

    @Test
    void countsNoNegativeTimeWhenTheClockJumpsBack() {
        hub.scheduler().pause();
        TaskHandle waiting = hub.submit(Task.of("echo").id("waiting").build());
        clock.set(START.minus(DAY));

        hub.scheduler().resume();

        Execution execution = join(waiting).execution().orElseThrow();
        assertThat(execution.queueWait()).isEqualTo(Duration.ZERO);
        assertThat(execution.duration()).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void leavesARunningTaskInPeaceWhenTheClockJumps() throws Exception {
        TaskHandle handle = hub.submit(Submission.builder(Task.of("slow").build())
                .timeLimit(Duration.ofMinutes(5))
                .build());
        running.await();
        clock.set(START.plus(DAY));
        clock.set(START.minus(DAY));

        go.countDown();

        Execution execution = join(handle).execution().orElseThrow();
        assertThat(execution.output()).isEqualTo("in peace");
        assertThat(execution.startedAt()).isEqualTo(START);
        assertThat(execution.duration()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }

    @Test
    void expiresWhatTheClockJumpedOver() {
        hub.scheduler().pause("echo");
        TaskHandle late = hub.submit(Task.of("echo").deadline(START.plus(DAY)).build());
        hub.scheduler().pause("failing");
        clock.set(START.plus(DAY.multipliedBy(2)));

        hub.scheduler().resume("failing"); // wakes the hub

        assertThat(join(late).status()).isEqualTo(TaskStatus.EXPIRED);
        assertThat(echo.ids()).isEmpty();
    }

    @Test
    void triesAgainAtTheTimeThatWasSaidThoughTheClockJumpsBackAndForth() {
        TaskHandle handle = hub.submit(Task.of("failing").id("f").build());
        await().until(() -> handle.state().orElseThrow().status() == TaskStatus.DELAYED);
        Instant again = handle.state().orElseThrow().readyAt();
        clock.set(START.minus(DAY));
        done("in the past");
        clock.set(again.minusNanos(1));
        done("just before");
        assertThat(failing.calls("f")).isEqualTo(1);

        clock.set(again);
        done("then");

        assertThat(join(handle).succeeded()).isTrue();
        assertThat(failing.calls("f")).isEqualTo(2);
    }

    @Test
    void opensAHomeThatWasUsedInTheFuture() {
        TaskHandle before = hub.submit(Task.of("echo").id("before").build());
        join(before);
        hub.close();
        clock.set(START.minus(DAY.multipliedBy(400)));

        open();

        done("after");
        assertThat(hub.find("before").orElseThrow().status()).isEqualTo(TaskStatus.DONE);
        assertThat(echo.ids()).containsExactly("before", "after");
    }

    private TaskHandle delayed(String id, Instant notBefore) {
        return hub.submit(Submission.builder(Task.of("echo").id(id).build())
                .notBefore(notBefore)
                .build());
    }

    /** Has a task done, so that the hub has looked at the clock. */
    private void done(String id) {
        assertThat(join(hub.submit(Task.of("echo").id(id).build())).succeeded()).isTrue();
    }

    private static Completion join(TaskHandle handle) {
        return handle.completion()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
