package io.victorhub;

import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskState;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A task of a hub: an id, and whom to ask about it. */
record SubmittedTask(Submitted submitted, Hub hub, Completions completions) implements TaskHandle {

    @Override
    public String id() {
        return submitted instanceof Submitted.Joined joined ? joined.liveId() : submitted.taskId();
    }

    @Override
    public CompletionStage<Completion> completion() {
        return completions.of(id());
    }

    @Override
    public Optional<TaskState> state() {
        return hub.find(id());
    }

    @Override
    public boolean cancel() {
        return hub.cancel(id());
    }

    @Override
    public String toString() {
        return "TaskHandle[" + submitted + "]";
    }
}
