package io.victorhub.spi;

import java.time.Instant;

/**
 * One thing that happened, as the log keeps it. Whatever Victor learns is a fold of these in the log's order.
 *
 * @since 0.1
 */
public sealed interface LogEntry permits Execution, Closed, Rating, Imported {

    /** {@return the task that it is about} */
    String taskId();

    /** {@return when it happened} */
    Instant at();
}
