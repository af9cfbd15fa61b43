package io.victorhub;

import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result;
import io.victorhub.spi.store.TaskStatus;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a task was settled.
 *
 * @param taskId the task
 * @param status where it stands now: done, dead, cancelled or expired
 * @param last the log entry that settled it; empty where the store no longer keeps it
 * @since 0.1
 */
public record Completion(String taskId, TaskStatus status, Optional<LogEntry> last) {

    /** @throws IllegalArgumentException if {@code status} is that of a task that is not settled */
    public Completion {
        Objects.requireNonNull(taskId, "taskId");
        Objects.requireNonNull(last, "last");
        if (!status.settled()) {
            throw new IllegalArgumentException("task " + taskId + " is " + status + ", which is not settled");
        }
    }

    /** {@return what {@code entry} says about the end of its task; empty if it does not end it} */
    static Optional<Completion> of(LogEntry entry) {
        if (entry instanceof Execution execution && execution.retryAt().isEmpty()) {
            return Optional.of(new Completion(execution.taskId(), status(execution), Optional.of(entry)));
        }
        return entry instanceof Closed closed
                ? Optional.of(new Completion(closed.taskId(), status(closed.reason()), Optional.of(entry)))
                : Optional.empty();
    }

    /** {@return the attempt that settled it; empty where none did, such as for a task cancelled while it waited} */
    public Optional<Execution> execution() {
        return last.filter(Execution.class::isInstance).map(Execution.class::cast);
    }

    /** {@return whether the task is done, wholly} */
    public boolean succeeded() {
        return execution()
                .filter(attempt -> attempt.status() == Execution.Status.SUCCESS)
                .isPresent();
    }

    /** {@return what came of it, a JSON value; null where nothing did} */
    public @Nullable Object output() {
        return execution().map(Execution::output).orElse(null);
    }

    private static TaskStatus status(Execution execution) {
        switch (execution.status()) {
            case SUCCESS:
            case PARTIAL:
                return TaskStatus.DONE;
            case CANCELLED:
                return TaskStatus.CANCELLED;
            case EXPIRED:
                return TaskStatus.EXPIRED;
            default:
                return TaskStatus.DEAD;
        }
    }

    private static TaskStatus status(Result.Reason reason) {
        switch (reason) {
            case CANCELLED:
                return TaskStatus.CANCELLED;
            case EXPIRED:
                return TaskStatus.EXPIRED;
            default:
                return TaskStatus.DEAD;
        }
    }
}
