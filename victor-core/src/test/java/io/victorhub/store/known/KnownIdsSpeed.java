package io.victorhub.store.known;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;

/**
 * How fast known ids are. A program, not a test: {@code java -Xmx512m -cp … io.victorhub.store.known.KnownIdsSpeed
 * [entries] [folder]}.
 */
final class KnownIdsSpeed {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int LOOKUPS = 1_000_000;
    private static final int ROUNDS = 5;
    private static final int TABLE = KnownIds.Limits.DEFAULT.tableEntries();

    /** 10.4 million, in 6 runs: 128, 16, 8, 4, 2 and 1 tables. */
    private static final long ENTRIES = 159L * TABLE;

    private final AtomicLong reads = new AtomicLong();
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final long entries;
    private final Path folder;

    private KnownIdsSpeed(long entries, Path folder) {
        this.entries = entries;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        long entries = arguments.length > 0 ? Long.parseLong(arguments[0]) : ENTRIES;
        Path parent = arguments.length > 1 ? Path.of(arguments[1]) : Path.of(System.getProperty("java.io.tmpdir"));
        Path folder = Files.createTempDirectory(parent, "known");
        try {
            new KnownIdsSpeed(entries, folder).run();
        } finally {
            remove(folder);
        }
    }

    private void run() throws Exception {
        long heapBefore = usedHeap();
        KnownIds known = open();
        addAtFullSpeed(known);
        known.clear();

        long begin = System.nanoTime();
        for (long id = 0; id < entries; id++) {
            known.add(hash(id), id);
            if (id % TABLE == TABLE - 1) {
                background.submit(() -> {}).get(); // as if there were time enough to merge
            }
        }
        print("adds, each table merged before the next", entries / seconds(begin), "a second");
        print("runs", known.runs(), "");
        print("entries", known.entries(), "");
        print("heap, told", known.heapBytes(), "bytes");
        print("heap, measured", usedHeap() - heapBefore, "bytes");
        print("files", bytesOnDisk(), "bytes");
        look(known);
        known.cover(entries);
        known.close();

        begin = System.nanoTime();
        known = open();
        print("open again", seconds(begin) * 1_000, "ms");
        print("covered", known.covered(), "");
        System.out.println("force of another file while nothing is written");
        force(() -> false);
        System.out.println("force of another file while all is merged into one");
        forceWhileMerging(known);
        System.out.println("nothing, 100,000 times a second");
        atPace(id -> {});
        System.out.println("add, 100,000 times a second");
        KnownIds full = known;
        atPace(id -> full.add(hash(entries + id), entries + id));
        known.close();
        background.shutdown();
    }

    private KnownIds open() {
        return KnownIds.open(folder, background, KnownIds.Limits.DEFAULT, (step, file) -> {
            if (step == Disk.Step.READ) {
                reads.incrementAndGet();
            }
        });
    }

    private void addAtFullSpeed(KnownIds known) {
        int mostRuns = 0;
        long begin = System.nanoTime();
        for (long id = 0; id < entries; id++) {
            known.add(hash(id), id);
            if ((id & 1023) == 0 && known.isBehind()) {
                known.awaitRoom();
                mostRuns = Math.max(mostRuns, known.runs());
            }
        }
        print("adds at full speed", entries / seconds(begin), "a second");
        print("most runs meanwhile", mostRuns, "");
    }

    /** What does the slowest cost, while tables are written and merged? To be compared with doing nothing. */
    private static void atPace(LongConsumer step) {
        int count = 2_000_000;
        int[] nanos = new int[count];
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            while (System.nanoTime() - begin < i * 10_000L) {
                Thread.onSpinWait();
            }
            long from = System.nanoTime();
            step.accept(i);
            nanos[i] = (int) (System.nanoTime() - from);
        }
        Arrays.sort(nanos);
        print("  median", nanos[count / 2], "ns");
        print("  99.9 %", nanos[(int) (count * .999)], "ns");
        print("  slowest", nanos[count - 1], "ns");
    }

    /** As a journal does on the same disk. */
    private void force(BooleanSupplier goesOn) throws IOException {
        List<Long> nanos = new ArrayList<>();
        Path file = folder.resolve("other");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            while (nanos.size() < 300 || goesOn.getAsBoolean()) {
                out.write(new byte[300]);
                long from = System.nanoTime();
                out.getFD().sync();
                nanos.add(System.nanoTime() - from);
            }
        }
        Files.delete(file);
        nanos.sort(null);
        print("  median of " + nanos.size(), nanos.get(nanos.size() / 2) / 1_000.0, "µs");
        print("  99 %", nanos.get(nanos.size() * 99 / 100) / 1_000.0, "µs");
        print("  slowest", nanos.get(nanos.size() - 1) / 1_000.0, "µs");
    }

    private void forceWhileMerging(KnownIds known) throws Exception {
        for (int i = 0; i < 31 * TABLE; i++) { // what is there and this are as much as the largest run
            known.add(hash(-1 - i), i);
        }
        Future<?> merging = background.submit(() -> {});
        force(() -> !merging.isDone());
        merging.get();
        print("  runs left", known.runs(), "");
    }

    private void look(KnownIds known) {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < ROUNDS; round++) {
            measure("unknown id", known, id -> entries + random.nextLong(1L << 40));
        }
        for (int round = 0; round < ROUNDS; round++) {
            measure("known id", known, id -> random.nextLong(entries));
        }
    }

    private void measure(String what, KnownIds known, LongUnaryOperator ids) {
        long readsBefore = reads.get();
        long found = 0;
        long cpuBefore = THREADS.getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        for (int i = 0; i < LOOKUPS; i++) {
            found += known.find(hash(ids.applyAsLong(i)), place -> true) >= 0 ? 1 : 0;
        }
        double nanos = (System.nanoTime() - begin) / (double) LOOKUPS;
        double cpu = (THREADS.getCurrentThreadCpuTime() - cpuBefore) / (double) LOOKUPS;
        System.out.printf(
                "%-40s %,15.0f ns (CPU %,.0f ns); %.4f reads each; %d found%n",
                what, nanos, cpu, (reads.get() - readsBefore) / (double) LOOKUPS, found);
    }

    /** Some hash of an id. */
    private static long hash(long id) {
        return id * 0x9e3779b97f4a7c15L;
    }

    private long bytesOnDisk() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void print(String what, double value, String unit) {
        System.out.printf("%-40s %,15.0f %s%n", what, value, unit);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
