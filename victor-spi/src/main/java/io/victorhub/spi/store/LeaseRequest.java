package io.victorhub.spi.store;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * A wish for work.
 *
 * @param max how many tasks at most, 1 or more
 * @param ttl how long each lease lasts without being renewed, in stores whose leases run out
 * @param node who asks
 * @param excludedTypes which types are not wanted now: paused ones, and ones without a skill
 * @param room how many more may run, by type and by lane
 * @since 0.1
 */
public record LeaseRequest(int max, Duration ttl, String node, Set<String> excludedTypes, Room room) {

    /** @throws IllegalArgumentException if {@code max} is less than 1 or the ttl is not positive */
    public LeaseRequest {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(room, "room");
        excludedTypes = Set.copyOf(excludedTypes);
        if (max < 1) {
            throw new IllegalArgumentException("a lease request for " + max + " tasks; ask for 1 or more");
        }
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException("a lease request for " + ttl + "; ask for more than no time");
        }
    }

    /** {@return a wish for one task} */
    public static LeaseRequest one(Duration ttl) {
        return of(1, ttl);
    }

    /** {@return a wish for up to {@code max} tasks of any type} */
    public static LeaseRequest of(int max, Duration ttl) {
        return new LeaseRequest(max, ttl, "", Set.of(), Room.UNLIMITED);
    }

    /** {@return the same for another node} */
    public LeaseRequest node(String name) {
        return new LeaseRequest(max, ttl, name, excludedTypes, room);
    }

    /** {@return the same without tasks of these types} */
    public LeaseRequest excludedTypes(Set<String> types) {
        return new LeaseRequest(max, ttl, node, types, room);
    }

    /** {@return the same within this room} */
    public LeaseRequest room(Room within) {
        return new LeaseRequest(max, ttl, node, excludedTypes, within);
    }
}
