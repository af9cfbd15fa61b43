package io.victorhub.scheduling.loop;

import static io.victorhub.scheduling.loop.LoopBench.skill;
import static io.victorhub.scheduling.loop.LoopBench.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.victorhub.spi.Result;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.testing.RecordingSkill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many tasks run at once. */
class LimitsTest {

    /** Counts what runs at once, and the most there was, by whatever it is asked to count by. */
    private static final class Counter {
        private final Map<String, AtomicInteger> now = new ConcurrentHashMap<>();
        private final Map<String, Integer> most = new ConcurrentHashMap<>();

        Result in(List<String> keys) {
            keys.forEach(key -> most.merge(
                    key, now.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet(), Math::max));
            Thread.yield();
            keys.forEach(key -> now.get(key).decrementAndGet());
            return Result.success(null);
        }

        int most(String key) {
            return most.getOrDefault(key, 0);
        }
    }

    /**
     * 8 workers, 2,000 tasks of three types in five lanes, three skills with limits of their own of which two serve more
     * than one type, and host threads that run tasks at once beside them.
     */
    @Test
    void noLimitIsEverExceeded() throws Exception {
        Counter counter = new Counter();
        try (LoopBench bench = LoopBench.options()
                .workers(8)
                .perType(Map.of("a", 3))
                .perLane(2)
                .perSkill(Map.of("one", 2, "two", 4))
                .open()) {
            for (RecordingSkill skill : List.of(
                    RecordingSkill.named("one", "a", "b"),
                    RecordingSkill.named("two", "b", "c"),
                    RecordingSkill.named("three", "a", "c"))) {
                bench.with(skill.doing((task, context) -> counter.in(List.of(
                        "all",
                        "type " + task.type(),
                        "lane " + task.type() + task.inputs().text("lane"),
                        "skill " + skill.descriptor().name()))));
            }
            bench.submit(IntStream.range(0, 2_000).mapToObj(LimitsTest::mixed).toArray(Submission[]::new));
            bench.loop.start();
            List<Thread> hosts = new ArrayList<>();
            for (int host = 0; host < 3; host++) {
                int first = 10_000 * (host + 1);
                hosts.add(new Thread(() -> IntStream.range(first, first + 100).forEach(i -> runNow(bench, mixed(i)))));
            }
            hosts.forEach(Thread::start);

            bench.awaitAllDoneInTime(2_000);
            for (Thread host : hosts) {
                host.join();
            }

            assertThat(counter.most("all")).isBetween(2, 8);
            assertThat(counter.most("type a")).isBetween(1, 3);
            assertThat(counter.most("skill one")).isBetween(1, 2);
            assertThat(counter.most("skill two")).isBetween(1, 4);
            for (String type : List.of("a", "b", "c")) {
                for (int lane = 0; lane < 5; lane++) {
                    assertThat(counter.most("lane " + type + lane)).isBetween(1, 2);
                }
            }
            assertThat(bench.loop.awaitDrained(0, Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void usesAllItsWorkers() throws Exception {
        CountDownLatch all = new CountDownLatch(4);
        try (LoopBench bench = LoopBench.workers(4)) {
            bench.with(skill().doing((task, context) -> {
                all.countDown();
                all.await();
                return Result.success(null);
            }));
            bench.submit("a", "b", "c", "d");

            bench.loop.start();

            bench.awaitAllDone(4);
        }
    }

    @Test
    void aSaturatedTypeDoesNotHoldUpOthers() {
        CountDownLatch end = new CountDownLatch(1);
        try (LoopBench bench =
                LoopBench.options().workers(3).perType(Map.of("t", 1)).open()) {
            RecordingSkill slow = skill().doing((task, context) -> {
                end.await();
                return Result.success(null);
            });
            RecordingSkill quick = RecordingSkill.named("u", "u");
            bench.with(slow, quick).submit("a", "b", "c").submit(task("d", "u").build());

            bench.loop.start();

            await().until(() -> quick.tasks().equals(List.of("d")));
            assertThat(slow.tasks()).hasSize(1);
            end.countDown();
            bench.awaitAllDone(4);
        }
    }

    /** The skill that could do the first task is full, while the type has room with another skill. */
    @Test
    void aTaskThatMustWaitForItsSkillDoesNotHoldUpOthersOfItsType() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (LoopBench bench = LoopBench.options().perSkill(Map.of("full", 1)).open()) {
            RecordingSkill full = RecordingSkill.named("full", "t").doing((task, context) -> {
                end.await();
                return Result.success(null);
            });
            RecordingSkill free =
                    RecordingSkill.named("free", "t").wanting(task -> task.id().startsWith("free"));
            bench.with(full, free)
                    .submit(
                            task("full-1").skill("full").build(),
                            task("full-2").skill("full").build());
            bench.loop.start();
            await().until(() -> full.tasks().size() == 1);
            bench.awaitAsleep();
            int looks = bench.store.looks();

            bench.submit("free-1");

            await().until(() -> free.tasks().equals(List.of("free-1")));
            assertThat(bench.store.looks() - looks).isLessThan(50); // it does not ask again and again
            end.countDown();
            await().until(() -> {
                bench.clock.advance(Duration.ofSeconds(1));
                bench.loop.runPending();
                return full.tasks().size() == 2;
            });
        }
    }

    @Test
    void manyTasksThatMustWaitForTheirSkillDoNotKeepTheLoopBusy() {
        CountDownLatch end = new CountDownLatch(1);
        try (LoopBench bench = LoopBench.options().perSkill(Map.of("full", 1)).open()) {
            bench.with(
                    RecordingSkill.named("full", "t").doing((task, context) -> {
                        end.await();
                        return Result.success(null);
                    }),
                    RecordingSkill.named("free", "t"));
            bench.submit(IntStream.range(0, 500)
                    .mapToObj(i -> task("task-" + i).skill("full").build())
                    .toArray(Submission[]::new));

            bench.loop.start();

            await().until(() -> bench.loop.running().size() == 1);
            bench.awaitAsleep();
            assertThat(bench.store.looks()).isLessThan(150);
            end.countDown();
        }
    }

    @Test
    void aPlaceThatASkillGivesBackIsUsedAtOnce() {
        try (LoopBench bench = LoopBench.options().perSkill(Map.of("s", 1)).open()) {
            RecordingSkill skill = RecordingSkill.named("s", "t", "u");
            bench.with(skill);
            bench.submit(IntStream.range(0, 200)
                    .mapToObj(i -> task("task-" + i, i % 2 == 0 ? "t" : "u").build())
                    .toArray(Submission[]::new));

            bench.loop.start();

            bench.awaitAllDoneInTime(200);
            assertThat(skill.mostAtOnce()).isOne();
        }
    }

    private static void runNow(LoopBench bench, Submission submission) {
        try {
            bench.loop.runNow(submission);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Submission mixed(int i) {
        String type = List.of("a", "b", "c").get(i % 3);
        String lane = Integer.toString(i % 5);
        return Submission.builder(
                        Task.of(type).id("task-" + i).input("lane", lane).build())
                .lane(lane)
                .build();
    }
}
