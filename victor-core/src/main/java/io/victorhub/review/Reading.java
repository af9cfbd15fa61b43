package io.victorhub.review;

import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Imported;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.SkillRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one entry of the log says, in one shape for all kinds.
 *
 * @param at when it ended
 * @param ending how
 * @param attempt whether it is an attempt, and not only the end of a task
 * @param settles whether the task ended with it
 * @param imported whether it comes from another system
 * @param skill who did it, where known
 * @param type the task's type, where known
 * @param durationNanos how long it took, or {@link #UNKNOWN} where that says nothing about how long such work takes
 * @param waitNanos how long the task had waited, or {@link #UNKNOWN}
 * @param cost what it cost
 */
record Reading(
        Instant at,
        Ending ending,
        boolean attempt,
        boolean settles,
        boolean imported,
        @Nullable String skill,
        @Nullable String type,
        long durationNanos,
        long waitNanos,
        double cost) {

    static final long UNKNOWN = -1;

    /** Empty for what is neither an attempt nor the end of a task. */
    static Optional<Reading> of(LogEntry entry) {
        if (entry instanceof Execution execution) {
            return Optional.of(of(execution));
        } else if (entry instanceof Closed closed) {
            return Optional.of(of(closed));
        } else if (entry instanceof Imported imported) {
            return Optional.of(of(imported));
        }
        return Optional.empty();
    }

    private static Reading of(Execution execution) {
        Ending ending = Ending.of(execution);
        boolean ran = ending.countsForSkills() && execution.skill().isPresent();
        return new Reading(
                execution.at(),
                ending,
                true,
                execution.retryAt().isEmpty(),
                false,
                execution.skill().map(SkillRef::name).orElse(null),
                execution.type(),
                ran ? nanos(execution.duration()) : UNKNOWN,
                nanos(execution.queueWait()),
                execution.details().cost());
    }

    private static Reading of(Closed closed) {
        Ending ending = Ending.of(closed.reason());
        return new Reading(
                closed.at(),
                ending == Ending.INTERRUPTED ? Ending.CANCELLED : ending,
                false,
                true,
                false,
                null,
                closed.type(),
                UNKNOWN,
                UNKNOWN,
                0);
    }

    private static Reading of(Imported imported) {
        Ending ending = Ending.of(imported.status());
        return new Reading(
                imported.at(),
                ending,
                true,
                true,
                true,
                imported.skill().orElse(null),
                imported.type().orElse(null),
                ending.countsForSkills() ? nanos(imported.duration()) : UNKNOWN,
                UNKNOWN,
                0);
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE; // 292 years
        }
    }
}
