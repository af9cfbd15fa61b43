package io.victorhub.store;

import io.victorhub.spi.Execution;
import io.victorhub.spi.Imported;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What stands for what was passed over when a fact was read. */
final class Outline {

    static final Payload<Submission> SUBMISSION =
            new Payload<>(Submission.of(Task.of("passed-over").id("passed-over").build()), new byte[0]);

    static final Payload<LogEntry> ENTRY = new Payload<>(
            new Imported(
                    "passed-over",
                    Execution.Status.SUCCESS,
                    Duration.ZERO,
                    Optional.empty(),
                    Optional.empty(),
                    Instant.EPOCH),
            new byte[0]);

    private Outline() {}

    static List<Payload<LogEntry>> entries(int count) {
        return Collections.nCopies(count, ENTRY);
    }
}
