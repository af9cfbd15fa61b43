package io.victorhub.scheduling.loop;

import static io.victorhub.scheduling.loop.LoopBench.skill;
import static io.victorhub.scheduling.loop.LoopBench.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.victorhub.scheduling.Pause;
import io.victorhub.scheduling.RateLimit;
import io.victorhub.spi.Result;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.testing.RecordingSkill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How workers go from one task to the next, several at once, and what goes wrong meanwhile. */
class TurnTest {

    private static final int TASKS = 300;

    @Test
    void aWorkerGoesOnInItsThreadForAsLongAsThereIsWork() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(skill().doing((task, context) -> {
                threads.add(Thread.currentThread());
                return Result.success(null);
            }));
            bench.submit(tasks(TASKS));

            bench.loop.start();

            bench.awaitAllDone(TASKS);
            assertThat(threads).hasSize(1);
        }
    }

    /** While one waits for the store, three others end: the store is asked once for all three. */
    @Test
    void whatEndsWhileTheStoreIsBusyIsSettledTogether() {
        try (Crowd crowd = new Crowd()) {
            crowd.awaitOneSettlingAndThreeWaiting();

            crowd.letGo();

            crowd.bench.awaitAllDone(4);
            assertThat(crowd.bench.store.batches()).containsExactly(1, 3);
        }
    }

    /** The others of its batch do not wait for it, and are not settled twice. */
    @Test
    void oneThatTheStoreChokesOnKeepsNoOtherFromBeingKept() throws Exception {
        AtomicBoolean choking = new AtomicBoolean(true);
        AtomicReference<String> poison = new AtomicReference<>();
        try (Crowd crowd = new Crowd()) {
            crowd.awaitOneSettlingAndThreeWaiting();
            crowd.before = settlement -> {
                poison.compareAndSet(null, settlement.lease().taskId());
                if (choking.get() && settlement.lease().taskId().equals(poison.get())) {
                    throw new IllegalArgumentException("for a test");
                }
            };

            crowd.letGo();

            crowd.bench.awaitAllDone(3);
            assertThat(crowd.bench.status(poison.get())).isEqualTo(TaskStatus.RUNNING);
            choking.set(false);
            crowd.bench.awaitAllDone(4);
            assertThat(crowd.bench.loop.awaitDrained(0, Duration.ofSeconds(10))).isTrue();
            assertThat(crowd.bench.events.settled).containsExactlyInAnyOrder("a", "b", "c", "d");
            assertThat(crowd.bench.log()).hasSize(4);
        }
    }

    @Test
    void storageTroubleInTheMiddleOfABatchLosesNothing() throws Exception {
        try (Crowd crowd = new Crowd()) {
            crowd.awaitOneSettlingAndThreeWaiting();
            crowd.bench.store.settleFails(true);

            crowd.letGo();

            await().until(() -> crowd.bench.store.failures() >= 4); // together, and one by one
            assertThat(crowd.bench.loop.isInTrouble()).isTrue();
            crowd.bench.store.settleFails(false);
            crowd.bench.awaitAllDone(4);
            assertThat(crowd.bench.loop.awaitDrained(0, Duration.ofSeconds(10))).isTrue();
            await().until(() -> crowd.bench.events.storage.equals(List.of("trouble", "well")));
            assertThat(crowd.bench.log()).hasSize(4);
        }
    }

    /** Here the clock fails; it could be memory. */
    @Test
    void whatWasLeasedBeforeATurnBrokeGoesBackToTheQueue() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        AtomicReference<LoopBench> opened = new AtomicReference<>();
        Map<String, RateLimit> anyNumber = Map.of("t", new RateLimit(1_000, Duration.ofSeconds(1)));
        try (LoopBench bench = LoopBench.options()
                .rates(anyNumber)
                .clock(() -> {
                    if (broken.get()) {
                        throw new IllegalStateException("for a test");
                    }
                    LoopBench running = opened.get();
                    return running == null ? Instant.parse("2026-01-05T09:00:00Z") : running.clock.instant();
                })
                .open()) {
            opened.set(bench);
            bench.with(skill());
            bench.clock.advance(Duration.ofHours(1));
            bench.store.afterLeasing(() -> broken.set(true));
            bench.store.beforeSettling(settlement -> {
                bench.store.afterLeasing(() -> {});
                broken.set(false);
            });
            bench.submit("a", "b");

            bench.loop.start();

            bench.awaitAllDone(2);
            assertThat(bench.log())
                    .hasSize(2)
                    .allMatch(entry -> bench.execution(entry.taskId()).attempt() == 1);
            assertThat(bench.loop.awaitDrained(0, Duration.ofSeconds(10))).isTrue();
        }
    }

    /** 100 tasks or 10 milliseconds: others who use the executor get their turn. */
    @Test
    void givesAThreadOfTheHostsBackEveryNowAndThen() {
        Map<Integer, AtomicInteger> tasksOfRun = new ConcurrentHashMap<>();
        AtomicInteger runs = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        ThreadLocal<Integer> run = new ThreadLocal<>();
        Executor counting = work -> threads.execute(() -> {
            run.set(runs.incrementAndGet());
            work.run();
        });
        try (LoopBench bench = LoopBench.options().workers(2).executor(counting).open()) {
            bench.with(skill().doing((task, context) -> {
                tasksOfRun
                        .computeIfAbsent(run.get(), number -> new AtomicInteger())
                        .incrementAndGet();
                return Result.success(null);
            }));
            bench.submit(tasks(1_000));

            bench.loop.start();

            bench.awaitAllDone(1_000);
            assertThat(tasksOfRun.values())
                    .allSatisfy(tasks -> assertThat(tasks.get()).isBetween(1, 100));
            assertThat(runs.get()).isBetween(10, 900);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void goesOnByItselfOnlyWhereTheLoopDoes() {
        ConcurrentLinkedQueue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
        try (LoopBench bench =
                LoopBench.options().workers(1).executor(handedOver::add).open()) {
            RecordingSkill skill = skill();
            bench.with(skill).submit("a", "b");

            assertThat(bench.loop.runPending()).isOne();
            handedOver.remove().run();

            assertThat(skill.tasks()).containsExactly("a");
            assertThat(bench.status("b")).isEqualTo(TaskStatus.READY);
        }
    }

    /** Their order would not be that of their ranks: what was leased with the first waits for this very thread. */
    @Test
    void anExecutorThatRunsAtOnceKeepsTheOrder() {
        try (LoopBench bench = LoopBench.options().workers(3).inThisThread().open()) {
            RecordingSkill skill = skill();
            bench.with(skill).submit(tasks(10));

            bench.loop.start();

            bench.awaitAllDone(10);
            assertThat(skill.tasks())
                    .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "task-" + i).toList());
        }
    }

    @Test
    void whoStopsLeasingLetsTheWorkersEnd() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(skill().doing((task, context) -> {
                begun.countDown();
                end.await();
                return Result.success(null);
            }));
            bench.submit("a", "b");
            bench.loop.start();
            begun.await();

            bench.loop.stopLeasing();
            end.countDown();

            assertThat(bench.loop.awaitDrained(0, Duration.ofSeconds(10))).isTrue();
            assertThat(bench.status("a")).isEqualTo(TaskStatus.DONE);
            assertThat(bench.status("b")).isEqualTo(TaskStatus.READY);
        }
    }

    @Test
    void whatMayBeLeasedAgainWhileTheLastWorkerEndsIsNotForgotten() {
        mayBeLeasedAgainMeanwhile(WorkLoop::stopLeasing, WorkLoop::start);
        mayBeLeasedAgainMeanwhile(loop -> loop.pause(Pause.of("t")), loop -> loop.resume("t"));
        mayBeLeasedAgainMeanwhile(loop -> loop.pause(Pause.everything()), WorkLoop::resume);
    }

    /** The loop's own thread finds all places taken, and the turn that gives one back was not allowed to lease. */
    private static void mayBeLeasedAgainMeanwhile(Consumer<WorkLoop> not, Consumer<WorkLoop> again) {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch settled = new CountDownLatch(1);
        try (LoopBench bench = LoopBench.workers(1)) {
            bench.with(skill().doing((task, context) -> {
                end.await();
                return Result.success(null);
            }));
            bench.store.beforeSettling(settlement -> awaitQuietly(settled));
            bench.submit("a", "b");
            bench.loop.start();
            bench.awaitStatus("a", TaskStatus.RUNNING);
            not.accept(bench.loop);
            end.countDown();
            await().until(() -> bench.store.batches().size() == 1);

            int turns = bench.events.turns.get();
            again.accept(bench.loop);
            await().until(() -> bench.events.turns.get() > turns);
            bench.awaitSchedulerAsleep();
            settled.countDown();

            bench.awaitAllDone(2);
        } finally {
            settled.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Producers and workers at full speed: a wake that is lost would leave the last tasks where they are. */
    @Test
    void noTaskIsForgottenHoweverItComes() throws Exception {
        for (boolean own : List.of(true, false)) {
            ExecutorService threads = Executors.newCachedThreadPool();
            LoopBench.Options options = LoopBench.options().workers(3);
            try (LoopBench bench =
                    own ? options.open() : options.executor(threads).open()) {
                bench.with(skill());
                bench.loop.start();
                List<Thread> producers = new ArrayList<>();
                for (int producer = 0; producer < 4; producer++) {
                    int number = producer;
                    Thread thread = new Thread(() -> {
                        for (int i = 0; i < 500; i++) {
                            bench.submit(task(number + "-" + i).build());
                            if (i % 50 == 0) {
                                bench.awaitStatus(number + "-" + i, TaskStatus.DONE);
                            }
                        }
                    });
                    thread.start();
                    producers.add(thread);
                }
                for (Thread producer : producers) {
                    producer.join();
                }

                bench.awaitAllDone(2_000);
                assertThat(bench.loop.awaitDrained(0, Duration.ofSeconds(10))).isTrue();
            } finally {
                threads.shutdown();
            }
        }
    }

    private static Submission[] tasks(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> task("task-" + i).build())
                .toArray(Submission[]::new);
    }

    /** Four workers whose tasks end at once. The first to settle is held up in the store. */
    private static final class Crowd implements AutoCloseable {
        final LoopBench bench = LoopBench.workers(4);
        volatile Consumer<Settlement> before = settlement -> {};
        private final CountDownLatch all = new CountDownLatch(4);
        private final CountDownLatch letGo = new CountDownLatch(1);

        Crowd() {
            bench.with(skill().doing((task, context) -> {
                all.countDown();
                all.await();
                return Result.success(null);
            }));
            bench.store.beforeSettling(settlement -> {
                awaitQuietly(letGo);
                before.accept(settlement);
            });
            bench.submit("a", "b", "c", "d");
            bench.loop.start();
        }

        void awaitOneSettlingAndThreeWaiting() {
            await().until(() -> bench.store.batches().size() == 1);
            bench.awaitAsleep();
        }

        void letGo() {
            letGo.countDown();
        }

        @Override
        public void close() {
            bench.close();
        }
    }
}
