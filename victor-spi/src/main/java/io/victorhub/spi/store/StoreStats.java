package io.victorhub.spi.store;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How many tasks there are.
 *
 * @param counts one for each type and status that has any, in no order
 * @since 0.1
 */
public record StoreStats(List<Count> counts) {

    /** Copies the list. */
    public StoreStats {
        counts = List.copyOf(counts);
    }

    /** How far a figure can be trusted. */
    public enum Precision {
        /** It is so, at the moment it was read. */
        EXACT,
        /** It is about so. */
        ESTIMATED,
        /** The engine cannot tell. */
        ABSENT
    }

    /**
     * How many tasks of one type have one status. Settled ones count for as long as their log is kept.
     *
     * @param type the type
     * @param status the status
     * @param number how many; 0 where absent
     * @param precision how far to trust it
     */
    public record Count(String type, TaskStatus status, long number, Precision precision) {
        /** @throws IllegalArgumentException if the number is negative */
        public Count {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(precision, "precision");
            if (number < 0) {
                throw new IllegalArgumentException("the count of " + status + " tasks of type " + type + " is " + number
                        + "; it must be 0 or more");
            }
        }
    }

    /** {@return how many tasks have that status, of all types; empty if the engine cannot tell} */
    public OptionalLong count(TaskStatus status) {
        return sum(counts.stream().filter(count -> count.status() == status).toList());
    }

    /** {@return how many tasks of that type have that status; empty if the engine cannot tell} */
    public OptionalLong count(String type, TaskStatus status) {
        return sum(counts.stream()
                .filter(count -> count.status() == status && count.type().equals(type))
                .toList());
    }

    private static OptionalLong sum(List<Count> some) {
        return some.stream().anyMatch(count -> count.precision() == Precision.ABSENT)
                ? OptionalLong.empty()
                : OptionalLong.of(some.stream().mapToLong(Count::number).sum());
    }
}
