package io.victorhub;

import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Who waits for the end of which task. Holds only tasks that somebody waits for. */
final class Completions {

    private final TaskStore tasks;
    private final Map<String, CompletableFuture<Completion>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Completions(TaskStore tasks) {
        this.tasks = tasks;
    }

    /** First a place to be told at, then a look: an end in between is told twice, and never missed. */
    CompletionStage<Completion> of(String id) {
        CompletableFuture<Completion> future = waiting.computeIfAbsent(id, key -> new CompletableFuture<>());
        if (closed) {
            fail(id, future);
            return future.minimalCompletionStage();
        }
        Optional<TaskState> state = tasks.find(id);
        if (state.isEmpty()) {
            waiting.remove(id, future);
            future.completeExceptionally(new IllegalStateException(
                    "task " + id + " is not known; it was never submitted, or its log is no longer kept"));
        } else if (state.get().status().settled()) {
            waiting.remove(id, future);
            future.complete(new Completion(id, state.get().status(), state.get().last()));
        }
        return future.minimalCompletionStage();
    }

    /** {@return whether somebody waits for the end of the task} */
    boolean areAwaited(String id) {
        return !waiting.isEmpty() && waiting.containsKey(id);
    }

    void settled(Completion completion) {
        CompletableFuture<Completion> future = waiting.remove(completion.taskId());
        if (future != null) {
            future.complete(completion);
        }
    }

    /** Nobody is told any more. */
    void close() {
        closed = true;
        waiting.forEach(this::fail);
    }

    private void fail(String id, CompletableFuture<Completion> future) {
        waiting.remove(id, future);
        future.completeExceptionally(new IllegalStateException("the hub was closed before task " + id
                + " was settled; it is kept, and goes on when its home is opened again"));
    }
}
