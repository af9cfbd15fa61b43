package io.victorhub.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.registry.RegisteredSkill;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Execution.Status;
import io.victorhub.spi.Execution.Trouble;
import io.victorhub.spi.Result;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SensitiveKeys;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Progress;
import io.victorhub.store.Stores;
import io.victorhub.testing.Askers;
import io.victorhub.testing.RecordingSkill;
import io.victorhub.testing.SettableClock;
import io.victorhub.testing.TestWorkspaces;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The call itself: its thread, its context, its end by others. */
class AttemptTest {

    @TempDir
    Path home;

    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "worker");
        thread.setDaemon(true);
        return thread;
    });

    DispatchBench bench;

    @BeforeEach
    void makeBench() {
        bench = new DispatchBench(home);
    }

    @AfterEach
    void endWorker() {
        worker.shutdownNow();
    }

    @Test
    void tellsTheSkillWhatItMayWantToKnow() {
        AtomicReference<List<Object>> told = new AtomicReference<>();
        bench.with(RecordingSkill.named("s", "t").doing((task, context) -> {
            told.set(List.of(
                    context.attempt(),
                    context.idempotencyKey(),
                    context.isCancellationRequested(),
                    context.deadline().orElseThrow()));
            return Result.success(null);
        }));

        Plan plan = bench.dispatcher.plan(bench.lease(Submission.of(DispatchBench.task()), 3));
        ((Plan.Run) plan).attempt().run();

        assertThat(told.get()).containsExactly(3, "t-1", false, SettableClock.START.plus(DispatchBench.TIME_LIMIT));
    }

    @ParameterizedTest
    @CsvSource({"NaN,0", "-1,0", "2,1", "Infinity,1", ".5,.5"})
    void movesProgressIntoItsRange(double told, double kept) {
        bench.execution((task, context) -> {
            context.progress(told, "working");
            return Result.success(null);
        });

        assertThat(bench.progress).singleElement().satisfies(progress -> {
            assertThat(progress.fraction()).isEqualTo(kept);
            assertThat(progress.message()).isEqualTo("working");
        });
    }

    @Test
    void showsTheLatestProgress() {
        bench.with(RecordingSkill.named("s", "t").doing((task, context) -> {
            context.progress(.2, "first");
            context.progress(.6, "second");
            return Result.success(null);
        }));
        Attempt attempt = bench.attempt(DispatchBench.task());
        assertThat(attempt.progress().fraction()).isZero();

        attempt.run();

        assertThat(attempt.progress().message()).isEqualTo("second");
    }

    @Test
    void keepsAHundredLinesAndCountsTheRest() {
        Execution execution = bench.execution((task, context) -> {
            IntStream.range(0, 1000).forEach(i -> context.log("line " + i));
            return Result.success(null);
        });

        assertThat(execution.lines())
                .hasSize(101)
                .startsWith("line 0", "line 1")
                .endsWith("line 99", "(900 more lines were left out)");
    }

    @Test
    void cutsLinesAndKeepsThemWritable() {
        Execution execution = bench.execution((task, context) -> {
            context.log("x".repeat(5000));
            context.log("\uDC00");
            return Result.success(null);
        });

        assertThat(execution.lines()).containsExactly("x".repeat(1000) + "…", "\uFFFD");
        assertThat(Stores.codec().encode(execution)).isNotEmpty();
    }

    @Test
    void handsFollowUpsInWithASuccess() {
        Ended ended = bench.run((task, context) -> {
            assertThat(context.submit(Task.of("next").id("n-1").build())).isEqualTo("n-1");
            context.submit(Task.of("next").id("n-2").build());
            return Result.partial(null, "something");
        });

        assertThat(ended.followUps())
                .extracting(submission -> submission.task().id())
                .containsExactly("n-1", "n-2");
        assertThat(ended.followUps()).extracting(Submission::parent).containsOnly(Optional.of("t-1"));
    }

    @Test
    void dropsTheFollowUpsOfAFailure() {
        Ended ended = bench.run((task, context) -> {
            context.submit(Task.of("next").build());
            return Result.failure(Reason.UNAVAILABLE, "");
        });

        assertThat(ended.followUps()).isEmpty();
    }

    @Test
    void keepsIdsWithASlashForTheHub() {
        Execution execution = bench.execution((task, context) -> {
            context.submit(Task.of("next").id("run/1").build());
            return Result.success(null);
        });

        assertThat(execution.trouble().map(Trouble::message))
                .contains("follow-up run/1 has a '/' in its id, which is reserved for the hub; choose another");
    }

    @Test
    void aFollowUpThatIsTooLargeIsRefusedWhileTheSkillCanStillDoSomethingAboutIt() {
        Ended ended = bench.run((task, context) -> {
            context.submit(
                    Task.of("next").id("n-1").description("x".repeat(30_000)).build());
            return Result.success(null);
        });

        assertThat(ended.execution().trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble.message())
                        .startsWith("follow-up n-1 has 30")
                        .endsWith("bytes, more than 20000; put what is large into a file and name the file"));
        assertThat(ended.followUps()).isEmpty();
    }

    @Test
    void takesNothingFromASkillOnceItHasEnded() {
        AtomicReference<SkillContext> kept = new AtomicReference<>();
        Execution execution = bench.execution((task, context) -> {
            kept.set(context);
            return Result.success(null);
        });
        SkillContext context = kept.get();

        for (Runnable use : List.<Runnable>of(
                () -> context.log("late"),
                () -> context.progress(1, "late"),
                () -> context.submit(Task.of("next").build()),
                context::workspace)) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("attempt 1 at task t-1 has ended; do not use its context after execute returned");
        }
        assertThat(execution.lines()).isEmpty();
        assertThat(bench.progress).isEmpty();
        assertThat(context.attempt()).isOne();
        assertThat(home.resolve("workspace")).doesNotExist();
    }

    @Test
    void aListenerOfProgressThatThrowsDoesNotStopTheSkill() {
        DispatchBench own = new DispatchBench(home);
        Dispatcher dispatcher = new Dispatcher(
                own.registry,
                io.victorhub.routing.BetaThompson.create(),
                TestWorkspaces.in(home, own.clock),
                Stores.codec(),
                new DispatchSettings(
                        own.clock,
                        java.time.ZoneOffset.UTC,
                        "node",
                        DispatchBench.TIME_LIMIT,
                        Map.of(),
                        1000,
                        1000,
                        Askers.LIMIT,
                        3,
                        SensitiveKeys.NONE,
                        1),
                Askers.THREADS,
                (Progress latest) -> {
                    throw new IllegalStateException("for a test");
                },
                Set::of);
        own.with(RecordingSkill.named("s", "t").doing((task, context) -> {
            context.progress(.5, "");
            return Result.success("done");
        }));

        Plan plan = dispatcher.plan(own.lease(Submission.of(DispatchBench.task())));

        assertThat(((Plan.Run) plan).attempt().run().orElseThrow().execution().output())
                .isEqualTo("done");
    }

    @Test
    void runsTheSkillWithItsOwnLoaderInTheThread() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        AtomicReference<ClassLoader> seen = new AtomicReference<>();
        try (URLClassLoader other = new URLClassLoader(new URL[0], before)) {
            Thread.currentThread().setContextClassLoader(other);

            bench.execution((task, context) -> {
                seen.set(Thread.currentThread().getContextClassLoader());
                Thread.currentThread().setContextClassLoader(null);
                throw new IllegalStateException();
            });

            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(other);
            assertThat(seen.get()).isSameAs(RecordingSkill.class.getClassLoader());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** A journal that is written by an interrupted thread closes. */
    @Test
    void takesBackAnInterruptThatTheSkillLeaves() {
        Attempt attempt = bench.attemptOf((task, context) -> {
            Thread.currentThread().interrupt();
            return Result.success("done");
        });

        Ended ended = attempt.run().orElseThrow();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(ended.execution().status()).isEqualTo(Status.SUCCESS);
        assertThat(attempt.interruptedByOthers()).isTrue();
    }

    @Test
    void takesBackAnInterruptThatASkillLeavesWhenItIsOnlyAsked() {
        bench.with(RecordingSkill.named("s", "t").wanting(task -> {
            Thread.currentThread().interrupt();
            return true;
        }));

        Plan plan = bench.plan(DispatchBench.task());

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(plan).isInstanceOf(Plan.Run.class);
    }

    @Test
    void cancellingInterruptsTheSkillAndSaysWhy() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Attempt attempt = bench.attemptOf((task, context) -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return Result.success(null);
        });
        Future<Optional<Ended>> running = worker.submit(attempt::run);
        begun.await();

        attempt.cancel(Reason.CANCELLED, "somebody said so");

        Execution execution = running.get().orElseThrow().execution();
        assertThat(execution.status()).isEqualTo(Status.CANCELLED);
        assertThat(execution.trouble()).contains(Trouble.of(Reason.CANCELLED, "somebody said so"));
        assertThat(worker.submit(() -> Thread.currentThread().isInterrupted()).get())
                .isFalse();
        assertThat(attempt.interruptedByOthers()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"CANCELLED,CANCELLED", "EXPIRED,EXPIRED", "TIMED_OUT,FAILED", "HUB_CLOSING,FAILED"})
    void aSkillThatAnswersWithAFailureWhenAskedToEndEndsForTheReasonOfWhoAsked(Reason reason, Status status) {
        AtomicReference<Attempt> attempt = new AtomicReference<>();
        attempt.set(bench.attemptOf((task, context) -> {
            attempt.get().cancel(reason, "why");
            assertThat(context.isCancellationRequested()).isTrue();
            return Result.failure(Reason.UNAVAILABLE, "I was asked to end");
        }));

        Execution execution = attempt.get().run().orElseThrow().execution();

        assertThat(execution.status()).isEqualTo(status);
        assertThat(execution.trouble()).contains(Trouble.of(reason, "why"));
    }

    @Test
    void whatASkillStillAchievesCounts() {
        AtomicReference<Attempt> attempt = new AtomicReference<>();
        attempt.set(bench.attemptOf((task, context) -> {
            attempt.get().cancel(Reason.TIMED_OUT, "why");
            return Result.success("just in time");
        }));

        assertThat(attempt.get().run().orElseThrow().execution().output()).isEqualTo("just in time");
    }

    @Test
    void theFirstReasonToEndIsTheOneThatIsKept() {
        AtomicReference<Attempt> attempt = new AtomicReference<>();
        attempt.set(bench.attemptOf((task, context) -> {
            attempt.get().cancel(Reason.TIMED_OUT, "first");
            attempt.get().cancel(Reason.CANCELLED, "second");
            throw new InterruptedException();
        }));

        assertThat(attempt.get().run().orElseThrow().execution().trouble())
                .contains(Trouble.of(Reason.TIMED_OUT, "first"));
    }

    @Test
    void doesNotCallASkillThatWasCancelledBeforeItBegan() {
        RecordingSkill skill = RecordingSkill.named("s", "t");
        bench.with(skill);
        Attempt attempt = bench.attempt(DispatchBench.task());

        attempt.cancel(Reason.CANCELLED, "changed my mind");
        Execution execution = attempt.run().orElseThrow().execution();

        assertThat(skill.tasks()).isEmpty();
        assertThat(execution.status()).isEqualTo(Status.CANCELLED);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anInterruptFromElsewhereIsAnErrorOfTheSkillAndIsRemembered() {
        Attempt attempt = bench.attemptOf((task, context) -> {
            throw new InterruptedException("from elsewhere");
        });

        Execution execution = attempt.run().orElseThrow().execution();

        assertThat(execution.trouble().map(Trouble::reason)).contains(Reason.SKILL_ERROR);
        assertThat(attempt.interruptedByOthers()).isTrue();
    }

    @Test
    void runsOnce() {
        Attempt attempt = bench.attemptOf((task, context) -> Result.success(null));
        attempt.run();

        assertThat(attempt.run()).isEmpty();
        assertThat(attempt.discard()).isFalse();
        assertThat(attempt.abandon()).isEmpty();
    }

    @Test
    void givesItsPlaceBackWhenItIsDiscarded() {
        DispatchBench limited = new DispatchBench(home, io.victorhub.routing.BetaThompson.create(), Map.of("s", 1));
        limited.with(RecordingSkill.named("s", "t"));
        Attempt attempt = limited.attempt(DispatchBench.task());
        assertThat(limited.plan(DispatchBench.task())).isEqualTo(new Plan.Busy());

        assertThat(attempt.discard()).isTrue();

        assertThat(attempt.run()).isEmpty();
        assertThat(running(limited)).isZero();
        assertThat(limited.plan(DispatchBench.task())).isInstanceOf(Plan.Run.class);
    }

    @Test
    void givesItsPlaceBackWhateverTheSkillDoes() {
        DispatchBench limited = new DispatchBench(home, io.victorhub.routing.BetaThompson.create(), Map.of("s", 1));
        limited.with(RecordingSkill.named("s", "t").doing((task, context) -> {
            throw new Error("for a test");
        }));

        for (int i = 0; i < 5; i++) {
            limited.attempt(DispatchBench.task()).run();
        }

        assertThat(limited.dispatcher.room("t")).isOne();
        assertThat(running(limited)).isZero();
    }

    /** A skill that loops, whatever one tells it. */
    @Test
    void givesUpASkillThatIgnoresItsInterruption() throws Exception {
        Stuck stuck = new Stuck(bench, 1);
        Attempt attempt = stuck.attempts.get(0);
        attempt.cancel(Reason.TIMED_OUT, "it took longer than its limit");

        Execution execution = attempt.abandon().orElseThrow().execution();

        assertThat(execution.trouble())
                .contains(Trouble.of(
                        Reason.TIMED_OUT,
                        "it took longer than its limit; it ignored the interruption, so its thread is lost"));
        assertThat(bench.dispatcher.stuckThreads()).isOne();
        assertThat(attempt.abandon()).isEmpty();
        assertThat(running(bench)).isOne(); // its classes are still in use
        assertThat(stuck.end(0)).isEmpty();
        assertThat(bench.dispatcher.stuckThreads()).isZero();
        assertThat(running(bench)).isZero();
    }

    @Test
    void aThirdLostThreadOpensTheBreakerUntilOneEnds() throws Exception {
        Stuck stuck = new Stuck(bench, 3);
        stuck.attempts.get(0).abandon();
        stuck.attempts.get(1).abandon();
        assertThat(bench.plan(DispatchBench.task()))
                .isInstanceOfSatisfying(Plan.Run.class, run -> run.attempt().discard());

        stuck.attempts.get(2).abandon();

        assertThat(bench.plan(DispatchBench.task())).isEqualTo(new Plan.Busy());
        assertThat(bench.dispatcher.room("t")).isZero();
        assertThat(bench.dispatcher.limitedRoom()).containsOnlyKeys("t");
        stuck.end(1);
        assertThat(bench.plan(DispatchBench.task())).isInstanceOf(Plan.Run.class);
        stuck.end(0);
        stuck.end(2);
        assertThat(bench.dispatcher.stuckThreads()).isZero();
    }

    @Test
    void aLostThreadTakesNoPlaceOfItsSkill() throws Exception {
        DispatchBench limited = new DispatchBench(home, io.victorhub.routing.BetaThompson.create(), Map.of("s", 1));
        Stuck stuck = new Stuck(limited, 1);
        assertThat(limited.dispatcher.room("t")).isZero();

        stuck.attempts.get(0).abandon();

        assertThat(limited.dispatcher.room("t")).isOne();
        stuck.end(0);
        assertThat(limited.dispatcher.room("t")).isOne();
    }

    @Test
    void theSkillsLateContextIsClosedToAnAttemptThatWasGivenUp() throws Exception {
        AtomicReference<SkillContext> kept = new AtomicReference<>();
        Stuck stuck = new Stuck(bench, 1, kept::set);

        stuck.attempts.get(0).abandon();

        assertThatThrownBy(() -> kept.get().submit(Task.of("next").build())).isInstanceOf(IllegalStateException.class);
        stuck.end(0);
    }

    /** Whoever is first has the word, and exactly one has. */
    @Test
    void eitherTheSkillEndsOrItIsGivenUp() throws Exception {
        AtomicBoolean loop = new AtomicBoolean();
        bench.with(RecordingSkill.named("s", "t").doing((task, context) -> {
            while (loop.get()) {
                Thread.onSpinWait();
            }
            return Result.success(null);
        }));
        for (int i = 0; i < 300; i++) {
            loop.set(true);
            Attempt attempt = bench.attempt(DispatchBench.task());
            Future<Optional<Ended>> running = worker.submit(attempt::run);
            while (attempt.startedAt().isEmpty()) {
                Thread.onSpinWait();
            }

            loop.set(false);
            Optional<Ended> givenUp = attempt.abandon();

            assertThat(running.get().isPresent()).isNotEqualTo(givenUp.isPresent());
            assertThat(bench.dispatcher.stuckThreads()).isZero();
            assertThat(running(bench)).isZero();
        }
    }

    @Test
    void limitsItsTimeByTheSubmissionThenTheSkillThenTheHub() {
        bench.with(RecordingSkill.of(io.victorhub.spi.SkillDescriptor.of("slow")
                .capability("slow")
                .timeout(Duration.ofHours(1))
                .build()));
        bench.with(RecordingSkill.named("s", "t"));
        Task slow = Task.of("slow").build();

        assertThat(bench.attempt(DispatchBench.task()).timeLimit()).isEqualTo(DispatchBench.TIME_LIMIT);
        assertThat(bench.attempt(slow).timeLimit()).isEqualTo(Duration.ofHours(1));
        Attempt own = bench.attempt(
                Submission.builder(slow).timeLimit(Duration.ofSeconds(3)).build());
        assertThat(own.timeLimit()).isEqualTo(Duration.ofSeconds(3));
        assertThat(own.endsByDeadline()).isFalse();
    }

    @Test
    void limitsItsTimeByTheDeadlineIfThatComesFirst() {
        bench.with(RecordingSkill.named("s", "t"));
        Instant now = bench.clock.instant();

        Attempt soon = bench.attempt(Task.of("t").deadline(now.plusSeconds(5)).build());
        Attempt late = bench.attempt(
                Task.of("t").deadline(now.plus(Duration.ofDays(1))).build());
        Attempt passed =
                bench.attempt(Task.of("t").deadline(now.minusSeconds(5)).build());

        assertThat(soon.timeLimit()).isEqualTo(Duration.ofSeconds(5));
        assertThat(soon.endsByDeadline()).isTrue();
        assertThat(late.endsByDeadline()).isFalse();
        assertThat(passed.timeLimit()).isZero();
    }

    @Test
    void aTimeLimitMayReachBeyondAllTime() {
        bench.with(RecordingSkill.named("s", "t"));

        Plan plan = bench.plan(Submission.builder(DispatchBench.task())
                .timeLimit(Duration.ofSeconds(Long.MAX_VALUE))
                .build());

        assertThat(plan).isInstanceOf(Plan.Run.class);
    }

    @Test
    void waitsAreNeverNegativeWhereTheClockWasSetBack() {
        bench.with(RecordingSkill.named("s", "t"));
        var lease = bench.lease(Submission.of(DispatchBench.task()));
        bench.clock.advance(Duration.ofHours(-1));

        Plan plan = bench.dispatcher.plan(lease);

        assertThat(((Plan.Run) plan).attempt().run().orElseThrow().execution().queueWait())
                .isZero();
    }

    private static int running(DispatchBench bench) {
        return bench.registry.skills().stream()
                .mapToInt(RegisteredSkill::running)
                .sum();
    }

    /** Attempts of a skill that goes on until it is let go, each in a thread of its own. */
    private static final class Stuck {
        final List<Attempt> attempts;
        private final List<CountDownLatch> ends;
        private final List<java.util.concurrent.CompletableFuture<Optional<Ended>>> results;

        Stuck(DispatchBench bench, int times) throws Exception {
            this(bench, times, context -> {});
        }

        Stuck(DispatchBench bench, int times, java.util.function.Consumer<SkillContext> seen) throws Exception {
            ends = IntStream.range(0, times)
                    .mapToObj(i -> new CountDownLatch(1))
                    .toList();
            CountDownLatch begun = new CountDownLatch(times);
            bench.with(RecordingSkill.named("s", "t").doing((task, context) -> {
                seen.accept(context);
                begun.countDown();
                awaitWhateverHappens(ends.get((int) task.inputs().integer("i", 0)));
                return Result.success(null);
            }));
            attempts = IntStream.range(0, times)
                    .mapToObj(i -> bench.attempt(Task.of("t").input("i", i).build()))
                    .toList();
            results = attempts.stream().map(Stuck::start).toList();
            begun.await();
        }

        Optional<Ended> end(int i) throws Exception {
            ends.get(i).countDown();
            return results.get(i).get();
        }

        private static java.util.concurrent.CompletableFuture<Optional<Ended>> start(Attempt attempt) {
            var result = new java.util.concurrent.CompletableFuture<Optional<Ended>>();
            Thread thread = new Thread(() -> result.complete(attempt.run()), "stuck");
            thread.setDaemon(true);
            thread.start();
            return result;
        }

        private static void awaitWhateverHappens(CountDownLatch latch) {
            while (latch.getCount() > 0) {
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    // ignored, that is the point
                }
            }
        }
    }
}
