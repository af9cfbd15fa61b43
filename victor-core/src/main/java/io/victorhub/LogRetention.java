package io.victorhub;

import io.victorhub.spi.store.LogPart;
import io.victorhub.spi.store.Position;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much of the log is kept. What any limit does not allow is dropped, the oldest first, in whole parts: the store on disk
 * writes a file a day, or more of them on busy days. The part that is being written stays, and so do tasks that are not
 * settled. With a part go its entries, the settled tasks and the dead letters whose last entry is in it, and after the next
 * opening what was learned from it.
 *
 * @param age how old the entries of a part may be; empty for any
 * @param entries how many there may be; empty for any number
 * @param bytes how much room they may take; empty for any
 * @since 0.1
 */
public record LogRetention(Optional<Duration> age, OptionalLong entries, OptionalLong bytes) {

    /** Everything is kept: the default. */
    public static final LogRetention FOREVER =
            new LogRetention(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());

    /** @throws IllegalArgumentException if a limit is not positive */
    public LogRetention {
        age.filter(limit -> limit.isNegative() || limit.isZero()).ifPresent(limit -> {
            throw new IllegalArgumentException("the log is kept for " + limit + "; it must be longer than no time");
        });
        requirePositive("entries", entries);
        requirePositive("bytes", bytes);
    }

    /** {@return the same for at most that long, to the day} */
    public LogRetention age(Duration limit) {
        return new LogRetention(Optional.of(limit), entries, bytes);
    }

    /** {@return the same for at most that many entries} */
    public LogRetention entries(long limit) {
        return new LogRetention(age, OptionalLong.of(limit), bytes);
    }

    /** {@return the same for at most that much room} */
    public LogRetention bytes(long limit) {
        return new LogRetention(age, entries, OptionalLong.of(limit));
    }

    boolean isForever() {
        return equals(FOREVER);
    }

    /** {@return before which position everything may go; empty if all of it stays} */
    Optional<Position> firstToKeep(List<LogPart> parts, LocalDate today) {
        long keptEntries = 0;
        long keptBytes = 0;
        for (int i = parts.size() - 1; i >= 0; i--) {
            LogPart part = parts.get(i);
            keptEntries += part.entries();
            keptBytes += part.bytes();
            boolean tooOld = age.isPresent()
                    && part.day().isBefore(today.minusDays(age.get().toDays()));
            boolean tooMany = entries.isPresent() && keptEntries > entries.getAsLong();
            boolean tooLarge = bytes.isPresent() && keptBytes > bytes.getAsLong();
            if (i < parts.size() - 1 && (tooOld || tooMany || tooLarge)) {
                return Optional.of(part.end());
            }
        }
        return Optional.empty();
    }

    private static void requirePositive(String what, OptionalLong limit) {
        if (limit.isPresent() && limit.getAsLong() < 1) {
            throw new IllegalArgumentException(
                    "the log is kept for " + limit.getAsLong() + " " + what + "; it must be 1 or more");
        }
    }
}
