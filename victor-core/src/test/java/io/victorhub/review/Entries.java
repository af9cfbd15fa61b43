package io.victorhub.review;

import io.victorhub.spi.Closed;
import io.victorhub.spi.Details;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Execution.Status;
import io.victorhub.spi.Imported;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.store.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Log entries in few words. */
final class Entries {

    static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private Entries() {}

    static Execution success(String skill) {
        return attempt(skill).build();
    }

    static Execution failure(String skill) {
        return failure(skill, Reason.SKILL_ERROR);
    }

    static Execution failure(String skill, Reason reason) {
        return attempt(skill)
                .status(Status.FAILED)
                .trouble(Execution.Trouble.of(reason, ""))
                .build();
    }

    static Execution retried(Execution execution) {
        return execution.toBuilder().retryAt(execution.at().plusSeconds(5)).build();
    }

    static Execution at(Instant end, Execution execution) {
        return execution.toBuilder().startedAt(end.minus(execution.duration())).build();
    }

    static Execution.Builder attempt(String skill) {
        return Execution.of("t-1", "type")
                .skill(new SkillRef(skill, "1"))
                .startedAt(NOON)
                .duration(Duration.ofSeconds(2))
                .queueWait(Duration.ofSeconds(3))
                .details(Details.builder().cost(.5).build());
    }

    static Closed closed(Reason reason) {
        return new Closed("t-1", "type", reason, "", 0, 1, NOON);
    }

    static Imported imported(Status status, String skill) {
        return new Imported("t-1", status, Duration.ofSeconds(2), Optional.empty(), Optional.ofNullable(skill), NOON);
    }

    static void learn(Reviewer reviewer, int times, LogEntry entry) {
        for (int i = 0; i < times; i++) {
            reviewer.learn(Position.START, entry);
        }
    }
}
