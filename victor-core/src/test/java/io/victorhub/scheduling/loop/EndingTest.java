package io.victorhub.scheduling.loop;

import static io.victorhub.scheduling.loop.LoopBench.skill;
import static io.victorhub.scheduling.loop.LoopBench.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.victorhub.scheduling.RunningTask;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Execution.Status;
import io.victorhub.spi.Result;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.testing.RecordingSkill;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attempts that others end: by time, by cancelling, by closing; and those that nobody can end. */
@Timeout(60)
class EndingTest {

    private static final Duration SOON = Duration.ofMillis(50);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicBoolean letGo = new AtomicBoolean();

    /** A skill that goes on until it is interrupted. */
    private RecordingSkill blocking() {
        return skill().doing((task, context) -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return Result.success(null);
        });
    }

    /** A skill that loops whatever happens, until the test lets it go. */
    private RecordingSkill looping() {
        return skill().doing((task, context) -> {
            begun.countDown();
            while (!letGo.get()) {
                Thread.onSpinWait();
                Thread.yield();
            }
            return Result.success("late");
        });
    }

    @Test
    void endsWhatTakesTooLong() {
        try (LoopBench bench = LoopBench.options().timeLimit(SOON).open()) {
            bench.with(blocking()).submit(task("a").maxAttempts(1).build());

            bench.loop.start();

            bench.awaitStatus("a", TaskStatus.DEAD);
            assertThat(bench.execution("a").trouble())
                    .contains(Execution.Trouble.of(Reason.TIMED_OUT, "it took longer than its limit of PT0.05S"));
            assertThat(bench.loop.stuckThreads()).isZero();
        }
    }

    @Test
    void triesAgainWhatTookTooLong() {
        try (LoopBench bench = LoopBench.options().timeLimit(SOON).open()) {
            RecordingSkill skill = blocking();
            bench.with(skill).submit("a");

            bench.loop.start();

            bench.awaitStatus("a", TaskStatus.DEAD);
            assertThat(bench.executions("a"))
                    .extracting(execution -> execution.trouble().orElseThrow().reason())
                    .containsExactly(Reason.TIMED_OUT, Reason.TIMED_OUT, Reason.TIMED_OUT);
        }
    }

    @Test
    void endsWhatRunsWhenItsDeadlinePasses() {
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(blocking())
                    .submit(LoopBench.due("a", bench.clock.instant().plus(SOON)));

            bench.loop.start();

            bench.awaitStatus("a", TaskStatus.EXPIRED);
            assertThat(bench.execution("a").status()).isEqualTo(Status.EXPIRED);
        }
    }

    @Test
    void cancelsWhatRuns() throws Exception {
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(blocking()).submit("a");
            bench.loop.start();
            begun.await();

            bench.store.tasks().cancel(List.of("a"));
            bench.loop.cancel(List.of("a"));

            bench.awaitStatus("a", TaskStatus.CANCELLED);
            assertThat(bench.execution("a").status()).isEqualTo(Status.CANCELLED);
            assertThat(bench.execution("a").trouble())
                    .contains(Execution.Trouble.of(Reason.CANCELLED, "it was cancelled"));
        }
    }

    @Test
    void doesNotTryAgainWhatWasCancelledWhileItFailed() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(skill().doing((task, context) -> {
                        begun.countDown();
                        while (cancelled.getCount() > 0) {
                            Thread.onSpinWait();
                        }
                        return Result.failure(Reason.UNAVAILABLE, "no server");
                    }))
                    .submit("a");
            bench.loop.start();
            begun.await();

            bench.store.tasks().cancel(List.of("a"));
            cancelled.countDown();

            bench.awaitStatus("a", TaskStatus.CANCELLED);
            assertThat(bench.executions("a")).hasSize(1);
        }
    }

    @Test
    void doesNotCallTheSkillOfATaskThatIsCancelledJustBeforeItBegins() {
        ConcurrentLinkedQueue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
        try (LoopBench bench = LoopBench.options().executor(handedOver::add).open()) {
            RecordingSkill skill = skill();
            bench.with(skill).submit("a", "b");
            bench.loop.runPending();

            bench.store.tasks().cancel(List.of("a"));
            bench.loop.cancel(List.of("a"));
            handedOver.forEach(Runnable::run);

            assertThat(bench.status("a")).isEqualTo(TaskStatus.CANCELLED);
            assertThat(bench.status("b")).isEqualTo(TaskStatus.DONE);
            assertThat(skill.tasks()).containsExactly("b");
        }
    }

    /** The store has leased it, and the loop does not know it yet. */
    @Test
    void doesNotMissATaskThatIsCancelledInTheMomentOfItsLease() throws Exception {
        try (LoopBench bench = LoopBench.workers(1)) {
            RecordingSkill skill = skill();
            bench.with(skill).submit("a");
            CountDownLatch leased = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            bench.store.afterLeasing(() -> {
                leased.countDown();
                awaitQuietly(goOn);
            });
            bench.loop.start();
            leased.await();
            bench.store.tasks().cancel(List.of("a"));
            Thread canceller = new Thread(() -> bench.loop.cancel(List.of("a")));
            canceller.start();
            await().until(() ->
                    canceller.getState() == Thread.State.WAITING || canceller.getState() == Thread.State.TERMINATED);

            goOn.countDown();
            canceller.join();

            await().until(() -> bench.status("a").settled());
            if (bench.status("a") == TaskStatus.DONE) { // it was quicker than the canceller: then its skill was asked
                assertThat(skill.tasks()).containsExactly("a");
            }
            assertThat(bench.loop.awaitDrained(0, Duration.ofSeconds(10))).isTrue();
        }
    }

    /** A cancelled task is gone, and whoever has its id later is another. */
    @Test
    void forgetsWhomItCancelled() {
        try (LoopBench bench = LoopBench.inThisThread()) {
            RecordingSkill skill = skill();
            bench.with(skill);
            bench.loop.cancel(List.of("a"));

            bench.submit("a");
            bench.loop.runPending();

            assertThat(skill.tasks()).containsExactly("a");
            assertThat(bench.status("a")).isEqualTo(TaskStatus.DONE);
        }
    }

    @Test
    void givesUpWhatIgnoresItsInterruptionAndGoesOnWithOthers() {
        try (LoopBench bench =
                LoopBench.options().workers(1).timeLimit(SOON).stuckAfter(SOON).open()) {
            RecordingSkill quick = RecordingSkill.named("quick", "u");
            bench.with(looping(), quick)
                    .submit(task("a").maxAttempts(1).build())
                    .submit(task("b", "u").build());

            bench.loop.start();

            bench.awaitStatus("b", TaskStatus.DONE);
            bench.awaitStatus("a", TaskStatus.DEAD);
            assertThat(bench.events.stuck).containsExactly("a in s");
            assertThat(bench.loop.stuckThreads()).isOne();
            letGo.set(true);
            await().until(() -> bench.loop.stuckThreads() == 0);
            assertThat(bench.executions("a")).hasSize(1);
            assertThat(bench.events.settled).containsExactlyInAnyOrder("a", "b");
        }
    }

    /** Nothing else happens that could wake the loop. */
    @Test
    void callsASkillAgainAsSoonAsItsLostThreadsEnd() {
        try (LoopBench bench =
                LoopBench.options().workers(8).timeLimit(SOON).stuckAfter(SOON).open()) {
            RecordingSkill skill = looping();
            bench.with(skill);
            for (String id : List.of("a", "b", "c")) {
                bench.submit(task(id).maxAttempts(1).build());
            }
            bench.loop.start();
            await().until(() -> bench.loop.stuckThreads() == 3);
            bench.submit("d");
            await().until(() -> bench.events.settled.size() == 3);
            bench.awaitSchedulerAsleep();
            assertThat(bench.status("d")).isEqualTo(TaskStatus.READY);

            letGo.set(true);

            bench.awaitStatus("d", TaskStatus.DONE);
        }
    }

    @Test
    void showsWhatRuns() throws Exception {
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(skill().doing((task, context) -> {
                        context.progress(.5, "half way");
                        begun.countDown();
                        new CountDownLatch(1).await();
                        return Result.success(null);
                    }))
                    .submit("a", "b");
            bench.loop.start();
            begun.await();

            assertThat(bench.loop.running()).singleElement().satisfies(running -> {
                assertThat(running)
                        .isEqualTo(
                                new RunningTask("a", "t", running.skill(), 1, bench.clock.instant(), .5, "half way"));
                assertThat(running.skill().name()).isEqualTo("s");
            });
        }
    }

    @Test
    void closingEndsWhatRunsWithoutUsingItsAttempt() throws Exception {
        try (LoopBench bench = LoopBench.workers(1)) {
            RecordingSkill skill = blocking();
            bench.with(skill).submit("a");
            bench.loop.start();
            begun.await();

            bench.loop.stopLeasing();
            bench.loop.interruptAll();

            assertThat(bench.loop.awaitDrained(0, Duration.ofSeconds(30))).isTrue();
            assertThat(bench.status("a")).isEqualTo(TaskStatus.READY);
            assertThat(bench.find("a").attempts()).isZero();
            assertThat(bench.execution("a").trouble())
                    .contains(Execution.Trouble.of(Reason.HUB_CLOSING, "the hub is closing"));
        }
    }

    @Test
    void closingGivesUpWhatIgnoresItWithoutUsingItsAttempt() throws Exception {
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(looping()).submit("a");
            bench.loop.start();
            begun.await();

            bench.loop.stopLeasing();
            bench.loop.abandonAll();

            assertThat(bench.loop.awaitDrained(0, Duration.ZERO)).isTrue();
            assertThat(bench.status("a")).isEqualTo(TaskStatus.READY);
            assertThat(bench.find("a").attempts()).isZero();
            letGo.set(true);
        }
    }

    /** The executor will never run them. */
    @Test
    void closingGivesBackWhatStillWaitsForAThread() throws Exception {
        ConcurrentLinkedQueue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
        try (LoopBench bench = LoopBench.options().executor(handedOver::add).open()) {
            RecordingSkill skill = skill();
            bench.with(skill).submit("a", "b");
            assertThat(bench.loop.runPending()).isEqualTo(2);

            bench.loop.interruptAll();
            bench.loop.abandonAll();

            assertThat(bench.loop.awaitDrained(0, Duration.ZERO)).isTrue();
            assertThat(bench.status("a")).isEqualTo(TaskStatus.READY);
            assertThat(bench.find("a").attempts()).isZero();
            handedOver.forEach(Runnable::run);
            assertThat(skill.tasks()).isEmpty();
            assertThat(bench.status("a")).isEqualTo(TaskStatus.READY);
        }
    }

    @Test
    void closingReachesWhatBeginsOnlyNow() {
        ConcurrentLinkedQueue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
        try (LoopBench bench = LoopBench.options().executor(handedOver::add).open()) {
            RecordingSkill skill = skill();
            bench.with(skill).submit("a");
            bench.loop.runPending();

            bench.loop.interruptAll();
            handedOver.forEach(Runnable::run);

            assertThat(skill.tasks()).isEmpty();
            assertThat(bench.status("a")).isEqualTo(TaskStatus.READY);
            assertThat(bench.find("a").attempts()).isZero();
        }
    }

    @Test
    void stoppingWaitsForTheLoopAndLeavesWhatRunsAlone() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(skill().doing((task, context) -> {
                        begun.countDown();
                        end.await();
                        return Result.success(null);
                    }))
                    .submit("a", "b");
            bench.loop.start();
            begun.await();

            bench.loop.stop();
            bench.loop.stop();
            end.countDown();

            bench.awaitStatus("a", TaskStatus.DONE);
            assertThat(bench.loop.awaitDrained(0, Duration.ofSeconds(30))).isTrue();
            assertThat(bench.status("b")).isEqualTo(TaskStatus.READY);
        }
    }

    @Test
    void aSkillMayStopTheLoopThatRunsIt() {
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(skill().doing((task, context) -> {
                        bench.loop.stop();
                        return Result.success(bench.loop.awaitDrained(1, Duration.ofSeconds(30)));
                    }))
                    .submit("a");

            bench.loop.start();

            bench.awaitStatus("a", TaskStatus.DONE);
            assertThat(bench.execution("a").output()).isEqualTo(true);
        }
    }

    @Test
    void aSkillMayStopTheLoopInWhoseThreadItRuns() {
        try (LoopBench bench = LoopBench.inThisThread()) {
            bench.with(skill().doing((task, context) -> {
                        bench.loop.stop();
                        return Result.success(null);
                    }))
                    .submit("a", "b");

            bench.loop.start();

            bench.awaitStatus("a", TaskStatus.DONE);
        }
    }

    @Test
    void leavesWhatTheExecutorDoesNotTakeForLater() {
        AtomicBoolean takes = new AtomicBoolean();
        List<RuntimeException> rejections = List.of(
                new java.util.concurrent.RejectedExecutionException("for a test"),
                new IllegalStateException("for a test"));
        for (RuntimeException rejection : rejections) {
            takes.set(false);
            Executor executor = work -> {
                if (!takes.get()) {
                    throw rejection;
                }
                work.run();
            };
            try (LoopBench bench = LoopBench.options().executor(executor).open()) {
                RecordingSkill skill = skill();
                bench.with(skill).submit("a", "b");

                assertThat(bench.loop.runPending()).isZero();
                assertThat(bench.status("a")).isEqualTo(TaskStatus.DELAYED);
                takes.set(true);
                bench.clock.advance(Duration.ofSeconds(1));
                assertThat(bench.loop.runPending()).isEqualTo(2);

                assertThat(bench.execution("a").attempt()).isOne();
                assertThat(bench.loop.running()).isEmpty();
            }
        }
    }

    @Test
    void leavesWhatNoThreadCanBeMadeForForLater() throws Exception {
        Executor executor = work -> {
            throw new OutOfMemoryError("unable to create native thread");
        };
        try (LoopBench bench = LoopBench.options().executor(executor).open()) {
            bench.with(skill()).submit("a", "b", "c");

            assertThat(bench.loop.runPending()).isZero();

            assertThat(bench.status("c")).isEqualTo(TaskStatus.DELAYED);
            assertThat(bench.find("a").attempts()).isZero();
            assertThat(bench.loop.awaitDrained(0, Duration.ZERO)).isTrue();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Many tasks, each cancelled at some moment of its life: each ends, and no place is lost. */
    @Test
    void cancellingAtAnyMomentEndsATaskOnce() throws Exception {
        try (LoopBench bench = LoopBench.workers(4)) {
            bench.with(skill().doing((task, context) -> {
                Thread.yield();
                return Result.success(null);
            }));
            bench.loop.start();
            int tasks = 500;

            for (int i = 0; i < tasks; i++) {
                String id = "task-" + i;
                bench.submit(Submission.of(Task.of("t").id(id).build()));
                for (int spin = 0; spin < i % 50; spin++) {
                    Thread.onSpinWait();
                }
                bench.store.tasks().cancel(List.of(id));
                bench.loop.cancel(List.of(id));
            }

            await().until(() -> bench.log().size() >= tasks);
            assertThat(bench.loop.awaitDrained(0, Duration.ofSeconds(30))).isTrue();
            assertThat(bench.log()).hasSize(tasks);
            for (int i = 0; i < tasks; i++) {
                assertThat(bench.status("task-" + i)).isIn(TaskStatus.DONE, TaskStatus.CANCELLED);
            }
        }
    }
}
