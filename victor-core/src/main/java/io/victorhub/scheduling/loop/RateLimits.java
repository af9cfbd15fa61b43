package io.victorhub.scheduling.loop;

import io.victorhub.scheduling.RateLimit;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many tasks of each type may begin now. Guarded by the lock of {@link Turn}. */
final class RateLimits {

    private final InstantSource clock;
    private final Map<String, TokenBucket> buckets = new HashMap<>();

    RateLimits(Map<String, RateLimit> limits, InstantSource clock) {
        this.clock = clock;
        if (!limits.isEmpty()) {
            Instant now = clock.instant();
            limits.forEach((type, limit) -> buckets.put(type, new TokenBucket(limit, now)));
        }
    }

    /** {@return the room of each type, within what its skills have room for} Costs nothing where no type has a limit. */
    Map<String, Integer> within(Map<String, Integer> skillRoom) {
        if (buckets.isEmpty()) {
            return skillRoom;
        }
        Instant now = clock.instant();
        Map<String, Integer> room = new HashMap<>(skillRoom);
        buckets.forEach((type, bucket) -> room.merge(type, bucket.tokens(now), Math::min));
        return room;
    }

    /** A task was leased, and begins. */
    void leased(Lease lease) {
        TokenBucket bucket = bucket(lease);
        if (bucket != null) {
            bucket.take();
        }
    }

    /** A lease has ended; one that was given back without an attempt has not begun. */
    void ended(Settlement settlement) {
        TokenBucket bucket = bucket(settlement.lease());
        if (bucket != null
                && settlement.disposition() instanceof Disposition.Released
                && settlement.entry().isEmpty()) {
            bucket.giveBack();
        }
    }

    /** {@return how long until the first type may go on that may not now; empty if all may} */
    Optional<Duration> untilNext() {
        if (buckets.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Duration first = null;
        for (TokenBucket bucket : buckets.values()) {
            Duration wait = bucket.untilNext(now);
            if (!wait.isZero() && (first == null || wait.compareTo(first) < 0)) {
                first = wait;
            }
        }
        return Optional.ofNullable(first);
    }

    private @Nullable TokenBucket bucket(Lease lease) {
        return buckets.isEmpty() ? null : buckets.get(lease.task().type());
    }
}
