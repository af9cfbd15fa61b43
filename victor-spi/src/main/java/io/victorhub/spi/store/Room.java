package io.victorhub.spi.store;

import java.util.Map;

/**
 * How many more tasks may start, by type and by lane (a type's concurrency key). What is not named has the room that
 * {@code perType} and {@code perLane} say.
 *
 * @param byType how many more of each type named; 0 for none
 * @param byLane how many more in each lane named
 * @param perType how many more of a type that is not named
 * @param perLane how many more in a lane that is not named
 * @since 0.1
 */
public record Room(Map<String, Integer> byType, Map<Lane, Integer> byLane, int perType, int perLane) {

    /** No limit but the number asked for. */
    public static final Room UNLIMITED = new Room(Map.of(), Map.of(), Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Copies the maps. */
    public Room {
        byType = Map.copyOf(byType);
        byLane = Map.copyOf(byLane);
    }

    /**
     * A concurrency key of a type.
     *
     * @param type the task type
     * @param key what {@link io.victorhub.spi.Submission#lane()} says
     */
    public record Lane(String type, String key) {}

    /** {@return how many more tasks of {@code type} may start} */
    public int forType(String type) {
        return byType.getOrDefault(type, perType);
    }

    /** {@return how many more tasks may start in {@code lane}} */
    public int forLane(Lane lane) {
        return byLane.getOrDefault(lane, perLane);
    }
}
