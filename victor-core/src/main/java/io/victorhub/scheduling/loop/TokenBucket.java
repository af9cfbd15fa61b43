package io.victorhub.scheduling.loop;

import io.victorhub.scheduling.RateLimit;
import java.time.Duration;
import java.time.Instant;

/**
 * Lets so many tasks of a type begin in so much time, and no more at once: it fills evenly, up to that many tokens, and each
 * task takes one. It is empty at first, so that a process which dies again and again exceeds no limit. Not safe for use by
 * several threads.
 */
final class TokenBucket {

    /** Half of what can be counted, so that sums can be counted too. */
    private static final long FURTHEST = Long.MAX_VALUE / 2;

    private final long capacity;
    private final long nanosEach;
    private final Instant origin;
    private long last; // when it was looked at, in nanoseconds since the origin
    private long emptyAt; // when it would have been empty, had it filled evenly since

    TokenBucket(RateLimit limit, Instant now) {
        this.capacity = limit.tasks();
        this.nanosEach = limit.nanosEach();
        this.origin = now;
    }

    /** {@return how many tasks may begin now} */
    int tokens(Instant now) {
        lookAt(now);
        return (int) ((last - emptyAt) / nanosEach);
    }

    /** {@return how long until there is a token; zero if there is one} */
    Duration untilNext(Instant now) {
        lookAt(now);
        return Duration.ofNanos(Math.max(0, emptyAt + nanosEach - last));
    }

    /** A task begins; there must be a token. */
    void take() {
        emptyAt += nanosEach;
    }

    /** One that had taken a token has not begun after all. */
    void giveBack() {
        emptyAt -= nanosEach;
        lookAgain();
    }

    /** Time that a clock was set back by does not count: neither is it waited for again, nor does it bring tokens again. */
    private void lookAt(Instant now) {
        long nanos = nanosSinceOrigin(now);
        if (nanos < last) {
            emptyAt -= last - nanos;
        }
        last = nanos;
        lookAgain();
    }

    private void lookAgain() {
        emptyAt = Math.max(emptyAt, last - capacity * nanosEach);
    }

    private long nanosSinceOrigin(Instant now) {
        try {
            return Math.max(
                    -FURTHEST, Math.min(FURTHEST, Duration.between(origin, now).toNanos()));
        } catch (ArithmeticException e) { // centuries
            return now.isBefore(origin) ? -FURTHEST : FURTHEST;
        }
    }
}
