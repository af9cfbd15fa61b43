package io.victorhub.review;

import io.victorhub.statistics.LogHistogram;
import java.util.Optional;

/** Counts the attempts of one name. */
final class Tally {

    private final LogHistogram durations = new LogHistogram();
    private final LogHistogram waits = new LogHistogram();
    private long attempts;
    private long counted;
    private long successes;
    private double cost;

    void add(Reading attempt) {
        attempts++;
        if (attempt.ending().countsForSkills()) {
            counted++;
        }
        if (attempt.ending() == Ending.SUCCEEDED) {
            successes++;
        }
        if (attempt.durationNanos() != Reading.UNKNOWN) {
            durations.add(attempt.durationNanos());
        }
        if (attempt.waitNanos() != Reading.UNKNOWN) {
            waits.add(attempt.waitNanos());
        }
        cost += attempt.cost();
    }

    Performance performance(double confidence) {
        return new Performance(attempts, successRate(confidence), Spread.of(durations), Spread.of(waits), cost);
    }

    Optional<Rate> successRate(double confidence) {
        return Rate.of(successes, counted, confidence);
    }
}
