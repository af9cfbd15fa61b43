package io.victorhub.scheduling.loop;

import static io.victorhub.scheduling.loop.LoopBench.skill;
import static io.victorhub.scheduling.loop.LoopBench.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.StorageException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever fails and whenever: each task ends once, and no place is lost. */
class TurnProperties {

    private static final int TASKS = 300;

    /** What the store kept and failed to say so is not done again, and its place comes free. */
    @Property(tries = 5)
    void whateverTheStoreFailsAtEachTaskEndsOnceAndNoPlaceIsLost(@ForAll long seed) throws Exception {
        Random random = new Random(seed); // safe for use by several threads
        AtomicInteger troubles = new AtomicInteger(60);
        Runnable trouble = () -> {
            if (random.nextInt(6) == 0 && troubles.getAndDecrement() > 0) {
                throw random.nextBoolean()
                        ? new StorageException("for a test")
                        : new IllegalStateException("for a test");
            }
        };
        Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
        try (LoopBench bench = LoopBench.options().workers(6).open()) {
            bench.with(skill().doing((task, context) -> {
                calls.computeIfAbsent(task.id(), id -> new AtomicInteger()).incrementAndGet();
                return Result.success(null);
            }));
            bench.submit(tasks(TASKS));
            bench.store.beforeSettling(settlement -> trouble.run());
            bench.store.afterSettling(settlement -> trouble.run());

            bench.loop.start();

            bench.awaitAllDoneInTime(TASKS);
            assertThat(bench.loop.awaitDrained(0, Duration.ofSeconds(30))).isTrue();
            assertThat(bench.log()).hasSize(TASKS).extracting(LogEntry::taskId).doesNotHaveDuplicates();
            assertThat(calls)
                    .hasSize(TASKS)
                    .allSatisfy((id, times) -> assertThat(times).hasValue(1));
            await().until(() -> !bench.loop.isInTrouble());
        }
    }

    @Property(tries = 4)
    void whatTheExecutorRejectsIsDoneLater(@ForAll long seed, @ForAll boolean own) throws Exception {
        Random random = new Random(seed); // safe for use by several threads
        ExecutorService threads = Executors.newCachedThreadPool();
        Executor moody = work -> {
            int mood = random.nextInt(4);
            if (mood == 0) {
                throw new RejectedExecutionException("for a test");
            } else if (mood == 1) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            threads.execute(work);
        };
        LoopBench.Options options = LoopBench.options().workers(4);
        try (LoopBench bench = own
                ? options.ownThreads(pool -> moody).open()
                : options.executor(moody).open()) {
            bench.with(skill());
            bench.loop.start();
            for (Submission task : tasks(12)) {
                bench.submit(task);
            }

            bench.awaitAllDoneInTime(12);

            assertThat(bench.loop.awaitDrained(0, Duration.ofSeconds(30))).isTrue();
            assertThat(bench.log())
                    .hasSize(12)
                    .allMatch(entry -> bench.execution(entry.taskId()).attempt() == 1);
        } finally {
            threads.shutdown();
        }
    }

    private static Submission[] tasks(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> task("task-" + i).build())
                .toArray(Submission[]::new);
    }
}
