package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.victorhub.scheduling.QueueFile;
import io.victorhub.spi.Result;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many tasks may wait, and what becomes of those above. */
@Timeout(60)
class QueueLimitTest {

    private static final LambdaSkill DONE = LambdaSkill.of("t", (task, context) -> Result.success(null));

    @TempDir
    private Path folder = Path.of("");

    private final List<Thread> submitters = new ArrayList<>();

    @AfterEach
    void endSubmitters() {
        submitters.forEach(Thread::interrupt);
    }

    @Test
    void rejectsATaskAboveTheLimit() {
        try (Hub hub = limited(2, WhenFull.REJECT).build()) {
            hub.submit(task("a"));
            hub.submit(Submission.builder(task("b")).held(true).build());

            assertThatExceptionOfType(QueueFullException.class)
                    .isThrownBy(() -> hub.submit(task("c")))
                    .withMessage("task c is refused: 2 tasks wait, as many as the queue takes; "
                            + "submit it again later, or raise queueLimit");
            assertThat(hub.find("c")).isEmpty();
            hub.cancel("b");
            assertThat(hub.submit(task("c")).submitted()).isInstanceOf(Submitted.Accepted.class);
        }
    }

    @Test
    void countsDelayedTasksAndNotThoseThatRunOrAreSettled() {
        try (Hub hub = limited(1, WhenFull.REJECT, DONE).executor(Runnable::run).build()) {
            hub.submit(task("a"));
            hub.scheduler().runPending();
            hub.submit(Submission.builder(task("later"))
                    .notBefore(Instant.now().plus(Duration.ofDays(1)))
                    .build());

            assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> hub.submit(task("b")));
        }
    }

    @Test
    void knowsATaskThoughTheQueueIsFull() {
        try (Hub hub = limited(1, WhenFull.REJECT).build()) {
            hub.submit(task("a"));

            assertThat(hub.submit(task("a")).submitted()).isEqualTo(new Submitted.Known("a"));
            assertThat(hub.submitAll(List.of(Submission.of(task("a")))))
                    .extracting(TaskHandle::submitted)
                    .containsExactly(new Submitted.Known("a"));
        }
    }

    @Test
    void refusesEachByItselfAmongMany() {
        try (Hub hub = limited(2, WhenFull.REJECT)
                .authorizer((submission, source) ->
                        submission.task().type().equals("admin") ? Optional.of("admins only") : Optional.empty())
                .build()) {
            hub.submit(task("known"));
            Submission admin = Submission.of(Task.of("admin").id("admin").build());

            List<Submitted> answers = hub
                    .submitAll(List.of(
                            admin,
                            Submission.of(task("a")),
                            Submission.of(task("b")),
                            Submission.of(task("known")),
                            admin))
                    .stream()
                    .map(TaskHandle::submitted)
                    .toList();

            assertThat(answers.get(0)).isEqualTo(new Submitted.Refused("admin", "task admin is refused: admins only"));
            assertThat(answers.get(1)).isEqualTo(new Submitted.Accepted("a"));
            assertThat(answers.get(2))
                    .isInstanceOfSatisfying(
                            Submitted.Refused.class,
                            refused -> assertThat(refused.why())
                                    .startsWith("task b is refused: 2 tasks wait, as many as the queue takes"));
            assertThat(answers.get(3)).isEqualTo(new Submitted.Known("known"));
            assertThat(answers.get(4)).isEqualTo(answers.get(0));
        }
    }

    @Test
    void waitsUntilThereIsRoom() {
        try (Hub hub = limited(1, WhenFull.BLOCK, DONE).executor(Runnable::run).build()) {
            hub.submit(task("a"));
            Submitter second = new Submitter(() -> hub.submit(task("b")).submitted());
            second.awaitWaiting();
            assertThat(hub.find("b")).isEmpty();

            hub.scheduler().runPending();

            assertThat(second.outcome()).isEqualTo(new Submitted.Accepted("b"));
        }
    }

    @Test
    void letsManyInAsTheRoomComes() {
        try (Hub hub = limited(3, WhenFull.BLOCK, DONE).build()) {
            hub.enableAutonomousMode();

            List<TaskHandle> handles = hub.submitAll(IntStream.range(0, 20)
                    .mapToObj(i -> Submission.of(task("t-" + i)))
                    .toList());

            assertThat(handles)
                    .allSatisfy(handle -> assertThat(handle.submitted()).isInstanceOf(Submitted.Accepted.class));
            await().until(() -> count(hub, TaskStatus.DONE) == 20);
        }
    }

    @Test
    void neverLetsMoreWaitThanTheLimitHoweverManySubmitAtOnce() throws Exception {
        AtomicReference<Hub> self = new AtomicReference<>();
        AtomicInteger most = new AtomicInteger();
        LambdaSkill looking = LambdaSkill.of("t", (task, context) -> {
            int waiting = (int) self.get().dashboard().queue().pending();
            most.accumulateAndGet(waiting, Math::max);
            return Result.success(null);
        });
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try (Hub hub = limited(5, WhenFull.BLOCK, looking).build()) {
            self.set(hub);
            hub.enableAutonomousMode();

            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String name = "t-" + i + "-";
                all.add(pool.submit(() -> IntStream.range(0, 40).forEach(n -> hub.submit(task(name + n)))));
            }
            for (Future<?> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }

            await().until(() -> count(hub, TaskStatus.DONE) == 320);
            assertThat(most.get()).isBetween(1, 5);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void endsTheWaitOfAThreadThatIsInterrupted() {
        try (Hub hub = limited(1, WhenFull.BLOCK).build()) {
            hub.submit(task("a"));
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Submitter second = new Submitter(() -> {
                try {
                    return hub.submit(task("b")).submitted();
                } finally {
                    flag.set(Thread.currentThread().isInterrupted());
                }
            });
            second.awaitWaiting();

            second.thread.interrupt();

            assertThatThrownBy(second::outcome)
                    .hasRootCauseInstanceOf(QueueFullException.class)
                    .hasRootCauseMessage("task b is refused: 1 tasks wait, as many as the queue takes, and the thread "
                            + "was interrupted while it waited for room; submit it again later, or raise queueLimit");
            assertThat(flag).hasValue(true);
        }
    }

    @Test
    void refusesTheRestOfManyIfTheThreadIsInterrupted() {
        try (Hub hub = limited(1, WhenFull.BLOCK).build()) {
            AtomicReference<List<TaskHandle>> handles = new AtomicReference<>(List.of());
            Submitter many = new Submitter(() -> {
                handles.set(hub.submitAll(List.of(Submission.of(task("a")), Submission.of(task("b")))));
                return null;
            });
            many.awaitWaiting();

            many.thread.interrupt();
            many.outcome();

            assertThat(handles.get())
                    .extracting(TaskHandle::submitted)
                    .satisfiesExactly(
                            first -> assertThat(first).isEqualTo(new Submitted.Accepted("a")),
                            second -> assertThat(second).isInstanceOf(Submitted.Refused.class));
        }
    }

    @Test
    void endsTheWaitWhenTheHubCloses() {
        Hub hub = limited(1, WhenFull.BLOCK).build();
        hub.submit(task("a"));
        Submitter second = new Submitter(() -> hub.submit(task("b")).submitted());
        second.awaitWaiting();

        hub.close();

        assertThatThrownBy(second::outcome)
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasStackTraceContaining("is closed; build another one");
    }

    @Test
    void rejectsWhatASkillSubmitsInsteadOfHoldingItsWorker() {
        AtomicReference<Hub> self = new AtomicReference<>();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        LambdaSkill submitting = LambdaSkill.of("t", (task, context) -> {
            self.get().submit(Task.of("nobody").id("fills").build());
            try {
                self.get().submit(Task.of("nobody").id("above").build());
            } catch (QueueFullException e) {
                thrown.set(e);
            }
            return Result.success(null);
        });
        try (Hub hub = limited(1, WhenFull.BLOCK, submitting).workers(1).build()) {
            self.set(hub);
            hub.enableAutonomousMode();
            hub.submit(task("a"));

            await().until(() -> count(hub, TaskStatus.DONE) == 1);

            assertThat(thrown.get()).hasMessageStartingWith("task above is refused: 1 tasks wait");
            assertThat(hub.find("above")).isEmpty();
        }
    }

    @Test
    void rejectsWhatAListenerSubmitsOnAThreadOfTheHub() {
        AtomicReference<Hub> self = new AtomicReference<>();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        HubListener listener = new HubListener() {
            @Override
            public void taskSettled(Completion completion) {
                try {
                    self.get().submit(task("c"));
                } catch (QueueFullException e) {
                    thrown.set(e);
                }
            }
        };
        try (Hub hub = limited(1, WhenFull.BLOCK, DONE).listener(listener).build()) {
            self.set(hub);
            hub.submit(task("fills"));

            hub.execute(task("a"));

            await().until(() -> thrown.get() != null);
            assertThat(hub.find("c")).isEmpty();
        }
    }

    @Test
    void letsInAboveTheLimitWhatTheHubQueuesItself() {
        LambdaSkill skill = LambdaSkill.of("t", (task, context) -> {
            IntStream.range(0, 3)
                    .forEach(i ->
                            context.submit(Task.of("nobody").id("next-" + i).build()));
            return Result.failure(Result.Reason.REFUSED, "no");
        });
        LambdaSkill other = LambdaSkill.of("u", (task, context) -> {
            IntStream.range(0, 3)
                    .forEach(i ->
                            context.submit(Task.of("nobody").id("next-" + i).build()));
            return Result.success(null);
        });
        try (Hub hub = limited(1, WhenFull.REJECT, skill, other)
                .executor(Runnable::run)
                .build()) {
            hub.submit(task("dead"));
            hub.scheduler().runPending();
            hub.submit(Task.of("u").id("good").build());
            hub.scheduler().runPending();

            assertThat(hub.requeue("dead")).isTrue();
            assertThat(hub.tasks(TaskQuery.waiting()).tasks())
                    .extracting(TaskState::id)
                    .contains("next-0", "next-1", "next-2", "dead");
        }
    }

    @Test
    void leavesAFileOfTheInboxAloneUntilThereIsRoom() throws IOException {
        try (Hub hub = limited(2, WhenFull.REJECT, DONE)
                .checkInterval(Duration.ofMillis(20))
                .build()) {
            hub.scheduler().pause();
            hub.submit(task("a"));
            hub.submit(task("b"));
            Files.createDirectories(queue(hub).getParent());
            QueueFile.write(queue(hub), tasks("f-", 5));
            hub.enableAutonomousMode();
            assertThat(hub.readInbox()).isEmpty();
            assertThat(queue(hub)).exists();

            hub.scheduler().resume();

            await().atMost(Duration.ofSeconds(30)).until(() -> count(hub, TaskStatus.DONE) == 7);
            await().until(() -> files(hub.home().resolve("tasks/imported")) == 1);
            assertThat(files(hub.home().resolve("tasks/rejected"))).isZero();
        }
    }

    @Test
    void goesOnWithAFileOfTheInboxWhereTheRoomHadEnded() throws IOException {
        List<String> done = new CopyOnWriteArrayList<>();
        LambdaSkill skill = LambdaSkill.of("t", (task, context) -> {
            done.add(task.id());
            return Result.success(null);
        });
        try (Hub hub = limited(2, WhenFull.BLOCK, skill).executor(Runnable::run).build()) {
            Files.createDirectories(queue(hub).getParent());
            QueueFile.write(queue(hub), tasks("f-", 5));

            for (int i = 0; i < 5 && done.size() < 5; i++) {
                hub.readInbox();
                hub.scheduler().runPending();
            }

            assertThat(done).containsExactly("f-0", "f-1", "f-2", "f-3", "f-4");
            hub.readInbox();
            assertThat(files(hub.home().resolve("tasks/imported"))).isEqualTo(1);
        }
    }

    @Test
    void stopsReadingAFileThatWaitsForRoomWhenAutonomousModeEnds() throws IOException {
        CountDownLatch hold = new CountDownLatch(1);
        LambdaSkill holding = LambdaSkill.of("t", (task, context) -> {
            hold.await();
            return Result.success(null);
        });
        try (Hub hub = limited(1, WhenFull.BLOCK, holding).workers(1).build()) {
            Files.createDirectories(queue(hub).getParent());
            QueueFile.write(queue(hub), tasks("f-", 4));
            hub.enableAutonomousMode();
            await().atMost(Duration.ofSeconds(30)).until(() -> hub.find("f-1").isPresent());

            hub.disableAutonomousMode();
            assertThat(hub.readInbox()).isEmpty();
            hold.countDown();
            hub.enableAutonomousMode();

            await().atMost(Duration.ofSeconds(30)).until(() -> count(hub, TaskStatus.DONE) == 4);
        }
    }

    @Test
    void needsRoomForOneTaskAtLeast() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hub.inMemory().queueLimit(0, WhenFull.BLOCK))
                .withMessage("queue limit is 0; it must be 1 or more");
    }

    private HubBuilder limited(int tasks, WhenFull whenFull, LambdaSkill... skills) {
        HubBuilder builder =
                Hub.at(folder.resolve("home")).discoverSkills(false).queueLimit(tasks, whenFull);
        Stream.of(skills).forEach(builder::skill);
        return builder;
    }

    private static Path queue(Hub hub) {
        return hub.home().resolve("tasks").resolve("queue.json");
    }

    private static List<Task> tasks(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> task(prefix + i)).toList();
    }

    private static Task task(String id) {
        return Task.of("t").id(id).build();
    }

    private static int count(Hub hub, TaskStatus status) {
        return hub.tasks(TaskQuery.all().status(status).max(1000)).tasks().size();
    }

    private static long files(Path where) throws IOException {
        if (!Files.isDirectory(where)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(where)) {
            return files.count();
        }
    }

    /** Submits on a thread of its own. */
    private final class Submitter {
        private final CompletableFuture<Submitted> done = new CompletableFuture<>();
        private final Thread thread;

        Submitter(Callable<Submitted> submit) {
            thread = new Thread(() -> {
                try {
                    done.complete(submit.call());
                } catch (Throwable t) {
                    done.completeExceptionally(t);
                }
            });
            submitters.add(thread);
            thread.start();
        }

        void awaitWaiting() {
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        }

        Submitted outcome() {
            return done.orTimeout(30, TimeUnit.SECONDS).join();
        }
    }
}
