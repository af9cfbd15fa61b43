package io.victorhub.examples.benchmarks.victor;

import io.victorhub.Hub;
import io.victorhub.TaskHandle;
import io.victorhub.examples.benchmarks.Payload;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Submitted;
import java.util.ArrayList;
import java.util.List;

/** The tasks that the hub gets. */
final class Tasks {

    static final String TYPE = "check";

    private static final int BATCH = 1_000;

    private Tasks() {}

    /** {@return the task of that number} */
    static Task of(long number) {
        return Task.of(TYPE).id("t-" + number).inputs(Payload.map(number)).build();
    }

    /** Queues the tasks of the numbers from the first to the one before the last, a thousand at once. */
    static void fill(Hub hub, long from, long to) {
        for (long start = from; start < to; start += BATCH) {
            submit(hub, start, Math.min(to, start + BATCH));
        }
    }

    /** Queues tasks at once. */
    static void submit(Hub hub, long from, long to) {
        List<Submission> all = new ArrayList<>();
        for (long number = from; number < to; number++) {
            all.add(Submission.of(of(number)));
        }
        hub.submitAll(all).forEach(Tasks::checkAccepted);
    }

    /** @throws IllegalStateException if it was not accepted */
    static void checkAccepted(TaskHandle handle) {
        if (!(handle.submitted() instanceof Submitted.Accepted)) {
            throw new IllegalStateException("a task was not accepted: " + handle.submitted());
        }
    }
}
