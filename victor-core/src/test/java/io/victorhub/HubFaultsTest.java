package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Result;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.TaskStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What skills may do to a hub: whatever it is, the attempt is on record with its reason, and the next task is done. */
@Timeout(60)
class HubFaultsTest {

    private static final LambdaSkill ECHO = LambdaSkill.of("echo", (task, context) -> Result.success("done"));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void recordsWhatASkillThrows() {
        Execution.Trouble trouble = troubleOf((task, context) -> {
            throw new IllegalStateException("the press is broken");
        });

        assertThat(trouble.reason()).isEqualTo(Reason.SKILL_ERROR);
        assertThat(trouble.message()).isEqualTo("the press is broken");
        assertThat(trouble.exception()).hasValue("java.lang.IllegalStateException");
        assertThat(trouble.frame().orElseThrow()).contains("HubFaultsTest");
    }

    @Test
    void recordsAnExceptionThatThrowsWhenItIsAsked() {
        Execution.Trouble trouble = troubleOf((task, context) -> {
            throw new Hostile();
        });

        assertThat(trouble.message()).isEqualTo("(it could not be read: java.lang.IllegalStateException)");
        assertThat(trouble.exception().orElseThrow()).endsWith("HubFaultsTest$Hostile");
    }

    @Test
    void recordsAnErrorThatIsNone() {
        Execution.Trouble trouble = troubleOf((task, context) -> {
            throw new AssertionError("not even an exception");
        });

        assertThat(trouble.reason()).isEqualTo(Reason.SKILL_ERROR);
        assertThat(trouble.exception()).hasValue("java.lang.AssertionError");
    }

    @Test
    void recordsAnEndlessRecursionAsAnErrorOfTheSkill() {
        Execution.Trouble trouble = troubleOf((task, context) -> Result.success(depth(0)));

        assertThat(trouble.reason()).isEqualTo(Reason.SKILL_ERROR);
        assertThat(trouble.exception()).hasValue("java.lang.StackOverflowError");
    }

    @Test
    void recordsWantOfMemoryAsThatAndTellsListenersAndTheUncaughtHandler() {
        AtomicReference<Throwable> uncaught = new AtomicReference<>();
        AtomicReference<VirtualMachineError> told = new AtomicReference<>();
        HubListener listener = new HubListener() {
            @Override
            public void fatalError(String taskId, SkillRef skill, VirtualMachineError error) {
                told.set(error);
            }
        };
        OutOfMemoryError full = new OutOfMemoryError("Java heap space");
        LambdaSkill skill = LambdaSkill.of("bad", (task, context) -> {
            throw full;
        });
        try (Hub hub = builder(skill, ECHO)
                .listener(listener)
                .threadFactory(work -> {
                    Thread thread = new Thread(work);
                    thread.setDaemon(true);
                    thread.setUncaughtExceptionHandler((where, thrown) -> uncaught.set(thrown));
                    return thread;
                })
                .build()) {
            hub.enableAutonomousMode();

            Completion completion = join(hub.submit(Task.of("bad").build()));

            assertThat(trouble(completion).reason()).isEqualTo(Reason.RESOURCE);
            assertThat(join(hub.submit(Task.of("echo").build())).succeeded()).isTrue();
            await().until(() -> uncaught.get() == full);
            assertThat(told.get()).isSameAs(full);
        }
    }

    @Test
    void recordsNothingReturnedAsNoResult() {
        Execution.Trouble trouble = troubleOf((task, context) -> null);

        assertThat(trouble)
                .isEqualTo(Execution.Trouble.of(
                        Reason.INVALID_RESULT, "the skill returned null; return a Result.Failure instead"));
    }

    @Test
    void recordsAnOutputThatIsNoJson() {
        Execution.Trouble trouble = troubleOf((task, context) -> Result.success(new Object()));

        assertThat(trouble.reason()).isEqualTo(Result.Reason.INVALID_RESULT);
        assertThat(trouble.message()).contains("java.lang.Object");
    }

    @Test
    void givesUpASkillThatLoopsForEverAndIgnoresItsInterruption() {
        CountDownLatch end = new CountDownLatch(1);
        List<String> stuck = new CopyOnWriteArrayList<>();
        HubListener listener = new HubListener() {
            @Override
            public void skillStuck(String taskId, SkillRef skill) {
                stuck.add(taskId);
            }
        };
        try (Hub hub = builder(looping(end), ECHO)
                .workers(1)
                .timeLimit(Duration.ofMillis(50))
                .stuckAfter(Duration.ofMillis(50))
                .listener(listener)
                .build()) {
            hub.enableAutonomousMode();
            TaskHandle loops = hub.submit(Task.of("loop").id("loops").build());
            TaskHandle next = hub.submit(Task.of("echo").build());

            assertThat(trouble(join(loops)).reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(trouble(join(loops)).message())
                    .isEqualTo("it took longer than its limit of PT0.05S; it ignored the interruption, so its thread is"
                            + " lost");
            assertThat(join(next).succeeded()).isTrue();
            assertThat(stuck).containsExactly("loops");
            assertThat(hub.scheduler().stuckThreads()).isEqualTo(1);

            end.countDown();

            await().until(() -> hub.scheduler().stuckThreads() == 0);
        } finally {
            end.countDown();
        }
    }

    @Test
    void callsASkillNoMoreThatHasTakenThreeThreadsUntilTheyComeBack() {
        CountDownLatch end = new CountDownLatch(1);
        try (Hub hub = builder(looping(end), ECHO)
                .timeLimit(Duration.ofMillis(50))
                .stuckAfter(Duration.ofMillis(50))
                .build()) {
            hub.enableAutonomousMode();
            for (int i = 0; i < 3; i++) {
                join(hub.submit(Task.of("loop").build()));
            }
            TaskHandle fourth = hub.submit(Task.of("loop").build());
            assertThat(join(hub.submit(Task.of("echo").build())).succeeded()).isTrue();
            assertThat(fourth.state().orElseThrow().status()).isEqualTo(TaskStatus.READY);
            assertThat(fourth.state().orElseThrow().attempts()).isZero();

            end.countDown();

            assertThat(join(fourth).succeeded()).isTrue();
        } finally {
            end.countDown();
        }
    }

    @Test
    void closesInTimeThoughASkillNeverEnds() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch began = new CountDownLatch(1);
        LambdaSkill loop = LambdaSkill.of("loop", (task, context) -> {
            began.countDown();
            return loop(end);
        });
        try {
            Hub hub = builder(loop)
                    .drainTimeout(Duration.ofMillis(20))
                    .stuckAfter(Duration.ofMillis(20))
                    .build();
            hub.enableAutonomousMode();
            hub.submit(Task.of("loop").id("loops").build());
            began.await();

            hub.close();

            try (Hub next = builder(ECHO).build()) {
                assertThat(next.find("loops").orElseThrow().status()).isEqualTo(TaskStatus.READY);
                assertThat(next.find("loops").orElseThrow().attempts()).isZero();
            }
        } finally {
            end.countDown();
        }
    }

    @Test
    void interruptsASkillThatBlocksLongerThanItMay() {
        LambdaSkill blocking = LambdaSkill.of("bad", (task, context) -> {
            new CountDownLatch(1).await();
            return Result.success(null);
        });
        try (Hub hub = builder(blocking, ECHO).timeLimit(Duration.ofMillis(50)).build()) {
            hub.enableAutonomousMode();

            Completion completion = join(hub.submit(Task.of("bad").build()));

            assertThat(trouble(completion))
                    .isEqualTo(Execution.Trouble.of(Reason.TIMED_OUT, "it took longer than its limit of PT0.05S"));
            assertThat(hub.scheduler().stuckThreads()).isZero();
            assertThat(join(hub.submit(Task.of("echo").build())).succeeded()).isTrue();
        }
    }

    @Test
    void goesOnBehindASkillThatInterruptsItsOwnThread() {
        LambdaSkill interrupting = LambdaSkill.of("bad", (task, context) -> {
            Thread.currentThread().interrupt();
            return Result.success("all the same");
        });
        try (Hub hub = builder(interrupting, ECHO).workers(1).build()) {
            hub.enableAutonomousMode();

            assertThat(join(hub.submit(Task.of("bad").build())).output()).isEqualTo("all the same");
            assertThat(join(hub.submit(Task.of("echo").build())).succeeded()).isTrue();
        }
    }

    @Test
    void takesTasksThatASkillSubmits() {
        AtomicReference<Hub> itself = new AtomicReference<>();
        LambdaSkill submitting = LambdaSkill.of("submit", (task, context) -> {
            itself.get().submit(Task.of("echo").id("by-the-hub").build());
            return Result.success(
                    context.submit(Task.of("echo").id("by-the-context").build()));
        });
        try (Hub hub = builder(submitting, ECHO).workers(1).build()) {
            itself.set(hub);
            hub.enableAutonomousMode();

            assertThat(join(hub.submit(Task.of("submit").build())).output()).isEqualTo("by-the-context");

            assertThat(join(hub.handle("by-the-hub")).succeeded()).isTrue();
            assertThat(join(hub.handle("by-the-context")).succeeded()).isTrue();
        }
    }

    @Test
    void dropsWhatAFailedAttemptSubmittedThroughItsContext() {
        LambdaSkill submitting = LambdaSkill.of("submit", (task, context) -> {
            context.submit(Task.of("echo").id("never").build());
            throw new IllegalStateException("after all");
        });
        try (Hub hub = builder(submitting, ECHO).build()) {
            hub.enableAutonomousMode();

            join(hub.submit(Task.of("submit").build()));

            assertThat(hub.find("never")).isEmpty();
        }
    }

    @Test
    void asksASkillThatThrowsWhenAskedForNothing() {
        LambdaSkill shy = LambdaSkill.of("bad", (task, context) -> Result.success(null))
                .accepting(task -> {
                    throw new IllegalStateException("do not ask");
                });
        try (Hub hub = builder(shy, ECHO).build()) {
            hub.enableAutonomousMode();

            Completion completion = join(hub.submit(Task.of("bad").build()));

            assertThat(trouble(completion).reason()).isEqualTo(Reason.REFUSED);
            assertThat(join(hub.submit(Task.of("echo").build())).succeeded()).isTrue();
        }
    }

    @Test
    void keepsATaskUntilASkillForItComes() {
        List<String> waiting = new CopyOnWriteArrayList<>();
        HubListener listener = new HubListener() {
            @Override
            public void waitingForSkill(String type, String missing) {
                waiting.add(missing);
            }
        };
        try (Hub hub = builder(ECHO).listener(listener).build()) {
            hub.enableAutonomousMode();
            TaskHandle early = hub.submit(Task.of("later").build());
            hub.submit(Task.of("later").build());
            await().until(() -> hub.scheduler().waitingForSkill().containsKey("later"));
            assertThat(join(hub.submit(Task.of("echo").build())).succeeded()).isTrue();

            hub.skills().register(LambdaSkill.of("later", (task, context) -> Result.success(context.attempt())));

            assertThat(join(early).output()).isEqualTo(1L);
            assertThat(waiting).containsExactly("no skill serves type later");
        }
    }

    /** What becomes of a task whose skill does that, when the next task is done. */
    private Execution.Trouble troubleOf(LambdaSkill.Body bad) {
        try (Hub hub = builder(LambdaSkill.of("bad", bad), ECHO).workers(1).build()) {
            hub.enableAutonomousMode();
            TaskHandle first = hub.submit(Task.of("bad").build());
            TaskHandle next = hub.submit(Task.of("echo").build());
            assertThat(join(next).succeeded()).isTrue();
            assertThat(join(first).status()).isEqualTo(TaskStatus.DEAD);
            return trouble(join(first));
        }
    }

    private HubBuilder builder(LambdaSkill... skills) {
        HubBuilder builder =
                Hub.at(folder.resolve("home")).discoverSkills(false).workers(4).retry(RetryPolicy.never());
        List.of(skills).forEach(builder::skill);
        return builder;
    }

    private static LambdaSkill looping(CountDownLatch end) {
        return LambdaSkill.of("loop", (task, context) -> loop(end));
    }

    /** Burns its processor, and lets no interruption end it. */
    private static Result loop(CountDownLatch end) {
        while (end.getCount() > 0) {
            Thread.interrupted();
            Thread.onSpinWait();
        }
        return Result.success(null);
    }

    private static long depth(long above) {
        return depth(above + 1) + 1;
    }

    private static Execution.Trouble trouble(Completion completion) {
        return completion.execution().orElseThrow().trouble().orElseThrow();
    }

    private static Completion join(TaskHandle handle) {
        return handle.completion()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /** Answers no question. */
    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("no frames");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }
}
