package io.victorhub;

import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.TaskPage;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.spi.store.TaskStore;
import java.util.List;

/** Queues dead letters anew, many at once. */
final class DeadLetters {

    private DeadLetters() {}

    /** Page by page, each as one record; a task that dies again meanwhile is behind the cursor, and not met twice. */
    static int requeueAll(TaskStore tasks, TaskQuery query) {
        TaskQuery dead = query.status(TaskStatus.DEAD);
        int requeued = 0;
        TaskPage page = tasks.tasks(dead);
        while (true) {
            List<String> ids = page.tasks().stream().map(TaskState::id).toList();
            if (!ids.isEmpty()) {
                requeued += (int) tasks.requeue(ids).stream()
                        .filter(Outcome.RECORDED::equals)
                        .count();
            }
            if (page.next().isEmpty()) {
                return requeued;
            }
            page = tasks.tasks(dead.after(page.next().get()));
        }
    }
}
