package io.victorhub.spi.store;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Some of the tasks that a query asks for.
 *
 * @param tasks in the order of submission
 * @param next the cursor of the next page; empty if this was the last
 * @since 0.1
 */
public record TaskPage(List<TaskState> tasks, Optional<String> next) {

    /** Copies the list. */
    public TaskPage {
        tasks = List.copyOf(tasks);
        Objects.requireNonNull(next, "next");
    }
}
