package io.victorhub.store;

import java.time.Instant;

/** Instants as microseconds since 1970; those that are too far away are as far away as can be. */
final class Micros {

    private static final long LIMIT = Long.MAX_VALUE / 4;
    private static final long PER_SECOND = 1_000_000;

    private Micros() {}

    /** {@return the first whole microsecond that is not before it} */
    static long of(Instant instant) {
        long seconds = instant.getEpochSecond();
        if (seconds > LIMIT / PER_SECOND) {
            return LIMIT;
        }
        return seconds < -LIMIT / PER_SECOND ? -LIMIT : seconds * PER_SECOND + (instant.getNano() + 999) / 1000;
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1000);
    }
}
