package io.victorhub.testkit.process;

import io.victorhub.Completion;
import io.victorhub.Hub;
import io.victorhub.HubListener;
import io.victorhub.HubStatus;
import io.victorhub.LogRetention;
import io.victorhub.WhenFull;
import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A host that submits and works as fast as it can: {@code home, seconds, producers, seconds between two looks}. Says
 * {@code at <seconds> <settled> <bytes of heap in use after a collection> <bytes of the home>} at each look, and at the end
 * {@code done <acknowledged> <settled>}.
 */
final class SoakChild {

    static final long KEPT_BYTES = 256L << 20;

    private static final int MOST_WAITING = 2_000;

    private SoakChild() {}

    public static void main(String[] arguments) throws Exception {
        Parent.listen();
        Path home = Path.of(arguments[0]);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[1]));
        int producers = Integer.parseInt(arguments[2]);
        AtomicLong settled = new AtomicLong();
        AtomicLong acknowledged = new AtomicLong();
        try (Hub hub = Hub.at(home)
                .discoverSkills(false)
                .workers(8)
                .queueLimit(MOST_WAITING, WhenFull.BLOCK)
                .logRetention(LogRetention.FOREVER.bytes(KEPT_BYTES))
                .skill(new Echo())
                .listener(new HubListener() {
                    @Override
                    public void taskSettled(Completion completion) {
                        settled.incrementAndGet();
                    }
                })
                .build()) {
            hub.enableAutonomousMode();
            List<Thread> threads = new ArrayList<>();
            for (int producer = 0; producer < producers; producer++) {
                String prefix = "p" + producer + "-";
                threads.add(new Thread(() -> produce(hub, prefix, end, acknowledged)));
            }
            threads.forEach(Thread::start);
            look(home, end, Duration.ofSeconds(Long.parseLong(arguments[3])), settled);
            for (Thread thread : threads) {
                thread.join();
            }
            while (settled.get() < acknowledged.get() && hub.status() == HubStatus.ACTIVE) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        Parent.tell("done " + acknowledged + " " + settled);
    }

    private static void produce(Hub hub, String prefix, long end, AtomicLong acknowledged) {
        for (long i = 0; System.nanoTime() - end < 0; i++) {
            hub.submit(Task.of("echo")
                    .id(prefix + i)
                    .input("number", i)
                    .input("text", "a few words that a task would carry")
                    .build());
            acknowledged.incrementAndGet();
        }
    }

    private static void look(Path home, long end, Duration between, AtomicLong settled) throws Exception {
        long begin = System.nanoTime();
        for (long next = begin + between.toNanos(); next - end < 0; next += between.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            Parent.tell("at " + seconds + " " + settled + " " + (runtime.totalMemory() - runtime.freeMemory()) + " "
                    + bytes(home));
        }
    }

    private static long bytes(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.mapToLong(SoakChild::size).sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0; // gone meanwhile
        }
    }

    private static final class Echo implements Skill {
        @Override
        public SkillDescriptor descriptor() {
            return SkillDescriptor.of("echo").capability("echo").build();
        }

        @Override
        public Result execute(Task task, SkillContext context) {
            return Result.success(task.inputs().text("text"));
        }
    }
}
