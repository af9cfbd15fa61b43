package io.victorhub.examples.benchmarks.victor;

import io.victorhub.Hub;
import io.victorhub.HubBuilder;
import io.victorhub.examples.benchmarks.Tally;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Fills a hub and lets it work until everything is done: routing, log and review as in any hub.
 *
 * @param tasks how many tasks; 1 or more
 * @param workers how many workers; 1 or more
 * @param candidates how many skills could do each task; 1 or more
 */
public record Drain(int tasks, int workers, int candidates) {

    private static final int PATIENCE_MINUTES = 60;

    /**
     * What came of it.
     *
     * @param filled tasks a second, submitted a thousand at once
     * @param recorded tasks a second, from the first call of a skill until the end of the last one is on record
     * @param learned tasks a second, until the review has learned from the last one as well
     */
    public record Speed(double filled, double recorded, double learned) {}

    /** Runs it in a home of its own. */
    public Speed run(Path home) throws InterruptedException {
        Tally recorded = new Tally(tasks);
        Tally learned = new Tally(tasks);
        HubBuilder builder =
                Hub.at(home).workers(workers).discoverSkills(false).listener(new Counting(recorded, learned));
        for (int i = 1; i <= candidates; i++) {
            builder.skill(new CheckingSkill("checker-" + i, number -> {
                recorded.called(number);
                learned.called(number);
            }));
        }
        try (Hub hub = builder.build()) {
            long start = System.nanoTime();
            Tasks.fill(hub, 0, tasks);
            double filled = tasks * 1e9 / (System.nanoTime() - start);
            hub.enableAutonomousMode();
            if (!recorded.await(PATIENCE_MINUTES, TimeUnit.MINUTES)
                    || !learned.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("only " + recorded.count() + " of " + tasks + " tasks are done after "
                        + PATIENCE_MINUTES + " minutes");
            }
            recorded.checkAllArrived();
            return new Speed(filled, recorded.perSecond(), learned.perSecond());
        }
    }
}
