package io.victorhub.scheduling.loop;

import static io.victorhub.scheduling.loop.LoopBench.due;
import static io.victorhub.scheduling.loop.LoopBench.skill;
import static io.victorhub.scheduling.loop.LoopBench.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Execution.Status;
import io.victorhub.spi.Result;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.testing.RecordingSkill;
import io.victorhub.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The loop driven by hand, in one thread and by a clock that stands still. */
class WorkLoopTest {

    private static final Instant NOW = SettableClock.START;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private LoopBench bench = LoopBench.inThisThread();

    @AfterEach
    void close() {
        bench.close();
    }

    private void open(LoopBench.Options options) {
        bench.close();
        bench = options.inThisThread().open();
    }

    @Test
    void runsWhatWaits() {
        RecordingSkill skill = skill();
        bench.with(skill).submit("a", "b");

        int handedOver = bench.loop.runPending();

        assertThat(handedOver).isEqualTo(2);
        assertThat(skill.tasks()).containsExactly("a", "b");
        assertThat(bench.status("a")).isEqualTo(TaskStatus.DONE);
        assertThat(bench.execution("a").output()).isEqualTo("done");
        assertThat(bench.events.started).containsExactly("a", "b");
        assertThat(bench.events.settled).containsExactly("a", "b");
        assertThat(bench.loop.runPending()).isZero();
        assertThat(bench.loop.running()).isEmpty();
    }

    @Test
    void runsTheMoreImportantFirstAndLetsOthersAge() {
        RecordingSkill skill = skill();
        bench.with(skill)
                .submit(Submission.of(Task.of("t").id("old").priority(5).build()));
        bench.clock.advance(Duration.ofMinutes(11));

        bench.submit(
                Submission.of(Task.of("t").id("important").priority(6).build()),
                Submission.of(Task.of("t").id("urgent").priority(7).build()));
        bench.loop.runPending();

        assertThat(skill.tasks()).containsExactly("urgent", "old", "important");
    }

    @Test
    void runsADelayedTaskInItsTimeAndNotBefore() {
        RecordingSkill skill = skill();
        bench.with(skill).submit(task("a").notBefore(NOW.plus(MINUTE)).build());

        bench.clock.advance(MINUTE.minusMillis(1));
        assertThat(bench.loop.runPending()).isZero();
        bench.clock.advance(Duration.ofMillis(1));

        assertThat(bench.loop.runPending()).isOne();
        assertThat(bench.execution("a").queueWait()).isZero();
    }

    @Test
    void keepsHowLongATaskHadWaited() {
        bench.with(skill()).submit("a");
        bench.clock.advance(MINUTE);

        bench.loop.runPending();

        assertThat(bench.execution("a").queueWait()).isEqualTo(MINUTE);
        assertThat(bench.execution("a").startedAt()).isEqualTo(NOW.plus(MINUTE));
    }

    @Test
    void settlesAPartialSuccessForGood() {
        bench.with(skill().doing((task, context) -> Result.partial("half", "half")))
                .submit("a");

        bench.loop.runPending();

        assertThat(bench.status("a")).isEqualTo(TaskStatus.DONE);
        assertThat(bench.execution("a").status()).isEqualTo(Status.PARTIAL);
    }

    @Test
    void queuesFollowUpsWithTheResult() {
        bench.with(
                skill().doing((task, context) -> {
                    context.submit(Task.of("u").id("next").build());
                    return Result.success(null);
                }),
                RecordingSkill.named("u", "u"));
        bench.submit("a");

        bench.loop.runPending();

        assertThat(bench.status("next")).isEqualTo(TaskStatus.DONE);
        assertThat(bench.find("next").submission().flatMap(Submission::parent)).contains("a");
    }

    @Test
    void triesAgainAfterTheWaitThatTheSkillAskedFor() {
        bench.with(skill().doing((task, context) ->
                        context.attempt() == 1 ? Result.unavailable("not now", MINUTE) : Result.success("now")))
                .submit("a");

        assertThat(bench.loop.runPending()).isOne();
        assertThat(bench.find("a").readyAt()).isEqualTo(NOW.plus(MINUTE));
        bench.clock.advance(MINUTE.minusMillis(1));
        assertThat(bench.loop.runPending()).isZero();
        bench.clock.advance(Duration.ofMillis(1));
        assertThat(bench.loop.runPending()).isOne();

        assertThat(bench.status("a")).isEqualTo(TaskStatus.DONE);
        assertThat(bench.executions("a")).extracting(Execution::attempt).containsExactly(1, 2);
        assertThat(bench.executions("a"))
                .extracting(Execution::retryAt)
                .containsExactly(Optional.of(NOW.plus(MINUTE)), Optional.empty());
    }

    @Test
    void backsOffLongerEachTimeUpToTheCap() {
        open(LoopBench.options().retry(new RetryPolicy(4, MINUTE, MINUTE.multipliedBy(3))));
        bench.with(skill().doing((task, context) -> Result.failure(Reason.UNAVAILABLE, "")))
                .submit("a");

        for (int attempt = 1; attempt <= 4; attempt++) {
            bench.loop.runPending();
            bench.clock.advance(MINUTE.multipliedBy(3));
        }

        List<Execution> all = bench.executions("a");
        assertThat(all).hasSize(4);
        for (int i = 0; i < 3; i++) {
            Duration longest = MINUTE.multipliedBy(Math.min(3, 1L << i));
            assertThat(Duration.between(
                            all.get(i).startedAt(), all.get(i).retryAt().orElseThrow()))
                    .isBetween(Duration.ZERO, longest);
        }
        assertThat(bench.status("a")).isEqualTo(TaskStatus.DEAD);
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        RecordingSkill skill = skill().doing((task, context) -> {
            throw new IllegalStateException("no luck");
        });
        bench.with(skill).submit("a");

        bench.loop.runPending();

        assertThat(skill.tasks()).hasSize(3);
        assertThat(bench.status("a")).isEqualTo(TaskStatus.DEAD);
        assertThat(bench.find("a").attempts()).isEqualTo(3);
        assertThat(bench.executions("a")).extracting(Execution::attempt).containsExactly(1, 2, 3);
        assertThat(bench.executions("a").get(2).retryAt()).isEmpty();
    }

    @Test
    void triesAsOftenAsTheSubmissionSays() {
        RecordingSkill skill = skill().doing((task, context) -> Result.failure(Reason.UNAVAILABLE, ""));
        bench.with(skill)
                .submit(
                        task("a").maxAttempts(1).build(),
                        task("b").maxAttempts(5).build());

        bench.loop.runPending();

        assertThat(bench.executions("a")).hasSize(1);
        assertThat(bench.executions("b")).hasSize(5);
    }

    @Test
    void doesNotTryAgainWhatCannotEndBetter() {
        bench.with(skill().doing((task, context) -> null)).submit("a");

        bench.loop.runPending();

        assertThat(bench.status("a")).isEqualTo(TaskStatus.DEAD);
        assertThat(bench.executions("a")).hasSize(1);
    }

    @Test
    void beginsTheNextRoundWithTheFirstAttempt() {
        RecordingSkill skill = skill().doing((task, context) -> Result.failure(Reason.UNAVAILABLE, ""));
        bench.with(skill).submit("a");
        bench.loop.runPending();

        bench.store.tasks().requeue(List.of("a"));
        skill.doing((task, context) -> Result.success(context.attempt()));
        bench.loop.runPending();

        assertThat(bench.status("a")).isEqualTo(TaskStatus.DONE);
        Execution last = bench.executions("a").get(3);
        assertThat(last.output()).isEqualTo(1L);
        assertThat(last.round()).isEqualTo(2);
    }

    @Test
    void aWaitBeyondAllTimeIsKept() {
        bench.with(skill().doing((task, context) -> Result.unavailable("never", Duration.ofSeconds(Long.MAX_VALUE))))
                .submit("a");

        bench.loop.runPending();

        assertThat(bench.status("a")).isEqualTo(TaskStatus.DELAYED);
        assertThat(bench.loop.running()).isEmpty();
        assertThat(bench.loop.runPending()).isZero();
    }

    @Test
    void settlesWhatIsOverdueBeforeItRunsAndOfPausedTypesToo() {
        RecordingSkill skill = skill();
        bench.with(skill).submit(due("a", NOW.plus(MINUTE)));
        bench.loop.pause("t");

        bench.clock.advance(MINUTE);
        bench.loop.runPending();

        assertThat(bench.status("a")).isEqualTo(TaskStatus.EXPIRED);
        assertThat(skill.tasks()).isEmpty();
        assertThat(bench.log())
                .singleElement()
                .isInstanceOfSatisfying(
                        Closed.class, closed -> assertThat(closed.reason()).isEqualTo(Reason.EXPIRED));
    }

    @Test
    void settlesWhatIsOverdueWhenAllIsPaused() {
        bench.with(skill()).submit(due("a", NOW.plus(MINUTE)));
        bench.loop.pause();

        bench.clock.advance(MINUTE);
        bench.loop.runPending();

        assertThat(bench.status("a")).isEqualTo(TaskStatus.EXPIRED);
    }

    @Test
    void pausesATypeAndGoesOnWithOthers() {
        RecordingSkill skill = RecordingSkill.named("s", "t", "u");
        bench.with(skill).submit(task("a", "t").build(), task("b", "u").build());

        bench.loop.pause("t");
        bench.loop.runPending();

        assertThat(skill.tasks()).containsExactly("b");
        assertThat(bench.loop.pausedTypes()).containsExactly("t");
        assertThat(bench.loop.isPaused()).isFalse();
        bench.loop.resume("t");
        bench.loop.runPending();
        assertThat(skill.tasks()).containsExactly("b", "a");
    }

    @Test
    void resumingAllLeavesTypesPausedThatWerePausedOnTheirOwn() {
        RecordingSkill skill = RecordingSkill.named("s", "t", "u");
        bench.with(skill).submit(task("a", "t").build(), task("b", "u").build());
        bench.loop.pause();
        bench.loop.pause("t");
        assertThat(bench.loop.runPending()).isZero();

        bench.loop.resume();
        bench.loop.runPending();

        assertThat(skill.tasks()).containsExactly("b");
    }

    @Test
    void pausesOutliveTheLoop() {
        bench.loop.pause();
        bench.loop.pause("t");
        bench.loop.pause("u");
        bench.loop.resume("u");

        try (LoopBench next =
                LoopBench.options().inThisThread().store(bench.store).open()) {
            assertThat(next.loop.isPaused()).isTrue();
            assertThat(next.loop.pausedTypes()).containsExactly("t");
            next.loop.resume();
            assertThat(next.loop.isPaused()).isFalse();
        }
    }

    @Test
    void waitsForASkillWithoutUsingAnAttempt() {
        RecordingSkill skill = skill();
        bench.submit("a", "b").submit(task("c", "u").build());
        bench.loop.runPending();
        bench.loop.runPending();

        assertThat(bench.loop.waitingForSkill())
                .isEqualTo(Map.of("t", "no skill serves type t", "u", "no skill serves type u"));
        assertThat(bench.events.waiting).containsExactlyInAnyOrder("no skill serves type t", "no skill serves type u");
        bench.with(skill);
        bench.loop.runPending();

        assertThat(skill.tasks()).containsExactly("a", "b");
        assertThat(bench.execution("a").attempt()).isOne();
        assertThat(bench.loop.waitingForSkill()).containsOnlyKeys("u");
        assertThat(bench.events.waiting).hasSize(2);
    }

    @Test
    void tellsAnewWhenASkillWasThereAndWentAgain() {
        bench.submit("a");
        bench.loop.runPending();
        bench.with(skill());
        bench.loop.runPending();

        bench.registry.disable("s");
        bench.submit("b");
        bench.loop.runPending();

        assertThat(bench.events.waiting).hasSize(2);
        assertThat(bench.loop.waitingForSkill()).containsOnlyKeys("t");
    }

    @Test
    void buriesATaskThatWaitedTooLongForASkill() {
        open(LoopBench.options().skillWait(MINUTE));
        bench.submit("a");
        bench.loop.runPending();
        bench.clock.advance(MINUTE.minusMillis(1));
        bench.loop.lookAgain(); // as the loop does every now and then
        bench.loop.runPending();
        assertThat(bench.status("a")).isEqualTo(TaskStatus.READY);

        bench.clock.advance(Duration.ofMillis(1));
        bench.loop.lookAgain();
        bench.loop.runPending();

        assertThat(bench.status("a")).isEqualTo(TaskStatus.DEAD);
        assertThat(bench.log()).singleElement().isInstanceOfSatisfying(Closed.class, closed -> {
            assertThat(closed.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(closed.message()).isEqualTo("no skill serves type t, and it has waited for PT1M");
            assertThat(closed.attempts()).isZero();
        });
        assertThat(bench.events.waiting).hasSize(1);
    }

    /** Nobody serves its type at all: so it waits with the type, and costs no look until that changes. */
    @Test
    void aPinnedTaskOfATypeThatNobodyServesIsLeasedOnce() {
        RecordingSkill other = RecordingSkill.named("other", "t");
        bench.submit(task("a").skill("other").build());
        for (int i = 0; i < 5; i++) {
            bench.loop.runPending();
            bench.clock.advance(MINUTE);
        }
        assertThat(bench.store.batches()).hasSize(1);
        assertThat(bench.status("a")).isEqualTo(TaskStatus.READY);
        assertThat(bench.loop.waitingForSkill()).containsEntry("t", "no skill 'other' serves type t");

        bench.with(RecordingSkill.named("unwanted", "u"));
        bench.loop.runPending();
        assertThat(bench.store.batches()).as("somebody else came").hasSize(1);
        bench.with(other);
        bench.loop.runPending();

        assertThat(other.tasks()).containsExactly("a");
    }

    @Test
    void waitsForThePinnedSkillWithoutHoldingUpOthers() {
        RecordingSkill skill = skill();
        bench.with(skill)
                .submit(task("pinned").skill("other").build(), task("free").build());

        bench.loop.runPending();

        assertThat(skill.tasks()).containsExactly("free");
        assertThat(bench.loop.waitingForSkill()).containsEntry("t", "no skill 'other' serves type t");
        RecordingSkill other = RecordingSkill.named("other", "t");
        bench.with(other);
        bench.clock.advance(Duration.ofSeconds(10));
        bench.loop.runPending();
        assertThat(other.tasks()).containsExactly("pinned");
        assertThat(bench.execution("pinned").attempt()).isOne();
    }

    /** Each look moves the task's ready time; its wait goes on all the same. */
    @Test
    void buriesATaskThatWaitedTooLongForThePinnedSkill() {
        open(LoopBench.options().skillWait(MINUTE));
        bench.with(skill()).submit(task("a").skill("other").build());

        for (int i = 0; i < 6; i++) {
            bench.loop.runPending();
            assertThat(bench.status("a")).isIn(TaskStatus.READY, TaskStatus.DELAYED);
            bench.clock.advance(Duration.ofSeconds(10));
        }
        bench.loop.runPending();

        assertThat(bench.status("a")).isEqualTo(TaskStatus.DEAD);
        assertThat(bench.log())
                .singleElement()
                .isInstanceOfSatisfying(
                        Closed.class,
                        closed -> assertThat(closed.message())
                                .isEqualTo("no skill 'other' serves type t, and it has waited for PT1M"));
    }

    @Test
    void aDelayIsNoWaitForThePinnedSkill() {
        open(LoopBench.options().skillWait(MINUTE));
        bench.with(skill())
                .submit(task("a")
                        .skill("other")
                        .notBefore(NOW.plus(Duration.ofDays(1)))
                        .build());

        bench.clock.advance(Duration.ofDays(1));
        bench.loop.runPending();

        assertThat(bench.status("a")).isEqualTo(TaskStatus.DELAYED);
    }

    @Test
    void triesAgainWhatNobodyWantedToPlan() {
        RecordingSkill skill = skill().wanting(task -> {
            throw new OutOfMemoryError("for a test");
        });
        bench.with(skill).submit("a", "b");

        bench.loop.runPending();

        assertThat(bench.status("a")).isEqualTo(TaskStatus.DEAD);
        assertThat(bench.executions("b"))
                .hasSize(3)
                .allSatisfy(execution -> assertThat(execution.trouble())
                        .hasValueSatisfying(
                                trouble -> assertThat(trouble.reason()).isEqualTo(Reason.RESOURCE)));
        assertThat(bench.loop.running()).isEmpty();
    }

    @Test
    void keepsARefusalOfAllSkills() {
        bench.with(skill().wanting(task -> false)).submit("a");

        bench.loop.runPending();

        assertThat(bench.status("a")).isEqualTo(TaskStatus.DEAD);
        assertThat(bench.execution("a").trouble())
                .contains(Execution.Trouble.of(Reason.REFUSED, "every skill that serves type t declines this task"));
        assertThat(bench.execution("a").skill()).isEmpty();
    }

    /** The store counted its leases while the processes that held them died. */
    @Test
    void buriesATaskWhoseAttemptsWereAllLost() {
        bench.with(skill()).submit("a");
        for (int i = 0; i < 3; i++) {
            var lease = bench.store.tasks().lease(LeaseRequest.one(MINUTE)).get(0);
            bench.store
                    .tasks()
                    .settle(List.of(io.victorhub.spi.store.Settlement.silent(
                            lease, io.victorhub.spi.store.Disposition.retry(NOW))));
        }

        bench.loop.runPending();

        assertThat(bench.status("a")).isEqualTo(TaskStatus.DEAD);
        assertThat(bench.log()).singleElement().isInstanceOfSatisfying(Closed.class, closed -> {
            assertThat(closed.reason()).isEqualTo(Reason.LOST);
            assertThat(closed.attempts()).isEqualTo(3);
        });
    }

    @Test
    void tellsTheHostOfAMachineError() {
        OutOfMemoryError error = new OutOfMemoryError("for a test");
        bench.with(skill().doing((task, context) -> {
                    throw error;
                }))
                .submit(
                        task("a").maxAttempts(1).build(),
                        task("b").maxAttempts(1).build());

        bench.loop.runPending();

        assertThat(bench.events.fatal).containsExactly(error, error);
        assertThat(bench.status("b")).isEqualTo(TaskStatus.DEAD);
    }

    @Test
    void setsTheLoggingContextWhileASkillRuns() {
        AtomicReference<Map<String, String>> seen = new AtomicReference<>();
        bench.with(skill().doing((task, context) -> {
                    seen.set(MDC.getCopyOfContextMap());
                    return Result.success(null);
                }))
                .submit(task("a")
                        .mdc(Map.of("request", "r-1", "task", "theirs"))
                        .build());
        MDC.put("host", "h");

        bench.loop.runPending();

        assertThat(seen.get())
                .isEqualTo(Map.of("request", "r-1", "task", "a", "type", "t", "skill", "s", "attempt", "1"));
        assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("host", "h"));
        MDC.clear();
    }

    @Test
    void leavesTheThreadAsInterruptedAsItWas() {
        AtomicReference<Boolean> seen = new AtomicReference<>();
        bench.with(skill().doing((task, context) -> {
                    seen.set(Thread.currentThread().isInterrupted());
                    Thread.currentThread().interrupt();
                    return Result.success(null);
                }))
                .submit("a");
        bench.loop.runPending();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();

        bench.submit("b");
        Thread.currentThread().interrupt();
        bench.loop.runPending();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen.get()).isFalse();
        assertThat(bench.status("b")).isEqualTo(TaskStatus.DONE);
    }

    @Test
    void doesNothingOnceItIsStopped() {
        RecordingSkill skill = skill();
        bench.with(skill).submit("a");

        bench.loop.stop();
        bench.loop.start();

        assertThat(bench.loop.runPending()).isZero();
        assertThat(bench.loop.isLeasing()).isFalse();
        assertThat(skill.tasks()).isEmpty();
    }

    @Test
    void aClockThatIsSetBackDelaysNothingThatIsReady() {
        RecordingSkill skill = skill();
        bench.with(skill).submit("a");
        bench.loop.runPending();

        bench.clock.advance(Duration.ofDays(-1));
        bench.submit("b");
        bench.loop.runPending();

        assertThat(skill.tasks()).containsExactly("a", "b");
    }

    @Test
    void aClockThatJumpsWhileASkillRunsSpoilsNoDuration() {
        bench.with(skill().doing((task, context) -> {
                    bench.clock.advance(task.id().equals("a") ? Duration.ofDays(10) : Duration.ofDays(-20));
                    return Result.success(null);
                }))
                .submit("a", "b");

        bench.loop.runPending();

        assertThat(List.of(bench.execution("a"), bench.execution("b")))
                .allSatisfy(execution -> assertThat(execution.duration()).isBetween(Duration.ZERO, MINUTE));
    }

    @Test
    void aClockThatIsSetBackKeepsARetryForItsTime() {
        bench.with(skill().doing((task, context) ->
                        context.attempt() == 1 ? Result.unavailable("not now", MINUTE) : Result.success("now")))
                .submit("a");
        bench.loop.runPending();

        bench.clock.advance(Duration.ofHours(-1));
        assertThat(bench.loop.runPending()).isZero();
        bench.clock.advance(Duration.ofHours(1).plus(MINUTE));

        assertThat(bench.loop.runPending()).isOne();
    }
}
