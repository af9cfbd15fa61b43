package io.victorhub.examples.benchmarks.victor;

import io.victorhub.Hub;
import io.victorhub.examples.benchmarks.Tally;
import java.nio.file.Path;

/**
 * Fills a hub and lets it work until everything is done, or the time is over: routing, log and review as in any hub.
 *
 * @param tasks how many tasks; 1 or more
 * @param workers how many workers; 1 or more
 * @param candidates how many skills could do each task; 1 or more
 * @param promise what the hub promises
 * @param capNanos how long it may take
 */
public record Drain(int tasks, int workers, int candidates, Promise promise, long capNanos) {

    /**
     * What came of it.
     *
     * @param filled tasks a second, submitted a thousand at once
     * @param recorded tasks a second, from the first call of a skill until the end of the last one is on record
     * @param learned tasks a second, until the review has learned from the last one as well
     */
    public record Speed(double filled, double recorded, double learned) {}

    /** Runs it in a home that may have tasks of other numbers, all done; {@code from} is the first number. */
    public Speed run(Path home, long from) throws InterruptedException {
        Tally recorded = new Tally(tasks);
        Tally learned = new Tally(tasks);
        try (Hub hub = CheckingHub.skills(promise.tell(CheckingHub.at(home)).workers(workers), candidates, number -> {
                    recorded.called(number - from);
                    learned.called(number - from);
                })
                .listener(new Counting(recorded, learned))
                .build()) {
            long begin = System.nanoTime();
            Tasks.fill(hub, from, from + tasks);
            double filled = tasks * 1e9 / (System.nanoTime() - begin);
            hub.enableAutonomousMode();
            double done = recorded.perSecond(capNanos);
            double known = learned.perSecond(recorded.done() == tasks ? capNanos : 1);
            recorded.checkArrived();
            return new Speed(filled, done, known);
        }
    }

    /** Runs it in an empty home. */
    public Speed run(Path home) throws InterruptedException {
        return run(home, 0);
    }
}
