package io.victorhub.scheduling.loop;

import static io.victorhub.scheduling.loop.LoopBench.skill;
import static io.victorhub.scheduling.loop.LoopBench.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.testing.RecordingSkill;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.Mockito;

/** A store that keeps nothing for a while, listeners that throw, and nothing to do. */
@Timeout(60)
class TroubleTest {

    @Test
    void keepsResultsUntilTheStoreTakesThem() {
        try (LoopBench bench = LoopBench.workers(2)) {
            RecordingSkill skill = skill();
            bench.with(skill).submit("a", "b");
            bench.store.settleFails(true);
            bench.loop.start();
            await().until(() -> bench.store.failures() >= 4);
            assertThat(bench.loop.isInTrouble()).isTrue();
            assertThat(bench.status("a")).isEqualTo(TaskStatus.RUNNING);

            bench.store.settleFails(false);

            bench.awaitAllDone(2);
            await().until(() -> bench.events.storage.equals(List.of("trouble", "well")));
            assertThat(bench.loop.isInTrouble()).isFalse();
            assertThat(skill.tasks()).containsExactlyInAnyOrder("a", "b");
            assertThat(bench.events.settled).containsExactlyInAnyOrder("a", "b");
        }
    }

    /** Looking for work succeeds, but that says nothing of whether anything can be kept. */
    @Test
    void tellsOfTroubleOnceForAsLongAsAResultWaits() {
        try (LoopBench bench = LoopBench.workers(2)) {
            bench.with(skill()).submit("a");
            bench.store.settleFails(true);
            bench.loop.start();
            await().until(() -> bench.store.failures() >= 1);
            int looks = bench.store.looks();

            bench.loop.skillsChanged();
            await().until(() -> bench.store.looks() > looks && bench.store.failures() >= 3);

            assertThat(bench.events.storage).containsExactly("trouble");
            bench.store.settleFails(false);
            await().until(() -> bench.events.storage.size() == 2);
        }
    }

    @Test
    void goesOnWhenNothingCouldBeLeasedForAWhile() {
        try (LoopBench bench = LoopBench.workers(2)) {
            bench.with(skill()).submit("a");
            bench.store.leaseFails(true);
            bench.loop.start();
            await().until(() -> bench.store.failures() >= 1);

            bench.store.leaseFails(false);

            bench.awaitStatus("a", TaskStatus.DONE);
            await().until(() -> bench.events.storage.equals(List.of("trouble", "well")));
        }
    }

    @Test
    void leavesAResultForTheNextStartWhenItStopsInTrouble() throws Exception {
        try (LoopBench bench = LoopBench.inThisThread()) {
            bench.with(skill()).submit("a");
            bench.store.settleFails(true);
            bench.loop.runPending();
            assertThat(bench.loop.awaitDrained(0, Duration.ZERO)).isFalse();

            bench.loop.stop();

            assertThat(bench.loop.awaitDrained(0, Duration.ofSeconds(30))).isTrue();
            assertThat(bench.status("a")).isEqualTo(TaskStatus.RUNNING);
        }
    }

    /** Otherwise its task would stay leased, and its place taken, for as long as the process lives. */
    @Test
    void buriesATaskWhoseResultNoStoreCanKeep() throws Exception {
        try (LoopBench bench = LoopBench.inThisThread()) {
            bench.with(skill()).submit("a");
            bench.store.beforeSettling(settlement -> {
                if (settlement.entry().filter(Execution.class::isInstance).isPresent()) {
                    throw new IllegalArgumentException("no JSON");
                }
            });

            bench.loop.runPending();

            bench.awaitStatus("a", TaskStatus.DEAD);
            assertThat(bench.log()).singleElement().isInstanceOfSatisfying(Closed.class, closed -> {
                assertThat(closed.reason()).isEqualTo(Reason.RESOURCE);
                assertThat(closed.message()).isEqualTo("its result cannot be kept: java.lang.IllegalArgumentException");
            });
            assertThat(bench.loop.awaitDrained(0, Duration.ofSeconds(10))).isTrue();
            await().until(() -> bench.events.settled.equals(List.of("a")));
        }
    }

    @Test
    void keepsAResultThroughATroubleOfTheMachine() {
        AtomicInteger times = new AtomicInteger();
        try (LoopBench bench = LoopBench.inThisThread()) {
            bench.with(skill()).submit("a");
            bench.store.beforeSettling(settlement -> {
                if (times.incrementAndGet() < 3) {
                    throw new OutOfMemoryError("for a test");
                }
            });

            bench.loop.runPending();

            bench.awaitStatus("a", TaskStatus.DONE);
            assertThat(bench.execution("a").output()).isEqualTo("done");
        }
    }

    @Test
    void aListenerThatThrowsBreaksNothing() {
        LoopEvents throwing = Mockito.mock(LoopEvents.class, call -> {
            throw new IllegalStateException("for a test");
        });
        try (LoopBench bench = LoopBench.options().events(throwing).workers(2).open()) {
            bench.store.settleFails(true);
            bench.with(skill()).submit("a", "b").submit(task("c", "u").build());
            bench.loop.start();
            await().until(() -> bench.store.failures() > 0);
            bench.store.settleFails(false);

            bench.awaitAllDone(2);

            Mockito.verify(throwing, Mockito.times(2)).started(Mockito.any());
            Mockito.verify(throwing).storageTrouble(Mockito.any(StorageException.class));
            Mockito.verify(throwing, Mockito.timeout(10_000)).storageWell();
            Mockito.verify(throwing, Mockito.timeout(10_000)).waitingForSkill("u", "no skill serves type u");
            Mockito.verify(throwing, Mockito.timeout(10_000).times(2))
                    .settled(Mockito.any(), Mockito.any(), Mockito.any());
        }
    }

    @Test
    void anIdleLoopDoesNotLookForWork() {
        try (LoopBench bench = LoopBench.workers(2)) {
            bench.with(skill());
            bench.loop.start();
            bench.submit("a");
            bench.awaitStatus("a", TaskStatus.DONE);
            bench.awaitAsleep();

            assertThat(bench.store.looks()).isLessThanOrEqualTo(12); // a few for each of its steps
        }
    }

    @Test
    void looksAFewTimesForEachTask() {
        try (LoopBench bench = LoopBench.workers(2)) {
            bench.with(skill());
            bench.loop.start();

            for (int i = 0; i < 200; i++) {
                bench.submit("task-" + i);
            }
            bench.awaitAllDone(200);
            bench.awaitAsleep();

            assertThat(bench.store.looks()).isLessThan(200 * 6 + 20);
        }
    }

    @Test
    void aTypeThatWaitsForASkillCostsNothing() {
        try (LoopBench bench = LoopBench.workers(2)) {
            bench.loop.start();
            for (int i = 0; i < 50; i++) {
                bench.submit("task-" + i);
            }
            await().until(() -> bench.events.waiting.size() == 1);
            bench.awaitAsleep();
            int looks = bench.store.looks();
            assertThat(looks).isLessThan(50 * 3 + 20);

            bench.with(skill());

            bench.awaitAllDone(50);
        }
    }

    @Test
    void startsAndStopsLeasingByItselfAsToldAndRunsAtOnceWhatComes() throws Exception {
        try (LoopBench bench = LoopBench.workers(2)) {
            bench.with(skill());
            bench.loop.start();
            assertThat(bench.loop.isLeasing()).isTrue();
            bench.submit("a");
            bench.awaitStatus("a", TaskStatus.DONE);

            bench.loop.stopLeasing();
            bench.awaitAsleep();
            bench.submit("b");
            assertThat(bench.status("b")).isEqualTo(TaskStatus.READY);
            bench.loop.start();

            bench.awaitStatus("b", TaskStatus.DONE);
        }
    }

    @Test
    void wakesForWhatIsResumedAndForWhatASkillCameFor() {
        try (LoopBench bench = LoopBench.workers(2)) {
            bench.loop.pause();
            bench.loop.pause("t");
            bench.submit("a");
            bench.loop.start();
            bench.awaitAsleep();

            bench.loop.resume();
            bench.awaitAsleep();
            bench.loop.resume("t");
            await().until(() -> bench.loop.waitingForSkill().containsKey("t"));
            bench.awaitAsleep();
            bench.with(skill());

            bench.awaitStatus("a", TaskStatus.DONE);
        }
    }

    @Test
    void looksAgainByItselfForTasksThatWaitedTooLongForASkill() {
        try (LoopBench bench =
                LoopBench.options().skillWait(Duration.ofMillis(20)).open()) {
            bench.submit("a");
            bench.loop.start();
            await().until(() -> bench.events.waiting.size() == 1);

            bench.clock.advance(Duration.ofSeconds(1));

            bench.awaitStatus("a", TaskStatus.DEAD);
            assertThat(bench.events.waiting).hasSize(1);
        }
    }

    @Test
    void needsAStoreThatAnswersToPause() {
        try (LoopBench bench = LoopBench.inThisThread()) {
            assertThatThrownBy(() -> bench.loop.pause("*"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'*'");
        }
    }

    @Test
    void aWorkerThatDiesOfASkillIsReplaced() throws Exception {
        CountDownLatch ran = new CountDownLatch(20);
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(skill().doing((task, context) -> {
                ran.countDown();
                throw new ThreadDeath();
            }));
            for (int i = 0; i < 20; i++) {
                bench.submit(task("task-" + i).maxAttempts(1).build());
            }

            bench.loop.start();

            ran.await();
            await().until(() -> bench.events.settled.size() == 20);
            assertThat(bench.execution("task-19").trouble().map(Execution.Trouble::reason))
                    .contains(Reason.SKILL_ERROR);
        }
    }
}
