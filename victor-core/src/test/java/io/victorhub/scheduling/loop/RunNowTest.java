package io.victorhub.scheduling.loop;

import static io.victorhub.scheduling.loop.LoopBench.skill;
import static io.victorhub.scheduling.loop.LoopBench.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.victorhub.spi.Execution;
import io.victorhub.spi.Execution.Status;
import io.victorhub.spi.Result;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.testing.RecordingSkill;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that a host's own thread runs, past the queue. */
@Timeout(60)
class RunNowTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    private RecordingSkill waiting() {
        return skill().doing((task, context) -> {
            begun.countDown();
            end.await();
            return Result.success("done");
        });
    }

    @Test
    void runsInTheThreadOfItsCallerAndIsKeptInTheLog() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(skill().doing((task, context) -> {
                thread.set(Thread.currentThread());
                context.submit(Task.of("t").id("next").build());
                return Result.success("done");
            }));

            Execution execution = bench.loop.runNow(task("a").build());

            assertThat(thread.get()).isSameAs(Thread.currentThread());
            assertThat(execution.output()).isEqualTo("done");
            assertThat(bench.log()).containsExactly(execution);
            assertThat(bench.status("next")).isEqualTo(TaskStatus.READY);
            assertThat(bench.store.tasks().find("a")).isEmpty();
        }
    }

    @Test
    void saysWhatIsMissingInsteadOfWaitingForIt() throws Exception {
        try (LoopBench bench = LoopBench.workers(1)) {
            Execution execution = bench.loop.runNow(task("a").build());

            assertThat(execution.status()).isEqualTo(Status.FAILED);
            assertThat(execution.trouble())
                    .contains(Execution.Trouble.of(Reason.UNAVAILABLE, "no skill serves type t"));
            assertThat(bench.log()).containsExactly(execution);
        }
    }

    @Test
    void isTriedOnceAndRefusedAsInTheQueue() throws Exception {
        try (LoopBench bench = LoopBench.workers(1)) {
            RecordingSkill skill = skill().doing((task, context) -> Result.failure(Reason.UNAVAILABLE, "no server"));
            bench.with(skill);

            assertThat(bench.loop.runNow(task("a").build()).trouble())
                    .contains(Execution.Trouble.of(Reason.UNAVAILABLE, "no server"));
            skill.wanting(task -> false);
            assertThat(bench.loop.runNow(task("b").build()).trouble())
                    .hasValueSatisfying(trouble -> assertThat(trouble.reason()).isEqualTo(Reason.REFUSED));

            assertThat(skill.tasks()).containsExactly("a");
        }
    }

    @Test
    void waitsForAPlace() throws Exception {
        try (LoopBench bench = LoopBench.workers(1)) {
            RecordingSkill skill = waiting();
            bench.with(skill).submit("a");
            bench.loop.start();
            begun.await();

            CompletableFuture<Execution> second = runNow(bench, "b");
            await().until(() -> bench.loop.running().size() == 1);
            assertThat(skill.tasks()).containsExactly("a");
            end.countDown();

            assertThat(second.get().output()).isEqualTo("done");
            assertThat(skill.mostAtOnce()).isOne();
        }
    }

    @Test
    void waitsForAPlaceOfItsSkill() throws Exception {
        try (LoopBench bench = LoopBench.options().perSkill(Map.of("s", 1)).open()) {
            RecordingSkill skill = waiting();
            bench.with(skill, RecordingSkill.named("other", "t").wanting(task -> false));
            CompletableFuture<Execution> first = runNow(bench, "a");
            begun.await();

            CompletableFuture<Execution> second = runNow(bench, "b");
            end.countDown();

            assertThat(first.get().output()).isEqualTo("done");
            assertThat(second.get().output()).isEqualTo("done");
            assertThat(skill.mostAtOnce()).isOne();
        }
    }

    @Test
    void holdsItsPlaceAgainstTheQueue() throws Exception {
        try (LoopBench bench = LoopBench.workers(1)) {
            RecordingSkill skill = waiting();
            bench.with(skill);
            CompletableFuture<Execution> now = runNow(bench, "now");
            begun.await();
            bench.submit("queued");
            bench.loop.start();
            bench.awaitAsleep();
            assertThat(skill.tasks()).containsExactly("now");

            end.countDown();

            bench.awaitStatus("queued", TaskStatus.DONE);
            assertThat(now.get().output()).isEqualTo("done");
        }
    }

    /** An attempt that runs another one at once has two places, whatever the limit; so no third one begins beside them. */
    @Test
    void countsWhereAnAttemptRunsAnotherAtOnce() throws Exception {
        CountDownLatch other = new CountDownLatch(1);
        try (LoopBench bench = LoopBench.workers(2)) {
            RecordingSkill skill = waiting();
            RecordingSkill outer = RecordingSkill.named("outer", "outer")
                    .doing((task, context) -> Result.success(
                            bench.loop.runNow(task("inner").build()).output()));
            RecordingSkill waitsForOther = RecordingSkill.named("other", "other")
                    .doing((task, context) -> {
                        other.await();
                        return Result.success(null);
                    });
            bench.with(skill, outer, waitsForOther)
                    .submit(task("a", "outer").build(), task("b", "other").build());
            bench.loop.start();
            begun.await();
            bench.submit(task("c", "other").build());

            other.countDown();

            bench.awaitStatus("b", TaskStatus.DONE);
            bench.awaitAsleep();
            assertThat(bench.status("c")).isEqualTo(TaskStatus.READY);
            end.countDown();
            bench.awaitAllDone(3);
        }
    }

    @Test
    void endsWhenItTakesTooLong() throws Exception {
        try (LoopBench bench =
                LoopBench.options().timeLimit(Duration.ofMillis(50)).open()) {
            bench.with(waiting());

            Execution execution = bench.loop.runNow(task("a").build());

            assertThat(execution.trouble().map(Execution.Trouble::reason)).contains(Reason.TIMED_OUT);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    /** Its thread is the host's: nobody but the skill can end it, and its place is taken until then. */
    @Test
    void isNeverGivenUp() throws Exception {
        AtomicBoolean letGo = new AtomicBoolean();
        try (LoopBench bench = LoopBench.options()
                .workers(1)
                .timeLimit(Duration.ofMillis(20))
                .stuckAfter(Duration.ofMillis(20))
                .open()) {
            bench.with(skill().doing((task, context) -> {
                begun.countDown();
                while (!letGo.get()) {
                    Thread.yield();
                }
                assertThat(context.isCancellationRequested()).isTrue();
                return Result.success("late");
            }));
            CompletableFuture<Execution> running = runNow(bench, "a");
            begun.await();

            bench.loop.cancel(List.of("a"));
            bench.loop.abandonAll();
            bench.loop.abandonAll();

            assertThat(bench.loop.awaitDrained(0, Duration.ofMillis(100))).isFalse();
            letGo.set(true);
            assertThat(running.get().output()).isEqualTo("late");
            assertThat(bench.events.stuck).isEmpty();
            assertThat(bench.loop.awaitDrained(0, Duration.ofSeconds(10))).isTrue();
            assertThat(bench.loop.awaitDrained(-1, Duration.ZERO)).isFalse(); // no place was given back twice
        }
    }

    @Test
    void theSameTaskMayRunTwiceAtOnce() throws Exception {
        try (LoopBench bench = LoopBench.workers(2)) {
            CountDownLatch both = new CountDownLatch(2);
            bench.with(skill().doing((task, context) -> {
                String workspace = context.workspace().getFileName().toString();
                both.countDown();
                both.await();
                return Result.success(workspace);
            }));

            CompletableFuture<Execution> first = runNow(bench, "a");
            CompletableFuture<Execution> second = runNow(bench, "a");

            assertThat(first.get().output()).isNotEqualTo(second.get().output());
            assertThat(bench.loop.awaitDrained(0, Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void isCancelledByItsId() throws Exception {
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(waiting());
            CompletableFuture<Execution> running = runNow(bench, "a");
            begun.await();

            bench.loop.cancel(List.of("a"));

            assertThat(running.get().status()).isEqualTo(Status.CANCELLED);
        }
    }

    @Test
    void anInterruptOfTheHostsThreadEndsTheSkillAndIsStillThereAfterwards() throws Exception {
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(waiting());
            AtomicBoolean interrupted = new AtomicBoolean();
            Thread host = new Thread(() -> {
                try {
                    bench.loop.runNow(task("a").build());
                    interrupted.set(Thread.currentThread().isInterrupted());
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            host.start();
            begun.await();

            host.interrupt();
            host.join();

            assertThat(interrupted).isTrue();
            assertThat(bench.execution("a").trouble().flatMap(Execution.Trouble::exception))
                    .contains("java.lang.InterruptedException");
        }
    }

    @Test
    void anInterruptWhileItWaitsForAPlaceEndsTheWait() throws Exception {
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(waiting());
            runNow(bench, "a");
            begun.await();

            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> bench.loop.runNow(task("b").build())).isInstanceOf(InterruptedException.class);
            end.countDown();
            assertThat(bench.loop.awaitDrained(0, Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void doesNotWaitForAPlaceInALoopThatIsStopped() throws Exception {
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(waiting());
            runNow(bench, "a");
            begun.await();
            CompletableFuture<Execution> second = runNow(bench, "b");

            bench.loop.stop();

            assertThatThrownBy(second::get)
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("task b cannot run: the hub is closed");
            end.countDown();
        }
    }

    @Test
    void tellsTheHostOfAMachineError() throws Exception {
        OutOfMemoryError error = new OutOfMemoryError("for a test");
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(skill().doing((task, context) -> {
                throw error;
            }));

            Execution execution = bench.loop.runNow(task("a").build());

            assertThat(execution.trouble().map(Execution.Trouble::reason)).contains(Reason.RESOURCE);
            assertThat(bench.events.fatal).containsExactly(error);
        }
    }

    private static CompletableFuture<Execution> runNow(LoopBench bench, String id) {
        CompletableFuture<Execution> result = new CompletableFuture<>();
        Thread host = new Thread(() -> {
            try {
                result.complete(bench.loop.runNow(task(id).build()));
            } catch (Throwable t) {
                result.completeExceptionally(t);
            }
        });
        host.setDaemon(true);
        host.start();
        return result;
    }
}
