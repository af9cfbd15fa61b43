package io.victorhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.Completion;
import io.victorhub.HubListener;
import io.victorhub.TaskHandle;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Result;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.TaskStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HandDrivenHubTest {

    private final RecordingSkill echo = RecordingSkill.of("echo").answering(task -> Result.success(task.id()));

    @TempDir
    private Path home;

    @Test
    void runsNothingBeforeItIsToldTo() {
        try (HandDrivenHub hub = HandDrivenHub.inMemory(echo)) {
            hub.submit(Task.of("echo").id("a").build());
            assertThat(echo.ids()).isEmpty();

            int attempts = hub.runUntilIdle();

            assertThat(attempts).isEqualTo(1);
            assertThat(echo.ids()).containsExactly("a");
            assertThat(hub.runUntilIdle()).isZero();
        }
    }

    @Test
    void runsSkillsInTheThreadOfTheTest() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        RecordingSkill here = RecordingSkill.of("here").answering(task -> {
            threads.add(Thread.currentThread());
            return Result.success(null);
        });
        try (HandDrivenHub hub = HandDrivenHub.inMemory(here)) {
            hub.run(Task.of("here").build());

            assertThat(threads).containsExactly(Thread.currentThread());
        }
    }

    @Test
    void hasToldEverybodyOfTheEndOfATaskWhenItIsIdle() {
        List<String> told = new CopyOnWriteArrayList<>();
        HubListener listener = new HubListener() {
            @Override
            public void taskSettled(Completion completion) {
                told.add(completion.taskId());
            }
        };
        for (int i = 0; i < 50; i++) {
            told.clear();
            try (HandDrivenHub hub =
                    HandDrivenHub.inMemory(builder -> builder.skill(echo).listener(listener))) {
                CompletableFuture<Completion> completion =
                        hub.submit(Task.of("echo").id("a").build()).completion().toCompletableFuture();
                TaskHandle late = hub.submit(Task.of("nobody")
                        .id("late")
                        .deadline(HandDrivenHub.START.plusSeconds(1))
                        .build());

                hub.advance(Duration.ofSeconds(2));

                assertThat(completion).isCompleted();
                assertThat(late.completion().toCompletableFuture().join().status())
                        .isEqualTo(TaskStatus.EXPIRED);
                assertThat(told).containsExactlyInAnyOrder("a", "late");
            }
        }
    }

    @Test
    void runsFollowUpsToo() {
        FollowingSkill chain = new FollowingSkill(3);
        try (HandDrivenHub hub = HandDrivenHub.inMemory(chain)) {
            hub.submit(Task.of("chain").id("c").build());

            assertThat(hub.runUntilIdle()).isEqualTo(4);

            assertThat(hub.hub().find("c+++").orElseThrow().status()).isEqualTo(TaskStatus.DONE);
        }
    }

    @Test
    void triesAgainWhenTheClockIsSetForward() {
        FailingSkill failing = FailingSkill.times(1);
        try (HandDrivenHub hub = HandDrivenHub.inMemory(failing)) {
            TaskHandle handle = hub.submit(Task.of("failing").id("f").build());
            hub.runUntilIdle();
            assertThat(failing.calls("f")).isEqualTo(1);
            assertThat(handle.state().orElseThrow().status()).isEqualTo(TaskStatus.DELAYED);

            assertThat(hub.advance(Duration.ofSeconds(1))).isEqualTo(1);

            assertThat(failing.calls("f")).isEqualTo(2);
            assertThat(handle.state().orElseThrow().status()).isEqualTo(TaskStatus.DONE);
        }
    }

    @Test
    void startsADelayedTaskAtItsTimeAndNotBefore() {
        Instant noon = HandDrivenHub.START.plus(Duration.ofHours(3));
        try (HandDrivenHub hub = HandDrivenHub.inMemory(echo)) {
            hub.submit(Submission.builder(Task.of("echo").id("noon").build())
                    .notBefore(noon)
                    .build());

            hub.advance(Duration.ofHours(3).minusNanos(1));
            assertThat(echo.ids()).isEmpty();
            hub.advance(Duration.ofNanos(1));

            assertThat(echo.ids()).containsExactly("noon");
        }
    }

    @Test
    void keepsTasksOverAReopening() {
        try (HandDrivenHub hub = HandDrivenHub.at(home, echo)) {
            hub.run(Task.of("echo").id("done").build());
            hub.submit(Task.of("echo").id("waiting").build());
            hub.clock().advance(Duration.ofDays(1));

            hub.reopen();

            assertThat(hub.clock().instant()).isEqualTo(HandDrivenHub.START.plus(Duration.ofDays(1)));
            assertThat(hub.runUntilIdle()).isEqualTo(1);
            assertThat(echo.ids()).containsExactly("done", "waiting");
        }
    }

    @Test
    void saysWhatATaskWaitsForThatIsNotSettled() {
        try (HandDrivenHub hub = HandDrivenHub.inMemory(
                builder -> builder.skill(FailingSkill.times(9)).retry(RetryPolicy.immediate(2)))) {
            assertThat(hub.run(Task.of("failing").build()).status()).isEqualTo(TaskStatus.DEAD);
            assertThatThrownBy(() -> hub.run(Task.of("nobody").id("n").build()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("task n is READY when all that may run has run")
                    .hasMessageEndingWith("give the hub a skill for type nobody");
        }
    }

    @Test
    void doesNotReopenWhatKeepsNothing() {
        try (HandDrivenHub hub = HandDrivenHub.inMemory()) {
            assertThatThrownBy(hub::reopen)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a hub in memory keeps nothing; use HandDrivenHub.at(home) to reopen it");
        }
    }
}
