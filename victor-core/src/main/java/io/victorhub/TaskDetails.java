package io.victorhub;

import io.victorhub.TaskDetail.Wait;
import io.victorhub.TaskDetail.WaitsFor;
import io.victorhub.scheduling.Pause;
import io.victorhub.scheduling.RunningTask;
import io.victorhub.scheduling.loop.WorkLoop;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Collects what store, log and loop know of a task. */
final class TaskDetails {

    private static final int PAGE = 500;

    private final Store store;
    private final WorkLoop loop;

    TaskDetails(Store store, WorkLoop loop) {
        this.store = store;
        this.loop = loop;
    }

    Optional<TaskDetail> of(String id) {
        return store.tasks().find(id).map(this::detail);
    }

    private TaskDetail detail(TaskState state) {
        List<LogEntry> entries =
                store.tasks().entries(state.id(), TaskDetail.MOST_ENTRIES).orElseGet(() -> search(state.id()));
        Optional<RunningTask> running = loop.running().stream()
                .filter(task -> task.taskId().equals(state.id()))
                .findFirst();
        return new TaskDetail(state, entries, missing(state, entries), running, waits(state));
    }

    /** Where the store cannot find them, all of the log is read. */
    private List<LogEntry> search(String id) {
        Deque<LogEntry> found = new ArrayDeque<>();
        LogPage page = store.log().read(Position.START, PAGE);
        while (!page.entries().isEmpty()) {
            for (LogPage.Logged logged : page.entries()) {
                if (logged.entry().taskId().equals(id)) {
                    found.add(logged.entry());
                    if (found.size() > TaskDetail.MOST_ENTRIES) {
                        found.remove();
                    }
                }
            }
            page = store.log().read(page.end(), PAGE);
        }
        return List.copyOf(found);
    }

    /** An attempt that was released has the number of the one that follows it. */
    private static int missing(TaskState state, List<LogEntry> entries) {
        long there = entries.stream()
                .filter(Execution.class::isInstance)
                .map(Execution.class::cast)
                .filter(execution -> execution.round() == state.round())
                .mapToInt(Execution::attempt)
                .filter(attempt -> attempt <= state.attempts())
                .distinct()
                .count();
        int ended = state.attempts() - (state.status() == TaskStatus.RUNNING ? 1 : 0);
        return (int) Math.max(0, ended - there);
    }

    private Optional<Wait> waits(TaskState state) {
        switch (state.status()) {
            case HELD:
                return wait(WaitsFor.RELEASE, "it is held until somebody releases it");
            case DELAYED:
                return wait(
                        WaitsFor.TIME,
                        state.attempts() > 0
                                ? "it is tried again at " + state.readyAt()
                                : "it was submitted for " + state.readyAt());
            case READY:
                return ready(state.type());
            default:
                return Optional.empty();
        }
    }

    private Optional<Wait> ready(String type) {
        Optional<Pause> pause = loop.pauses().stream()
                .filter(one -> one.type().isEmpty() || one.type().get().equals(type))
                .findFirst();
        String missing = loop.waitingForSkill().get(type);
        if (pause.isPresent()) {
            Pause one = pause.get();
            return wait(
                    WaitsFor.PAUSE,
                    (one.type().isEmpty() ? "everything" : "type " + type) + " is paused"
                            + one.until().map(until -> " until " + until).orElse("")
                            + (one.reason().isEmpty() ? "" : " (" + one.reason() + ")"));
        } else if (missing != null) {
            return wait(WaitsFor.SKILL, missing);
        } else if (!loop.isLeasing()) {
            return wait(WaitsFor.AUTONOMOUS_MODE, "the hub starts no tasks by itself");
        }
        return wait(WaitsFor.TURN, "it waits for a free place behind the tasks that come before it");
    }

    private static Optional<Wait> wait(WaitsFor what, String sentence) {
        return Optional.of(new Wait(what, sentence));
    }
}
