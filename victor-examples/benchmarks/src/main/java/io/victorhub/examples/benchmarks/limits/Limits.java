package io.victorhub.examples.benchmarks.limits;

import io.victorhub.examples.benchmarks.Contestant;
import io.victorhub.examples.benchmarks.Latencies;
import io.victorhub.examples.benchmarks.Payload;
import io.victorhub.examples.benchmarks.Run;
import io.victorhub.examples.benchmarks.Settings;
import io.victorhub.examples.benchmarks.Start;
import io.victorhub.examples.benchmarks.Tally;
import io.victorhub.examples.benchmarks.Unit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The limits as contestants. */
public final class Limits {

    private static final String SECTION = "limits";
    private static final int MANY = 1_000;
    private static final int MOST_TIMES = 1 << 20;

    private Limits() {}

    /** {@return one thread that writes and forces, record by record} */
    public static Contestant force() {
        return Contestant.of(SECTION, "force")
                .row("bare write + `force(false)` of 270 bytes, 1 thread", Unit.PER_SECOND)
                .row("p50", "the same, median of one", Unit.MICROSECONDS)
                .row("p99", "the same, 99th percentile", Unit.MICROSECONDS)
                .measure(run -> {
                    try (RecordFile file = new RecordFile(run.home())) {
                        force(run, file);
                    }
                });
    }

    /** {@return the same in a file that has its size already} */
    public static Contestant forceAllocated() {
        return Contestant.of(SECTION, "force-allocated")
                .row("for comparison: the bare write + force in a file that has its size already", Unit.PER_SECOND)
                .row("p50", "the same, median of one", Unit.MICROSECONDS)
                .row("p99", "the same, 99th percentile", Unit.MICROSECONDS)
                .measure(run -> {
                    try (RecordFile file = RecordFile.allocated(run.home())) {
                        force(run, file);
                    }
                });
    }

    /** {@return threads that commit together} */
    public static Contestant ceiling(int threads) {
        return Contestant.of(SECTION, "ceiling-" + threads)
                .row("bare group commit of 270 bytes, " + threads + " threads (ceiling)", Unit.PER_SECOND)
                .measure(run -> {
                    try (RecordFile file = new RecordFile(run.home())) {
                        ceiling(run, file, threads);
                    }
                });
    }

    /** {@return the same in a file that has its size already} */
    public static Contestant ceilingAllocated(int threads) {
        return Contestant.of(SECTION, "ceiling-" + threads + "-allocated")
                .row(
                        "for comparison: the ceiling of " + threads + " in a file that has its size already",
                        Unit.PER_SECOND)
                .measure(run -> {
                    try (RecordFile file = RecordFile.allocated(run.home())) {
                        ceiling(run, file, threads);
                    }
                });
    }

    /** {@return one thread that forces a thousand records at once} */
    public static Contestant thousand() {
        return Contestant.of(SECTION, "thousand")
                .row("bare write + `force(false)` of 1,000 × 270 bytes, 1 thread, records", Unit.PER_SECOND)
                .measure(Limits::thousand);
    }

    /** {@return the executor of the JDK} */
    public static Contestant executor() {
        return Contestant.of(SECTION, "executor")
                .row("drain", "plain executor, 8 threads, drain (nothing durable)", Unit.PER_SECOND)
                .row("p50", "plain executor, submit → start, idle, median", Unit.MICROSECONDS)
                .measure(Limits::executor);
    }

    private static void force(Run run, RecordFile file) throws IOException {
        ByteBuffer one = RecordFile.records(1);
        long[] times = new long[MOST_TIMES];
        int done = 0;
        long begin = System.nanoTime() + run.settings().warmUpNanos();
        long end = begin + run.settings().nanos();
        for (long now = System.nanoTime(); now - end < 0 && done < MOST_TIMES; now = System.nanoTime()) {
            long nanos = file.nanos(one);
            if (now - begin >= 0) {
                times[done++] = nanos;
            }
        }
        long[] counted = Arrays.copyOf(times, done);
        Latencies.Spread spread = Latencies.Spread.of(counted);
        run.report(done * 1e9 / Arrays.stream(counted).sum());
        run.report("p50", spread.p50() / 1e3);
        run.report("p99", spread.p99() / 1e3);
    }

    private static void ceiling(Run run, RecordFile file, int threads) throws InterruptedException {
        byte[] record = record();
        GroupCommit group = new GroupCommit(file);
        run.report(run.settings().producers(threads).perSecond(number -> group.commit(record)));
    }

    private static void thousand(Run run) throws IOException, InterruptedException {
        byte[] record = record();
        ByteBuffer records = RecordFile.records(MANY);
        try (RecordFile file = new RecordFile(run.home())) {
            run.report(MANY
                    * run.settings().producers(1).perSecond(number -> {
                        records.clear();
                        for (int i = 0; i < MANY; i++) {
                            records.put(record);
                        }
                        file.commit(records.flip());
                    }));
        }
    }

    private static void executor(Run run) throws Exception {
        drain(run, run.settings().number("drain-warmup"));
        run.report("drain", drain(run, run.settings().number("drain-tasks")));
        ExecutorService pool = Executors.newFixedThreadPool(Settings.WORKERS);
        try {
            Start start = new Start();
            Latencies latencies = run.settings().latencies(1);
            run.report(
                    "p50",
                    latencies
                            .run(Map.of("executor", executorProbe(pool, start)))
                            .get("executor")
                            .p50Micros());
        } finally {
            pool.shutdownNow();
        }
    }

    private static byte[] record() {
        byte[] record = new byte[RecordFile.RECORD_BYTES];
        Arrays.fill(record, (byte) 'r');
        return record;
    }

    /** {@return a probe of how long a pool takes from submit to start} */
    public static Latencies.Probe executorProbe(ExecutorService pool, Start start) {
        return number -> start.nanos(number, n -> pool.execute(() -> start.called(n)));
    }

    private static double drain(Run run, int tasks) throws InterruptedException {
        Tally tally = new Tally(tasks);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(Settings.WORKERS);
        try {
            for (int i = 0; i < Settings.WORKERS; i++) {
                pool.execute(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            for (int i = 0; i < tasks; i++) {
                String json = Payload.json(i);
                pool.execute(() -> {
                    tally.called(Payload.check(json));
                    tally.ended();
                });
            }
            go.countDown();
            double perSecond = tally.perSecond(run.settings().capNanos());
            tally.checkArrived();
            return perSecond;
        } finally {
            pool.shutdownNow();
        }
    }
}
