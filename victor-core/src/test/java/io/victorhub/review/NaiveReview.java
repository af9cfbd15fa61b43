package io.victorhub.review;

import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Execution.Status;
import io.victorhub.spi.Imported;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Rating;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the log says, looked up in the whole of it each time, in no hurry. */
final class NaiveReview {

    record Attempt(
            @Nullable String skill,
            @Nullable String type,
            boolean counts,
            boolean succeeded,
            Optional<Duration> duration,
            Optional<Duration> queueWait,
            double cost) {}

    private NaiveReview() {}

    static boolean settles(LogEntry entry) {
        if (entry instanceof Execution execution) {
            return execution.retryAt().isEmpty() && reason(execution) != Reason.HUB_CLOSING;
        }
        return !(entry instanceof Rating);
    }

    static Status status(LogEntry entry) {
        if (entry instanceof Execution execution) {
            return execution.status();
        }
        return entry instanceof Imported imported ? imported.status() : status(((Closed) entry).reason());
    }

    static Status status(Reason reason) {
        return reason == Reason.CANCELLED
                ? Status.CANCELLED
                : reason == Reason.EXPIRED ? Status.EXPIRED : Status.FAILED;
    }

    static @Nullable Reason reason(Execution execution) {
        return execution.trouble().map(Execution.Trouble::reason).orElse(null);
    }

    static List<Attempt> attempts(List<LogEntry> history) {
        return history.stream().flatMap(entry -> attempt(entry).stream()).toList();
    }

    static List<Duration> sorted(List<Attempt> attempts, Function<Attempt, Optional<Duration>> which) {
        return attempts.stream()
                .flatMap(attempt -> which.apply(attempt).stream())
                .sorted()
                .toList();
    }

    private static Optional<Attempt> attempt(LogEntry entry) {
        if (entry instanceof Execution execution && reason(execution) != Reason.HUB_CLOSING) {
            Reason reason = reason(execution);
            boolean counts = reason == null || (reason.learnedFrom() && reason != Reason.LOST);
            return Optional.of(new Attempt(
                    execution.skill().map(SkillRef::name).orElse(null),
                    execution.type(),
                    counts,
                    execution.status() == Status.SUCCESS,
                    Optional.of(execution.duration())
                            .filter(d -> counts && execution.skill().isPresent()),
                    Optional.of(execution.queueWait()),
                    execution.details().cost()));
        } else if (entry instanceof Imported imported) {
            boolean counts = imported.status() != Status.CANCELLED && imported.status() != Status.EXPIRED;
            return Optional.of(new Attempt(
                    imported.skill().orElse(null),
                    imported.type().orElse(null),
                    counts,
                    imported.status() == Status.SUCCESS,
                    Optional.of(imported.duration()).filter(d -> counts),
                    Optional.empty(),
                    0));
        }
        return Optional.empty();
    }
}
