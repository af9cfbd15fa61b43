package io.victorhub.examples.benchmarks.victor;

import io.victorhub.Hub;
import io.victorhub.examples.benchmarks.Settings;
import io.victorhub.examples.benchmarks.Tally;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a hub work while its queue is kept as long as it is: what is done is submitted anew, in batches, by two threads.
 * That work is the same for each length, so that what differs comes of the length.
 *
 * @param queued how long the queue is kept; 1,000 or more
 * @param warmUp how many tasks are done before it is counted
 * @param tasks how many are counted
 * @param capNanos how long the counting may take
 */
record Depth(int queued, int warmUp, int tasks, long capNanos) {

    private static final int REFILLERS = 2;
    private static final int BATCH = 250;
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /**
     * What came of it.
     *
     * @param openSeconds how long it took to open the home
     * @param perSecond tasks a second
     * @param starvedPercent how many of a hundred looks found fewer tasks waiting than there are workers, though the
     *     queue shall be long: then the refill was measured
     */
    record Result(double openSeconds, double perSecond, double starvedPercent) {}

    /** Runs it in a home where no task has the number {@code from} or a higher one. */
    Result run(Path home, long from) throws Exception {
        Tally tally = new Tally(Long.MAX_VALUE);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(REFILLERS);
        long begin = System.nanoTime();
        try (Hub hub =
                CheckingHub.at(home, tally::called, new Counting(tally, tally)).build()) {
            double openSeconds = (System.nanoTime() - begin) / 1e9;
            Tasks.fill(hub, from, from + queued);
            AtomicLong submitted = new AtomicLong(queued);
            List<Future<?>> refillers = new ArrayList<>();
            for (int i = 0; i < REFILLERS; i++) {
                refillers.add(pool.submit(() -> refill(hub, from, tally, submitted, over)));
            }
            hub.enableAutonomousMode();
            Result result = measure(openSeconds, tally, submitted);
            over.set(true);
            for (Future<?> refiller : refillers) {
                refiller.get();
            }
            return result;
        } finally {
            over.set(true);
            pool.shutdownNow();
        }
    }

    private void refill(Hub hub, long from, Tally tally, AtomicLong submitted, AtomicBoolean over) {
        while (!over.get()) {
            long next = submitted.get();
            if (next - tally.done() > queued - BATCH) {
                LockSupport.parkNanos(LOOK_NANOS);
            } else if (submitted.compareAndSet(next, next + BATCH)) {
                Tasks.submit(hub, from + next, from + next + BATCH);
            }
        }
    }

    /** Counts from where {@code warmUp} tasks are done, or the cap is reached. */
    private Result measure(double openSeconds, Tally tally, AtomicLong submitted) throws InterruptedException {
        tally.awaitFirstCall(capNanos);
        awaitDone(tally, submitted, warmUp);
        long begin = System.nanoTime();
        long before = tally.done();
        double starved = awaitDone(tally, submitted, before + tasks);
        double perSecond = (tally.done() - before) * 1e9 / (System.nanoTime() - begin);
        tally.checkArrived();
        return new Result(openSeconds, perSecond, starved);
    }

    private double awaitDone(Tally tally, AtomicLong submitted, long number) {
        long end = System.nanoTime() + capNanos;
        int looks = 0;
        int starved = 0;
        while (tally.done() < number && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            tally.check();
            looks++;
            starved += submitted.get() - tally.calls() < Settings.WORKERS ? 1 : 0;
        }
        return 100.0 * starved / Math.max(1, looks);
    }
}
