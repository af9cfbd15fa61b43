package io.victorhub.review;

import io.victorhub.statistics.Moments;

/** What ended within some time. */
final class Period {

    private final Moments seconds = new Moments();
    private long settled;
    private long counted;
    private long succeeded;
    private long completed;

    void add(Reading reading) {
        if (reading.settles()) {
            settled++;
            counted += reading.ending().countsForTasks() ? 1 : 0;
            succeeded += reading.ending() == Ending.SUCCEEDED ? 1 : 0;
            completed += reading.ending() == Ending.SUCCEEDED || reading.ending() == Ending.PARTIAL ? 1 : 0;
        }
        if (reading.durationNanos() != Reading.UNKNOWN) {
            seconds.add(reading.durationNanos() / 1e9);
        }
    }

    void addAll(Period other) {
        seconds.addAll(other.seconds);
        settled += other.settled;
        counted += other.counted;
        succeeded += other.succeeded;
        completed += other.completed;
    }

    /** Durations of attempts. */
    Moments seconds() {
        return seconds;
    }

    /** Tasks that ended in any way. */
    long settled() {
        return settled;
    }

    /** Those of them that count for rates. */
    long counted() {
        return counted;
    }

    long succeeded() {
        return succeeded;
    }

    /** Those that were done, wholly or in part. */
    long completed() {
        return completed;
    }
}
