package io.victorhub.testkit.process;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that runs faster than the system's, in step with all others of the same origin, whatever process has them. */
record FastClock(long originMillis, int factor) implements InstantSource {

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public long millis() {
        return originMillis + (System.currentTimeMillis() - originMillis) * factor;
    }
}
