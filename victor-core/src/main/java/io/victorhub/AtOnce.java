package io.victorhub;

import io.victorhub.scheduling.loop.WorkLoop;
import io.victorhub.spi.Result;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.TaskStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Does tasks in the thread that asks for it, without queueing them. */
final class AtOnce {

    private final TaskStore tasks;
    private final WorkLoop loop;
    private final HubGuard guard;
    private final StopSwitch stop;
    private final Runnable logGrew;
    private final Set<String> executing = ConcurrentHashMap.newKeySet(); // ids that are done now

    AtOnce(TaskStore tasks, WorkLoop loop, HubGuard guard, StopSwitch stop, Runnable logGrew) {
        this.tasks = tasks;
        this.loop = loop;
        this.guard = guard;
        this.stop = stop;
        this.logGrew = logGrew;
    }

    /** Does something while none of these tasks is done, and none begins. */
    <R> R whileNotDoing(Collection<String> ids, Supplier<R> work) {
        List<String> kept = new ArrayList<>();
        try {
            for (String id : ids) {
                if (!executing.add(id)) {
                    throw new IllegalStateException("task " + id + " is being done now; erase it when it is done");
                }
                kept.add(id);
            }
            return work.get();
        } finally {
            kept.forEach(executing::remove);
        }
    }

    boolean isDoing(String id) {
        return executing.contains(id);
    }

    Result execute(Task task, Intake intake) {
        stop.requireNotStopped();
        guard.requireNoApprovalOf(task.type());
        Submission submission = Intake.withContext(Submission.of(task));
        intake.refusal(submission, Authorizer.Source.HOST).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        if (!executing.add(task.id())) {
            throw new IllegalArgumentException("task " + task.id() + " is being done now; give each an id of its own");
        }
        try {
            return execute(submission);
        } finally {
            executing.remove(task.id());
        }
    }

    private Result execute(Submission submission) {
        String id = submission.task().id();
        if (tasks.find(id).isPresent()) {
            throw new IllegalArgumentException("task " + id
                    + " is in the store; execute is for tasks that are not queued, so give it an id of its own");
        }
        try {
            return Results.of(loop.runNow(submission));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.failure(Result.Reason.CANCELLED, "the thread was interrupted while it waited for a place");
        } finally {
            logGrew.run();
        }
    }
}
