package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.victorhub.Health.Code;
import io.victorhub.Health.State;
import io.victorhub.scheduling.Pause;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Result;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.store.StoresOnFaultyDisks;
import io.victorhub.testing.FaultyDisk;
import io.victorhub.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each reason why a hub is not well, brought about. */
@Timeout(60)
class HealthTest {

    private static final LambdaSkill WORK = LambdaSkill.of("work", (task, context) -> Result.success(1));

    @TempDir
    private Path folder = Path.of("");

    private final SettableClock clock = new SettableClock();

    @Test
    void isUpWhereItWorksByItselfAndNothingIsWrong() {
        try (Hub hub = hub().build()) {
            hub.enableAutonomousMode();

            Health health = hub.health();

            assertThat(health.reasons()).isEmpty();
            assertThat(health.state()).isEqualTo(State.UP);
            assertThat(health.at()).isEqualTo(clock.instant());
            assertThat(health.toText()).isEqualTo("UP");
        }
    }

    @Test
    void isDegradedWhileItDoesNotWorkByItself() {
        try (Hub hub = hub().build()) {
            hub.enableAutonomousMode();
            hub.disableAutonomousMode();
            Instant since = clock.instant();
            clock.advance(Duration.ofMinutes(5));

            assertThat(codes(hub)).containsExactly(Code.NOT_AUTONOMOUS);
            assertThat(hub.health().reasons().get(0).since()).isEqualTo(since);
            assertThat(hub.health().state()).isEqualTo(State.DEGRADED);
        }
    }

    @Test
    void tellsWhyAndUntilWhenEverythingIsPaused() {
        try (Hub hub = hub().build()) {
            hub.enableAutonomousMode();
            hub.scheduler().pause("mail");
            assertThat(codes(hub)).isEmpty();

            hub.scheduler()
                    .pause(Pause.everything()
                            .until(clock.instant().plusSeconds(3600))
                            .because("stock-taking"));

            assertThat(hub.health().reason(Code.PAUSED).orElseThrow().sentence())
                    .isEqualTo(
                            "everything is paused until 2026-01-05T10:00:00Z (stock-taking); scheduler().resume() ends that");
            hub.scheduler().resume();
            assertThat(codes(hub)).isEmpty();
        }
    }

    @Test
    void isDownWhileTheStoreKeepsNothingAndKnowsSinceWhen() {
        UnreliableStore store = new UnreliableStore();
        try (Hub hub = hub().store(store).build()) {
            hub.enableAutonomousMode();
            store.fail("submit", () -> new StorageException("the disk is full"));
            store.fail("change", () -> new StorageException("the disk is full"));
            assertThatThrownBy(() -> hub.submit(task("a"))).isInstanceOf(StorageException.class);
            Instant since = clock.instant();
            clock.advance(Duration.ofMinutes(1));

            assertThat(hub.health().state()).isEqualTo(State.DOWN);
            assertThat(hub.health().reason(Code.STORAGE_TROUBLE).orElseThrow().since())
                    .isEqualTo(since);

            store.mend();
            await().until(() -> codes(hub).isEmpty());
        }
    }

    @Test
    void tellsThatTheDiskIsFullAndThatResultsAreKeptInTheReserve() throws InterruptedException {
        FaultyDisk disk = new FaultyDisk(new Random(1));
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch ends = new CountDownLatch(1);
        LambdaSkill slow = LambdaSkill.of("slow", (task, context) -> {
            began.countDown();
            ends.await();
            return Result.success("x".repeat(500_000));
        });
        try (Hub hub = hub().store(new StoresOnFaultyDisks(disk)).skill(slow).build()) {
            hub.enableAutonomousMode();
            TaskHandle task = hub.submit(Task.of("slow").build());
            began.await();
            disk.leaveRoomFor(0);
            assertThatThrownBy(() -> fill(hub)).isInstanceOf(StorageException.class);
            assertThat(codes(hub)).containsExactly(Code.STORAGE_TROUBLE);
            ends.countDown();
            await().until(() -> task.state().orElseThrow().status() == TaskStatus.DONE);

            Health health = hub.health();

            assertThat(health.reason(Code.DISK_FULL).orElseThrow().sentence()).contains("make room on it");
            disk.makeRoom();
            await().ignoreExceptionsInstanceOf(StorageException.class)
                    .until(() -> hub.submit(task("again")).submitted() != null);
            await().until(() -> codes(hub).isEmpty());
        }
    }

    /** What was written ahead is used up first. */
    private static void fill(Hub hub) {
        for (int i = 0; i < 100; i++) {
            hub.submit(Task.of("work").description("x".repeat(500_000)).build());
        }
    }

    @Test
    void tellsThatTheDiskIsBrokenForGood() {
        FaultyDisk disk = new FaultyDisk(new Random(1));
        try (Hub hub = hub().store(new StoresOnFaultyDisks(disk)).build()) {
            hub.enableAutonomousMode();
            disk.failAlways(FaultyDisk.Operation.FORCE);
            assertThatThrownBy(() -> hub.submit(task("a"))).isInstanceOf(StorageException.class);

            assertThat(hub.health().state()).isEqualTo(State.DOWN);
            assertThat(codes(hub)).containsExactly(Code.STORAGE_BROKEN);
            assertThat(hub.health().reasons().get(0).sentence()).contains("until the hub is opened again");
            disk.heal();
            assertThat(codes(hub)).containsExactly(Code.STORAGE_BROKEN);
        }
    }

    @Test
    void tellsOfThreadsThatAreLostAndOfTheSkillThatGetsNoMoreTasks() {
        AtomicBoolean goOn = new AtomicBoolean(true);
        LambdaSkill stubborn = LambdaSkill.of("stubborn", (task, context) -> {
            while (goOn.get()) {
                LockSupport.parkNanos(1_000_000);
            }
            return Result.success(1);
        });
        try (Hub hub = hub().skill(stubborn)
                .timeLimit(Duration.ofMillis(20))
                .stuckAfter(Duration.ofMillis(20))
                .retry(RetryPolicy.never())
                .build()) {
            hub.enableAutonomousMode();
            hub.submitAll(IntStream.range(0, 3)
                    .mapToObj(i -> Submission.of(Task.of("stubborn").build()))
                    .toList());
            await().until(() -> hub.scheduler().stuckThreads() == 3);

            assertThat(hub.health().reason(Code.THREADS_STUCK).orElseThrow().sentence())
                    .startsWith("3 threads are lost");
            assertThat(hub.health().reason(Code.SKILL_BROKEN).orElseThrow().subject())
                    .isEqualTo("stubborn");
            goOn.set(false);
            await().until(() -> codes(hub).isEmpty());
        } finally {
            goOn.set(false);
        }
    }

    @Test
    void tellsThatAllWorkersAreAtTheSameAttemptsForLongWhileOthersWait() throws InterruptedException {
        CountDownLatch began = new CountDownLatch(2);
        CountDownLatch ends = new CountDownLatch(1);
        LambdaSkill slow = LambdaSkill.of("slow", (task, context) -> {
            began.countDown();
            ends.await();
            return Result.success(1);
        });
        try (Hub hub = hub().skill(slow).workers(2).build()) {
            hub.enableAutonomousMode();
            hub.submitAll(List.of(
                    Submission.of(Task.of("slow").build()),
                    Submission.of(Task.of("slow").build())));
            began.await();
            Instant since = clock.instant();
            clock.advance(Duration.ofMinutes(11));
            assertThat(codes(hub)).isEmpty();

            hub.submit(task("waits"));

            assertThat(hub.health().reason(Code.WORKERS_BUSY).orElseThrow().since())
                    .isEqualTo(since);
        } finally {
            ends.countDown();
        }
    }

    @Test
    void tellsOfTypesThatNobodyServes() {
        try (Hub hub = hub().build()) {
            hub.enableAutonomousMode();
            hub.submit(Task.of("unknown").build());
            await().until(() -> !codes(hub).isEmpty());

            Health.Reason reason = hub.health().reason(Code.WAITING_FOR_SKILL).orElseThrow();

            assertThat(reason.subject()).isEqualTo("unknown");
            assertThat(reason.sentence()).startsWith("tasks of type unknown wait: ");
        }
    }

    @Test
    void tellsOfAJarThatIsKeptOut() throws IOException {
        Path skills = Files.createDirectories(folder.resolve("skills"));
        Files.writeString(skills.resolve("broken.jar"), "this is no jar");
        try (Hub hub = Hub.at(folder).discoverSkills(false).clock(clock).build()) {
            hub.enableAutonomousMode();
            await().until(() -> !codes(hub).isEmpty());

            Health.Reason reason = hub.health().reason(Code.SKILL_REFUSED).orElseThrow();

            assertThat(reason.sentence()).contains("broken.jar");
            assertThat(reason.since()).isEqualTo(clock.instant());
        }
    }

    @Test
    void tellsThatTasksDieFasterThanTheyShould() {
        LambdaSkill fails = LambdaSkill.of("fails", (task, context) -> Result.failure(Reason.INVALID_INPUT, "no"));
        try (Hub hub = hub().skill(fails)
                .healthLimits(HealthLimits.DEFAULT.deadLetters(3, Duration.ofMinutes(10)))
                .build()) {
            hub.enableAutonomousMode();
            die(hub, 2);
            assertThat(codes(hub)).isEmpty();

            die(hub, 1);
            await().until(() -> codes(hub).equals(List.of(Code.DEAD_LETTERS)));
            clock.advance(Duration.ofMinutes(11));
            assertThat(codes(hub)).isEmpty();

            die(hub, 2);
            assertThat(codes(hub)).isEmpty();
        }
    }

    private static void die(Hub hub, int tasks) {
        for (int i = 0; i < tasks; i++) {
            TaskHandle task = hub.submit(Task.of("fails").build());
            task.completion().toCompletableFuture().join();
        }
    }

    @Test
    void tellsWhatTheInboxIsInTroubleWith() throws IOException {
        Files.createDirectories(folder.resolve("tasks/queue.json")); // a folder where the file should be
        try (Hub hub = Hub.at(folder).discoverSkills(false).clock(clock).build()) {
            hub.enableAutonomousMode();

            await().until(() -> codes(hub).contains(Code.INBOX_TROUBLE));

            assertThat(hub.health().reason(Code.INBOX_TROUBLE).orElseThrow().sentence())
                    .contains("queue.json");
        }
    }

    @Test
    void tellsThatLearningIsBehind() throws InterruptedException {
        CountDownLatch learning = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        HubListener slow = new HubListener() {
            @Override
            public void taskSettled(Completion completion) {
                learning.countDown();
                try {
                    goesOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        try (Hub hub = hub().listener(slow)
                .healthLimits(HealthLimits.DEFAULT.learningBehind(5))
                .build()) {
            hub.enableAutonomousMode();
            hub.submit(task("first"));
            learning.await();

            hub.submitAll(IntStream.range(0, 20)
                    .mapToObj(i -> Submission.of(task("t-" + i)))
                    .toList());

            await().until(() -> codes(hub).contains(Code.LEARNING_BEHIND));
            goesOn.countDown();
            await().until(() -> codes(hub).isEmpty());
        } finally {
            goesOn.countDown();
        }
    }

    @Test
    void tellsThatTheClockDoesNotTellTheTime() {
        AtomicBoolean broken = new AtomicBoolean();
        InstantSource unreliable = () -> {
            if (broken.get()) {
                throw new IllegalStateException("no time");
            }
            return clock.instant();
        };
        try (Hub hub = Hub.inMemory().discoverSkills(false).clock(unreliable).build()) {
            hub.enableAutonomousMode();
            broken.set(true);

            assertThat(codes(hub)).containsExactly(Code.CLOCK_TROUBLE);
            broken.set(false);
            assertThat(codes(hub)).isEmpty();
        }
    }

    @Test
    void answersWhileItClosesAndAfterwards() {
        AtomicReference<Health> whileClosing = new AtomicReference<>();
        HubBuilder builder = hub();
        AtomicReference<Hub> itself = new AtomicReference<>();
        builder.listener(new HubListener() {
            @Override
            public void statusChanged(HubStatus before, HubStatus now) {
                Hub hub = itself.get();
                if (now == HubStatus.STOPPING && hub != null) {
                    whileClosing.set(hub.health());
                }
            }
        });
        Hub hub = builder.build();
        itself.set(hub);

        hub.close();

        assertThat(whileClosing.get().state()).isEqualTo(State.DOWN);
        assertThat(codes(hub)).containsExactly(Code.CLOSED);
        assertThat(Code.CLOSED.text()).isEqualTo("closed");
        assertThat(Code.WAITING_FOR_SKILL.text()).isEqualTo("waiting-for-skill");
    }

    @Test
    void refusesLimitsOfNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HealthLimits.DEFAULT.deadLetters(0, Duration.ofMinutes(1)))
                .withMessage("the limit of dead letters is 0; it must be 1..100000");
        assertThatIllegalArgumentException().isThrownBy(() -> HealthLimits.DEFAULT.learningBehind(0));
        assertThatIllegalArgumentException().isThrownBy(() -> HealthLimits.DEFAULT.busyFor(Duration.ofSeconds(-1)));
    }

    private HubBuilder hub() {
        return Hub.inMemory().discoverSkills(false).skill(WORK).clock(clock).drainTimeout(Duration.ZERO);
    }

    private static List<Code> codes(Hub hub) {
        return hub.health().reasons().stream().map(Health.Reason::code).toList();
    }

    private static Task task(String id) {
        return Task.of("work").id(id).build();
    }
}
