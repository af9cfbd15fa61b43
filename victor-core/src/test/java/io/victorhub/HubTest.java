package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Imported;
import io.victorhub.spi.Result;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.UniquePolicy;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

@Timeout(60)
class HubTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void hasASkillDoATaskByItself() {
        try (Hub hub = working(LambdaSkill.of(
                "echo", (task, context) -> Result.success(task.inputs().text("say"))))) {
            TaskHandle handle = hub.submit(Task.of("echo").input("say", "hello").build());

            Completion completion = join(handle);

            assertThat(completion.status()).isEqualTo(TaskStatus.DONE);
            assertThat(completion.succeeded()).isTrue();
            assertThat(completion.output()).isEqualTo("hello");
            assertThat(handle.state().orElseThrow().status()).isEqualTo(TaskStatus.DONE);
        }
    }

    @Test
    void startsNothingBeforeItIsToldToWorkByItself() {
        try (Hub hub = builder(LambdaSkill.of("echo", (task, context) -> Result.success(1)))
                .build()) {
            TaskHandle handle = hub.submit(Task.of("echo").build());
            assertThat(hub.status()).isEqualTo(HubStatus.IDLE);
            assertThat(handle.state().orElseThrow().status()).isEqualTo(TaskStatus.READY);

            hub.enableAutonomousMode();

            assertThat(join(handle).succeeded()).isTrue();
        }
    }

    @Test
    void keepsTasksAndResultsForTheNextHubOnTheSameHome() {
        Task done = Task.of("echo").id("done").build();
        Task waiting = Task.of("nobody").id("waiting").build();
        try (Hub hub = working(LambdaSkill.of("echo", (task, context) -> Result.success("kept")))) {
            join(hub.submit(done));
            hub.submit(waiting);
        }

        try (Hub hub = builder(LambdaSkill.of("echo", (task, context) -> Result.success("not again")))
                .build()) {
            assertThat(join(hub.handle("done")).output()).isEqualTo("kept");
            assertThat(hub.find("waiting").orElseThrow().status()).isEqualTo(TaskStatus.READY);
            assertThat(hub.submit(done).submitted()).isEqualTo(new Submitted.Known("done"));
        }
    }

    @Test
    void refusesAHomeThatAnotherHubUses() {
        try (Hub hub = builder().build()) {
            assertThatThrownBy(() -> builder().build())
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("in use by another hub of this process")
                    .hasMessageContaining("give this one a home of its own");
            assertThat(hub.status()).isEqualTo(HubStatus.IDLE);
        }
        builder().build().close();
    }

    @Test
    void saysWhyAHomeCannotBeMade() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no folder");

        assertThatThrownBy(() -> Hub.at(file.resolve("home")).build())
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("the home " + file.resolve("home") + " cannot be made")
                .hasMessageEndingWith("give a folder that this process may write");
    }

    @Test
    void endsADeadLetterAndRunsItAgainWhenItIsRequeued() {
        AtomicReference<Result> answer =
                new AtomicReference<>(Result.failure(Result.Reason.SKILL_ERROR, "the press is broken"));
        try (Hub hub = builder(LambdaSkill.of("press", (task, context) -> answer.get()))
                .retry(RetryPolicy.immediate(3))
                .build()) {
            hub.enableAutonomousMode();
            TaskHandle handle = hub.submit(Task.of("press").id("p").build());
            Completion dead = join(handle);
            assertThat(dead.status()).isEqualTo(TaskStatus.DEAD);
            assertThat(dead.execution().orElseThrow().attempt()).isEqualTo(3);
            assertThat(hub.tasks(TaskQuery.deadLetters()).tasks()).hasSize(1);
            answer.set(Result.success("printed"));

            assertThat(hub.requeue("p")).isTrue();

            await().until(() -> hub.find("p").orElseThrow().status() == TaskStatus.DONE);
            assertThat(join(hub.handle("p")).execution().orElseThrow().round()).isEqualTo(2);
            assertThat(hub.requeue("p")).isFalse();
        }
    }

    @Test
    void cancelsWhatWaitsAndWhatRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        LambdaSkill sleeper = LambdaSkill.of("sleep", (task, context) -> {
            running.countDown();
            new CountDownLatch(1).await();
            return Result.success(null);
        });
        try (Hub hub = working(sleeper)) {
            TaskHandle runs = hub.submit(Task.of("sleep").build());
            TaskHandle waits = hub.submit(Submission.builder(Task.of("sleep").build())
                    .notBefore(Instant.now().plusSeconds(3600))
                    .build());
            running.await();

            assertThat(runs.cancel()).isTrue();
            assertThat(waits.cancel()).isTrue();

            assertThat(join(runs).status()).isEqualTo(TaskStatus.CANCELLED);
            assertThat(join(waits).status()).isEqualTo(TaskStatus.CANCELLED);
            assertThat(waits.cancel()).isFalse();
            assertThat(hub.cancel("unheard-of")).isFalse();
        }
    }

    @Test
    void settlesATaskWhoseDeadlinePassesWhileItWaits() {
        try (Hub hub = working()) {
            TaskHandle late = hub.submit(
                    Task.of("nobody").deadline(Instant.now().plusMillis(200)).build());

            assertThat(join(late).status()).isEqualTo(TaskStatus.EXPIRED);
        }
    }

    @Test
    void letsAHeldTaskRunWhenItIsReleased() {
        try (Hub hub = working(LambdaSkill.of("echo", (task, context) -> Result.success(1)))) {
            TaskHandle handle = hub.submit(
                    Submission.builder(Task.of("echo").build()).held(true).build());
            assertThat(handle.state().orElseThrow().status()).isEqualTo(TaskStatus.HELD);

            assertThat(hub.release(handle.id())).isTrue();

            assertThat(join(handle).succeeded()).isTrue();
            assertThat(hub.release(handle.id())).isFalse();
        }
    }

    @Test
    void requeuesDeadLettersByTheQuery() {
        LambdaSkill skill = LambdaSkill.of("t", (task, context) -> Result.failure(Result.Reason.REFUSED, "not yet"));
        try (Hub hub = builder(skill).build()) {
            hub.submitAll(IntStream.range(0, 8)
                    .mapToObj(i -> Submission.builder(Task.of("t")
                                    .id("t-" + i)
                                    .description(i % 2 == 0 ? "even" : "odd")
                                    .build())
                            .uniqueKey(i < 2 ? "k" : "k-" + i)
                            .build())
                    .toList());
            hub.cancel("t-7");
            hub.enableAutonomousMode();
            await().until(() -> hub.tasks(TaskQuery.deadLetters()).tasks().size() == 6);
            hub.scheduler().pause();
            hub.submit(Submission.builder(Task.of("u").id("live").build())
                    .uniqueKey("k-3")
                    .build());

            long odd = hub.bulk(TaskQuery.waiting().text("odd")).requeue().changed();
            BulkResult all = hub.bulk(TaskQuery.deadLetters().max(2)).requeue();

            assertThat(odd)
                    .as("t-5; t-1 joined t-0, t-3 has a key that is taken, t-7 is cancelled")
                    .isEqualTo(1);
            assertThat(all.changed()).as("t-0, t-2, t-4, t-6").isEqualTo(4);
            assertThat(all.examples()).containsOnlyKeys("t-3");
            assertThat(hub.tasks(TaskQuery.deadLetters()).tasks())
                    .extracting(TaskState::id)
                    .containsExactly("t-3");
            assertThat(hub.bulk(TaskQuery.deadLetters().types("other"))
                            .requeue()
                            .matched())
                    .isZero();
        }
    }

    @Test
    void joinsATaskToTheLiveOneOfItsKey() {
        try (Hub hub = builder().build()) {
            TaskHandle first = hub.submit(
                    Submission.builder(Task.of("t").build()).uniqueKey("report").build());

            TaskHandle second = hub.submit(
                    Submission.builder(Task.of("t").build()).uniqueKey("report").build());

            assertThat(second.id()).isEqualTo(first.id());
            assertThat(second.submitted()).isInstanceOf(Submitted.Joined.class);
        }
    }

    @Test
    void refusesATaskWhoseKeyIsTakenIfItIsToldTo() {
        try (Hub hub = builder().build()) {
            hub.submit(Submission.builder(Task.of("t").id("first").build())
                    .uniqueKey("report")
                    .build());
            Submission second = Submission.builder(Task.of("t").id("second").build())
                    .uniqueKey("report", UniquePolicy.REFUSE)
                    .build();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> hub.submit(second))
                    .withMessage("task second is refused: task first has its unique key 'report' and is not settled; "
                            + "wait for that one or cancel it");
            hub.cancel("first");
            assertThat(hub.submit(second).submitted()).isInstanceOf(Submitted.Accepted.class);
        }
    }

    @Test
    void submitsManyAtOnceAndRefusesOneByOne() {
        try (Hub hub = builder()
                .maxSubmissionBytes(200)
                .authorizer((submission, source) ->
                        submission.task().type().equals("admin") ? Optional.of("admins only") : Optional.empty())
                .build()) {
            Submission good = Submission.of(Task.of("t").id("good").build());
            Submission large = Submission.of(
                    Task.of("t").id("large").description("x".repeat(300)).build());
            Submission admin = Submission.of(Task.of("admin").id("admin").build());

            List<TaskHandle> handles = hub.submitAll(List.of(large, good, admin, good));

            assertThat(handles.get(0).submitted()).isInstanceOf(Submitted.Refused.class);
            assertThat(handles.get(1).submitted()).isEqualTo(new Submitted.Accepted("good"));
            assertThat(handles.get(2).submitted())
                    .isEqualTo(new Submitted.Refused("admin", "task admin is refused: admins only"));
            assertThat(handles.get(3).submitted()).isEqualTo(new Submitted.Known("good"));
            assertThatThrownBy(() -> hub.submit(admin))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("task admin is refused: admins only");
        }
    }

    @Test
    void refusesWhatAnAuthorizerThatThrowsIsAskedAbout() {
        try (Hub hub = builder()
                .authorizer((submission, source) -> {
                    throw new IllegalStateException("no directory");
                })
                .build()) {
            assertThatThrownBy(() -> hub.submit(Task.of("t").id("x").build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("task x is refused: the authorizer threw")
                    .hasMessageContaining("no directory");
        }
    }

    @Test
    void executesATaskInTheCallersThreadAndKeepsItInTheLog() {
        AtomicReference<Thread> ran = new AtomicReference<>();
        LambdaSkill skill = LambdaSkill.of("echo", (task, context) -> {
            ran.set(Thread.currentThread());
            return Result.success("now");
        });
        try (Hub hub = builder(skill).build()) {
            Result result = hub.execute(Task.of("echo").id("e").build());

            assertThat(result).isEqualTo(Result.success("now"));
            assertThat(ran.get()).isSameAs(Thread.currentThread());
            assertThat(hub.reviewer().statistics().totals().attempts()).isEqualTo(1);
            hub.submit(Task.of("nobody").id("queued").build());
            assertThatThrownBy(() -> hub.execute(Task.of("echo").id("queued").build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("task queued is in the store");
        }
    }

    @Test
    void executesForASkillThatHoldsTheOnlyPlace() {
        AtomicReference<Hub> itself = new AtomicReference<>();
        LambdaSkill outer = LambdaSkill.of(
                "outer",
                (task, context) -> itself.get().execute(Task.of("inner").build()));
        LambdaSkill inner = LambdaSkill.of("inner", (task, context) -> Result.success("inside"));
        try (Hub hub = builder(outer, inner).workers(1).build()) {
            itself.set(hub);
            hub.enableAutonomousMode();

            assertThat(join(hub.submit(Task.of("outer").build())).output()).isEqualTo("inside");
        }
    }

    @Test
    void answersAFailureWhereNobodyServesTheTask() {
        try (Hub hub = builder().build()) {
            Result result = hub.execute(Task.of("nobody").build());

            assertThat(result).isInstanceOf(Result.Failure.class);
            assertThat(((Result.Failure) result).reason()).isEqualTo(Result.Reason.UNAVAILABLE);
        }
    }

    @Test
    void closesFromASkillAndRecordsWhatTheSkillReturned() {
        AtomicReference<Hub> itself = new AtomicReference<>();
        LambdaSkill closer = LambdaSkill.of("close", (task, context) -> {
            itself.get().close();
            return Result.success("closed by me");
        });
        Hub hub = builder(closer).build();
        itself.set(hub);
        hub.enableAutonomousMode();

        Completion completion = join(hub.submit(Task.of("close").id("c").build()));

        assertThat(completion.output()).isEqualTo("closed by me");
        hub.close();
        assertThat(hub.status()).isEqualTo(HubStatus.STOPPING);
        try (Hub next = builder().build()) {
            assertThat(next.find("c").orElseThrow().status()).isEqualTo(TaskStatus.DONE);
        }
    }

    @Test
    void closesFromAListenerOnAnyOfItsThreads() {
        AtomicReference<Hub> itself = new AtomicReference<>();
        HubListener closer = new HubListener() {
            @Override
            public void taskSettled(Completion completion) {
                itself.get().close();
            }
        };
        Hub hub = builder(LambdaSkill.of("echo", (task, context) -> Result.success(1)))
                .listener(closer)
                .build();
        itself.set(hub);
        hub.enableAutonomousMode();

        hub.submit(Task.of("echo").build());

        await().until(() -> hub.status() == HubStatus.STOPPING);
        hub.close();
        builder().build().close();
    }

    @Test
    void givesATaskBackThatItInterruptsWhenItCloses() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        LambdaSkill sleeper = LambdaSkill.of("sleep", (task, context) -> {
            running.countDown();
            new CountDownLatch(1).await();
            return Result.success(null);
        });
        Hub hub = builder(sleeper).drainTimeout(Duration.ofMillis(50)).build();
        hub.enableAutonomousMode();
        hub.submit(Task.of("sleep").id("s").build());
        running.await();

        hub.close();

        try (Hub next = builder(LambdaSkill.of("sleep", (task, context) -> Result.success(context.attempt())))
                .build()) {
            assertThat(next.find("s").orElseThrow().attempts()).isZero();
            next.enableAutonomousMode();
            assertThat(join(next.handle("s")).output()).isEqualTo(1L);
        }
    }

    @Test
    void refusesEverythingOnceItIsClosedAndClosesTwice() {
        Hub hub = builder().build();
        TaskHandle handle = hub.submit(Task.of("nobody").build());
        CompletableFuture<Completion> completion = handle.completion().toCompletableFuture();

        hub.close();
        hub.close();

        assertThatThrownBy(() -> hub.submit(Task.of("t").build()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("is closed; build another one");
        assertThatThrownBy(() -> hub.find("x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(hub::enableAutonomousMode).isInstanceOf(IllegalStateException.class);
        assertThat(completion).isCompletedExceptionally();
        assertThatThrownBy(completion::join).hasMessageContaining("it is kept, and goes on when its home is opened");
    }

    @Test
    void goesOnWhenAListenerThrows() {
        HubListener hostile = new HubListener() {
            @Override
            public void attemptStarted(io.victorhub.scheduling.RunningTask task) {
                throw new IllegalStateException("hostile");
            }

            @Override
            public void attemptEnded(io.victorhub.spi.Execution execution) {
                throw new AssertionError("hostile");
            }

            @Override
            public void taskSettled(Completion completion) {
                throw new IllegalStateException("hostile");
            }
        };
        try (Hub hub = builder(LambdaSkill.of("echo", (task, context) -> Result.success(1)))
                .listener(hostile)
                .build()) {
            hub.enableAutonomousMode();

            assertThat(join(hub.submit(Task.of("echo").build())).succeeded()).isTrue();
            assertThat(join(hub.submit(Task.of("echo").build())).succeeded()).isTrue();
        }
    }

    @Test
    void setsTheLoggingContextOfTheSubmitterWhileTheTaskRuns() {
        AtomicReference<Map<String, String>> seen = new AtomicReference<>();
        LambdaSkill skill = LambdaSkill.of("look", (task, context) -> {
            seen.set(MDC.getCopyOfContextMap());
            return Result.success(null);
        });
        try (Hub hub = working(skill)) {
            MDC.put("request", "r-7");
            TaskHandle handle = hub.submit(Task.of("look").id("l").build());
            MDC.clear();

            join(handle);

            assertThat(seen.get())
                    .isEqualTo(Map.of("request", "r-7", "task", "l", "type", "look", "skill", "look", "attempt", "1"));
        }
    }

    @Test
    void tellsOfItsStatus() {
        List<HubStatus> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
        HubListener listener = new HubListener() {
            @Override
            public void statusChanged(HubStatus before, HubStatus now) {
                seen.add(now);
            }
        };
        Hub hub = builder().listener(listener).build();

        hub.enableAutonomousMode();
        hub.scheduler().pause();
        hub.scheduler().resume();
        hub.disableAutonomousMode();
        hub.close();

        assertThat(seen)
                .containsExactly(
                        HubStatus.ACTIVE, HubStatus.PAUSED, HubStatus.ACTIVE, HubStatus.IDLE, HubStatus.STOPPING);
    }

    @Test
    void listsSkillsWithWhatTheyDid() {
        LambdaSkill skill = LambdaSkill.of("echo", (task, context) -> Result.success(1));
        try (Hub hub = working(skill)) {
            join(hub.submit(Task.of("echo").build()));

            SkillStatus status = hub.skills().find("echo").orElseThrow();

            assertThat(status.attempts()).isEqualTo(1);
            assertThat(status.successRate()).hasValue(1);
            assertThat(status.skill().origin().text()).isEqualTo("code of the host");
            assertThat(hub.skills().withCapability("echo")).containsExactly(status);
            assertThat(hub.skills().withCapability("other")).isEmpty();
        }
    }

    @Test
    void givesADisabledSkillNoTasksUntilItIsEnabled() {
        try (Hub hub = working(LambdaSkill.of("echo", (task, context) -> Result.success(1)))) {
            hub.skills().disable("echo");
            TaskHandle handle = hub.submit(Task.of("echo").build());
            await().until(() -> hub.scheduler().waitingForSkill().containsKey("echo"));

            hub.skills().enable("echo");

            assertThat(join(handle).succeeded()).isTrue();
        }
    }

    @Test
    void keepsTheLatestProgressOfARunningTask() {
        CountDownLatch go = new CountDownLatch(1);
        LambdaSkill skill = LambdaSkill.of("slow", (task, context) -> {
            context.progress(.5, "half");
            go.await();
            return Result.success(new SkillRef("slow", "1.0.0").toString());
        });
        try (Hub hub = working(skill)) {
            TaskHandle handle = hub.submit(Task.of("slow").build());

            await().atMost(10, TimeUnit.SECONDS)
                    .until(() -> handle.state().orElseThrow().progress().isPresent());

            assertThat(handle.state().orElseThrow().progress().orElseThrow().fraction())
                    .isEqualTo(.5);
            assertThat(hub.scheduler().running().get(0).message()).isEqualTo("half");
            go.countDown();
            join(handle);
        }
    }

    @Test
    void leavesNothingBehindWhenItWorksInMemory() {
        Path home;
        try (Hub hub = Hub.inMemory()
                .discoverSkills(false)
                .skill(LambdaSkill.of("echo", (task, context) -> {
                    Files.writeString(context.workspace().resolve("left.txt"), "left");
                    return Result.success(1);
                }))
                .build()) {
            home = hub.home();
            hub.enableAutonomousMode();
            join(hub.submit(Task.of("echo").build()));
            assertThat(home).isDirectory();
        }
        assertThat(home).doesNotExist();
    }

    @Test
    void refusesToQueueATaskWhileItIsDoneAtOnceAndNoOther() {
        AtomicReference<Hub> itself = new AtomicReference<>();
        AtomicReference<List<TaskHandle>> answers = new AtomicReference<>(List.of());
        LambdaSkill skill = LambdaSkill.of("echo", (task, context) -> {
            answers.set(itself.get()
                    .submitAll(List.of(
                            Submission.of(task),
                            Submission.of(Task.of("other").id("o").build()))));
            return Result.success("now");
        });
        try (Hub hub = builder(skill).build()) {
            itself.set(hub);

            hub.execute(Task.of("echo").id("e").build());

            assertThat(answers.get())
                    .extracting(TaskHandle::submitted)
                    .containsExactly(
                            new Submitted.Refused("e", "task e is being done now; give each an id of its own"),
                            new Submitted.Accepted("o"));
        }
    }

    @Test
    void refusesIdsWithASlashWhichAreItsOwn() {
        try (Hub hub = builder().build()) {
            Task task = Task.of("t").id("a/b").build();

            assertThatThrownBy(() -> hub.submit(task))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("task a/b has a '/' in its id, which is reserved for the hub; choose another");
            assertThatThrownBy(() -> hub.execute(task)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void countsWhatAnotherSystemHadDone() {
        try (Hub hub = builder().build()) {
            hub.importHistory(List.of(new Imported(
                    "old-1",
                    Execution.Status.SUCCESS,
                    Duration.ofSeconds(2),
                    Optional.of("echo"),
                    Optional.of("echo"),
                    Instant.now())));

            assertThat(hub.reviewer().statistics().totals().imported()).isEqualTo(1);
            assertThat(hub.reviewer().statistics().skills()).containsKey("echo");
        }
    }

    @Test
    void saysThatASkillIsDisabledWhereTasksWaitForIt() {
        try (Hub hub = working(LambdaSkill.of("echo", (task, context) -> Result.success(1)))) {
            hub.skills().disable("echo");

            hub.submit(Task.of("echo").build());

            await().until(() -> hub.scheduler().waitingForSkill().containsKey("echo"));
            assertThat(hub.scheduler().waitingForSkill())
                    .containsEntry("echo", "no skill serves type echo (echo would, but is disabled)");
        }
    }

    @Test
    void tellsItsVersion() {
        try (Hub hub = builder().build()) {
            assertThat(hub.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        }
    }

    private HubBuilder builder(LambdaSkill... skills) {
        HubBuilder builder =
                Hub.at(folder.resolve("home")).discoverSkills(false).workers(4);
        List.of(skills).forEach(builder::skill);
        return builder;
    }

    private Hub working(LambdaSkill... skills) {
        Hub hub = builder(skills).build();
        hub.enableAutonomousMode();
        return hub;
    }

    private static Completion join(TaskHandle handle) {
        return handle.completion()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
