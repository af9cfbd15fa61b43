package io.victorhub.examples.benchmarks.victor;

import io.victorhub.Hub;
import io.victorhub.examples.benchmarks.Run;
import io.victorhub.examples.benchmarks.Tally;
import java.util.concurrent.TimeUnit;

/** Long histories and very long queues: how fast a hub is that has done much already, or has much to do. */
final class History {

    private static final long NO_CAP = TimeUnit.HOURS.toNanos(2);
    private static final int LONGEST_QUEUE = 20_000;

    private History() {}

    /** Has so many tasks done. */
    static void make(Run run, int executions) throws Exception {
        new Depth(queue(run), 0, executions, NO_CAP).run(run.home(), 0);
    }

    /** Reports how long it takes to open the home, in seconds, and then how many tasks a second it gets done. */
    static void drain(Run run, int executions) throws Exception {
        int warmUp = run.settings().number("depth-warmup");
        int tasks = run.settings().number("depth-tasks");
        long unused = 2L * executions + queue(run);
        Depth.Result result =
                new Depth(queue(run), warmUp, tasks, run.settings().capNanos()).run(run.home(), unused);
        run.report("open", result.openSeconds());
        run.report(result.perSecond());
    }

    /** Reports how long it takes to open a full home, in seconds, and how many tasks a second it gets done until empty. */
    static void openAndDrain(Run run, int tasks) throws InterruptedException {
        Tally tally = new Tally(tasks);
        long begin = System.nanoTime();
        try (Hub hub = CheckingHub.at(run.home(), tally::called, new Counting(tally, tally))
                .build()) {
            run.report("open", (System.nanoTime() - begin) / 1e9);
            hub.enableAutonomousMode();
            run.report("drain", tally.perSecond(NO_CAP));
            tally.checkArrived();
        }
    }

    private static int queue(Run run) {
        return Math.min(LONGEST_QUEUE, run.settings().number("queued"));
    }
}
