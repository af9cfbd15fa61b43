package io.victorhub.spi.store;

import java.time.LocalDate;
import java.util.Objects;

/**
 * A piece of the log that a store drops as a whole, such as a file or a partition.
 *
 * @param end the position behind it; {@link ExecutionLog#forget forgetting} what stands before that drops it
 * @param day the day of its entries, in UTC
 * @param entries how many there are, 0 or more
 * @param bytes how much room it takes, 0 or more
 * @since 0.1
 */
public record LogPart(Position end, LocalDate day, long entries, long bytes) {

    /** @throws IllegalArgumentException if a number is negative */
    public LogPart {
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(day, "day");
        if (entries < 0 || bytes < 0) {
            throw new IllegalArgumentException(
                    "a part of the log with " + entries + " entries in " + bytes + " bytes; both must be 0 or more");
        }
    }
}
