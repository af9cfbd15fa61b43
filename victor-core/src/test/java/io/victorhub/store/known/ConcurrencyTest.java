package io.victorhub.store.known;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.store.StorageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers while entries are added, written, merged and dropped. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ConcurrencyTest {

    private static final int ENTRIES = 120_000;
    private static final int READERS = 3;

    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong added = new AtomicLong(); // ids below it must be found
    private final AtomicLong dropped = new AtomicLong(); // ids below it may be gone

    @TempDir
    private Path folder;

    private KnownIds known;

    @BeforeEach
    void open() {
        known = KnownIds.open(folder, background, new KnownIds.Limits(500, 4), Disk.REAL);
    }

    @AfterEach
    void close() {
        known.close();
        threads.shutdownNow();
        background.shutdownNow();
    }

    @Test
    void readersMissNothingWhileTablesAreWrittenAndRunsAreMerged() throws Exception {
        List<Future<?>> work = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            work.add(threads.submit(reading(reader)));
        }
        work.add(threads.submit(flushing()));

        for (int id = 0; id < ENTRIES; id++) {
            known.add(id, id);
            known.cover(id + 1L);
            added.set(id + 1L);
            if (id % 10_000 == 9_999) {
                dropped.set(id - 30_000);
                known.dropBelow(id - 30_000);
            }
            known.awaitRoom();
        }

        for (Future<?> each : work) {
            each.get();
        }
        known.flush();
        assertThat(known.covered()).isEqualTo(ENTRIES);
    }

    @Test
    void readersThatAreInterruptedDisturbNobody() throws Exception {
        for (int id = 0; id < 5_000; id++) {
            known.add(id, id);
        }
        known.flush();
        CountDownLatch interrupted = new CountDownLatch(1);
        Future<?> rude = threads.submit(() -> {
            Thread.currentThread().interrupt();
            interrupted.countDown();
            requireRange(5_000);
            known.flush();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        });

        interrupted.await();
        requireRange(5_000);
        rude.get();
        requireRange(5_000);
    }

    @Test
    void whoeverIsBehindWaitsUntilTablesAreWritten() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        background.execute(() -> await(blocked));
        for (int id = 0; id < 2_000; id++) {
            known.add(id, id);
        }
        assertThat(known.isBehind()).isTrue();

        Future<?> waiting = threads.submit(known::awaitRoom);
        assertThat(waiting.isDone()).isFalse();
        blocked.countDown();
        waiting.get();

        assertThat(known.isBehind()).isFalse();
    }

    @Test
    void givesAMergeUpWhenItIsClosed() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        HandExecutor byHand = new HandExecutor();
        known.close();
        known = KnownIds.open(folder, byHand, new KnownIds.Limits(100, 3), disk);
        for (int id = 0; id < 1_000; id++) {
            known.add(id, id);
        }
        known.flush();
        Thread closing = new Thread(known::close);
        disk.onStep = (step, file) -> {
            if (step == Disk.Step.CREATE) { // the merge begins
                closing.start();
                while (closing.getState() != Thread.State.WAITING) { // for the merge to end
                    Thread.onSpinWait();
                }
            }
        };
        byHand.runAll();
        closing.join();

        assertThat(known.runs()).isEqualTo(4);
        open();
        assertThat(known.runs()).isEqualTo(4);
        requireRange(1_000);
    }

    @Test
    void closesWhileItIsReadAndMerged() throws Exception {
        for (int round = 0; round < 10; round++) {
            CountDownLatch reading = new CountDownLatch(1);
            Future<?> reader = threads.submit(() -> {
                KnownIds mine = known;
                try {
                    for (int id = 0; ; id++) {
                        mine.find(id % 20_000, place -> true);
                        if (id == 1_000) {
                            reading.countDown();
                        }
                    }
                } catch (StorageException e) {
                    assertThat(e).hasMessageContaining("closed");
                }
            });
            for (int id = 0; id < 20_000; id++) {
                known.add(id, id);
            }
            reading.await();
            known.close();
            reader.get();
            open();
        }
        requireRange(20_000);
    }

    private Callable<Void> reading(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return () -> {
            for (long until = added.get(); until < ENTRIES; until = added.get()) {
                if (until == 0) {
                    continue;
                }
                long id = random.nextLong(until);
                long place = known.find(id, any -> true);
                if (place != id && id >= dropped.get()) {
                    throw new AssertionError(id + " of " + until + " is found at " + place);
                }
                long fresh = known.find(ENTRIES + id, any -> true);
                if (fresh != -1) {
                    throw new AssertionError("a fresh id is found at " + fresh);
                }
            }
            return null;
        };
    }

    private Callable<Void> flushing() {
        return () -> {
            for (long until = added.get(); until < ENTRIES; until = added.get()) {
                known.flush();
                assertThat(known.covered()).isGreaterThanOrEqualTo(until);
            }
            return null;
        };
    }

    private void requireRange(int to) {
        for (int id = 0; id < to; id++) {
            assertThat(known.find(id, place -> true)).isEqualTo(id);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
