package io.victorhub.dispatch;

import io.victorhub.spi.Execution;
import io.victorhub.spi.Submission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt.
 *
 * @param execution as it will be kept, but for what becomes of the task
 * @param followUps what the skill submitted, if it succeeded
 * @param retryAfter how long the skill asked to wait
 * @param fatal an error of the virtual machine, which the host must hear of
 */
public record Ended(
        Execution execution,
        List<Submission> followUps,
        Optional<Duration> retryAfter,
        @Nullable VirtualMachineError fatal) {

    /** Copies the list. */
    public Ended {
        followUps = List.copyOf(followUps);
    }
}
