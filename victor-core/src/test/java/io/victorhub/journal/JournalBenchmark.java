package io.victorhub.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How fast records are kept, beside what the disk lets a bare group commit do: {@code main [rounds] [seconds an item] [what]}. The
 * items take turns, so that all see the same noise; medians are printed.
 */
final class JournalBenchmark {

    private static final int SMALL = 270;
    private static final int USUAL = 600;

    private interface Kept extends AutoCloseable {
        void keep() throws IOException;

        @Override
        void close() throws IOException;
    }

    private interface Opening {
        Kept open(Path folder) throws IOException;
    }

    /** As little as can be: one lock, one condition, one growing file, one write and one force for all that wait. */
    private static final class Bare implements Kept {
        private final ReentrantLock lock = new ReentrantLock(); // guards all below
        private final Condition done = lock.newCondition();
        private final RandomAccessFile file;
        private final byte[] record;
        private byte[] buffer;
        private byte[] other;
        private int filled;
        private long handedIn;
        private long kept;
        private boolean writing;

        Bare(Path folder, int bytes) throws IOException {
            record = new byte[bytes];
            buffer = new byte[64 * 300 + 9 * bytes];
            other = new byte[64 * 300 + 9 * bytes];
            file = new RandomAccessFile(folder.resolve("bare").toFile(), "rw");
            Arrays.fill(record, (byte) 'x');
        }

        @Override
        public void keep() throws IOException {
            lock.lock();
            try {
                System.arraycopy(record, 0, buffer, filled, record.length);
                filled += record.length;
                long mine = ++handedIn;
                while (kept < mine) {
                    if (writing) {
                        done.awaitUninterruptibly();
                    } else {
                        write();
                    }
                }
            } finally {
                lock.unlock();
            }
        }

        private void write() throws IOException {
            writing = true;
            byte[] full = buffer;
            int length = filled;
            long until = handedIn;
            buffer = other;
            other = full;
            filled = 0;
            lock.unlock();
            try {
                file.write(full, 0, length);
                file.getChannel().force(false);
            } finally {
                lock.lock();
            }
            writing = false;
            kept = until;
            done.signalAll();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private static final class OfJournal implements Kept {
        private final Journal journal;
        private final byte[] record;
        private final Force force;
        private final int each;

        OfJournal(Path folder, int bytes, Force force, int each) {
            journal = Journal.open(folder, settings());
            journal.recover((segment, offset, content, start, end) -> {});
            record = ("{\"r\":\"" + "x".repeat(bytes - 8 - Lines.SEAL_BYTES) + "\"}")
                    .getBytes(StandardCharsets.US_ASCII);
            this.force = force;
            this.each = each;
        }

        @Override
        public void keep() {
            Lines lines = new Lines(each * (record.length + Lines.SEAL_BYTES));
            for (int i = 0; i < each; i++) {
                lines.add(record);
            }
            journal.await(journal.append(lines, force));
        }

        @Override
        public void close() {
            journal.close();
        }
    }

    private JournalBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 1;
        String what = arguments.length > 2 ? arguments[2] : "now soon many read";
        for (int threads :
                what.contains("one") ? new int[] {1} : what.contains("now") ? new int[] {1, 8, 64} : new int[0]) {
            Map<String, Opening> items = new LinkedHashMap<>();
            items.put("bare group commit", folder -> new Bare(folder, SMALL));
            items.put("journal NOW", folder -> new OfJournal(folder, SMALL, Force.NOW, 1));
            run(items, threads, rounds, seconds, 1);
        }
        for (int threads : what.contains("soon") ? new int[] {1, 8} : new int[0]) {
            Map<String, Opening> items = new LinkedHashMap<>();
            items.put("journal SOON", folder -> new OfJournal(folder, USUAL, Force.SOON, 1));
            items.put("journal NONE", folder -> new OfJournal(folder, USUAL, Force.NONE, 1));
            run(items, threads, rounds, seconds, 1);
        }
        for (int threads : what.contains("many") ? new int[] {1, 8} : new int[0]) {
            Map<String, Opening> items = new LinkedHashMap<>();
            items.put("bare, 1000 at once", folder -> new Bare(folder, 1000 * SMALL));
            items.put("journal NOW, 1000 at once", folder -> new OfJournal(folder, SMALL, Force.NOW, 1000));
            run(items, threads, rounds, seconds, 1000);
        }
        if (what.contains("read")) {
            read(rounds);
        }
    }

    private static void run(Map<String, Opening> items, int threads, int rounds, double seconds, int each)
            throws Exception {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, Opening> item : items.entrySet()) {
                double rate = each * rate(item.getValue(), threads, seconds);
                if (round > 0) {
                    rates.computeIfAbsent(item.getKey(), name -> new ArrayList<>())
                            .add(rate);
                }
            }
        }
        double first = median(rates.values().iterator().next());
        rates.forEach((name, all) -> System.out.printf(
                Locale.ROOT,
                "%2d threads  %-26s %9.0f /s  (%.0f to %.0f)  %.2f%n",
                threads,
                name,
                median(all),
                Collections.min(all),
                Collections.max(all),
                median(all) / first));
    }

    private static double rate(Opening opening, int threads, double seconds) throws Exception {
        Path folder = Files.createTempDirectory("journal-benchmark");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong kept = new AtomicLong();
        long nanos;
        try (Kept journal = opening.open(folder)) {
            List<Thread> all = new ArrayList<>();
            long begin = System.nanoTime();
            for (int i = 0; i < threads; i++) {
                Thread thread = new Thread(() -> {
                    long mine = 0;
                    try {
                        while (!stop.get()) {
                            journal.keep();
                            mine++;
                        }
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                    kept.addAndGet(mine);
                });
                all.add(thread);
                thread.start();
            }
            Thread.sleep((long) (seconds * 1000));
            stop.set(true);
            for (Thread thread : all) {
                thread.join();
            }
            nanos = System.nanoTime() - begin;
        }
        remove(folder);
        return kept.get() * 1e9 / nanos;
    }

    private static void read(int rounds) throws IOException {
        Path folder = Files.createTempDirectory("journal-benchmark");
        int records = 400_000;
        List<Place> places = new ArrayList<>(records);
        try (OfJournal journal = new OfJournal(folder, USUAL, Force.NONE, 1)) {
            for (int i = 0; i < records; i++) {
                Ticket ticket = journal.journal.append(new Lines(USUAL).add(journal.record), Force.NONE);
                journal.journal.await(ticket);
                places.add(ticket.place(0));
            }
        }
        List<Double> recovered = new ArrayList<>();
        List<Double> inOrder = new ArrayList<>();
        List<Double> anywhere = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            try (Journal journal = Journal.open(folder, settings())) {
                long[] sum = new long[1];
                long begin = System.nanoTime();
                journal.recover((segment, offset, bytes, start, end) -> sum[0] += end - start + Lines.SEAL_BYTES);
                recovered.add(sum[0] / 1e6 * 1e9 / (System.nanoTime() - begin));
                begin = System.nanoTime();
                for (Place place : places) {
                    journal.read(place.segment(), place.offset());
                }
                inOrder.add(records * 1e9 / (System.nanoTime() - begin));
                begin = System.nanoTime();
                for (int i = 0; i < records / 10; i++) {
                    Place place = places.get((int) (i * 7919L * 31 % records));
                    journal.read(place.segment(), place.offset());
                }
                anywhere.add(records / 10 * 1e9 / (System.nanoTime() - begin));
            }
        }
        remove(folder);
        System.out.printf(
                Locale.ROOT,
                "recovered %.0f MB/s; read %.0f /s in order, %.0f /s anywhere%n",
                median(recovered),
                median(inOrder),
                median(anywhere));
    }

    private static JournalSettings settings() {
        return JournalSettings.of(InstantSource.system(), ZoneOffset.UTC, Thread::new)
                .withForceWithin(Duration.ofMillis(2));
    }

    private static double median(List<Double> all) {
        List<Double> sorted = new ArrayList<>(all);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
