package io.victorhub.scheduling.inbox;

import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Submitted;
import java.util.List;

/** Where an inbox puts the tasks that it finds. */
@FunctionalInterface
public interface TaskSink {

    /**
     * Submits up to 1,000 tasks in the order of the file; durable when it returns.
     *
     * @param waits whether to wait where there is no room for all of them
     * @return what became of each; of fewer than were given if there is no room for the rest, and the wait is over
     */
    List<Submitted> submit(List<Submission> all, boolean waits);

    /**
     * {@return whether there is room for a task; if not, files stay where they are}
     *
     * @param waits whether to wait for it
     */
    default boolean awaitRoom(boolean waits) {
        return true;
    }
}
