package io.victorhub;

import io.victorhub.broadcast.Broadcast;
import io.victorhub.registry.SkillProblem;
import io.victorhub.scheduling.BatchStatus;
import io.victorhub.scheduling.InboxReport;
import io.victorhub.scheduling.Pause;
import io.victorhub.scheduling.RunningTask;
import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hears what listeners hear, and tells it to those who have subscribed to events. Nothing is made where nobody has. */
final class EventFeed implements HubListener {

    private final Broadcast<HubEvent> broadcast;
    private final InstantSource clock;

    EventFeed(Executor threads, InstantSource clock, LongConsumer dropped) {
        this.clock = clock;
        this.broadcast = new Broadcast<>(threads, lost -> new HubEvent.EventsLost(clock.instant(), lost), dropped);
    }

    boolean isHeard() {
        return broadcast.isHeard();
    }

    Events events() {
        return EventStream.of(broadcast);
    }

    void close() {
        broadcast.close();
    }

    /** What became of submissions, in their order. */
    void submitted(Collection<Submission> all, List<Submitted> answers) {
        int next = 0;
        for (Submission submission : all) {
            if (answers.get(next++) instanceof Submitted.Accepted) {
                queued(submission);
            }
        }
    }

    /** One was queued. */
    void queued(Submission submission) {
        broadcast.tell(new HubEvent.TaskSubmitted(
                clock.instant(), submission.task().id(), submission.task().type()));
    }

    void pausesChanged(Supplier<List<Pause>> now) {
        if (isHeard()) {
            broadcast.tell(new HubEvent.PausesChanged(clock.instant(), now.get()));
        }
    }

    @Override
    public void attemptStarted(RunningTask task) {
        broadcast.tell(
                new HubEvent.AttemptStarted(clock.instant(), task.taskId(), task.type(), task.skill(), task.attempt()));
    }

    @Override
    public void attemptEnded(Execution execution) {
        broadcast.tell(new HubEvent.AttemptEnded(
                clock.instant(),
                execution.taskId(),
                execution.type(),
                execution.skill(),
                execution.attempt(),
                execution.round(),
                execution.status(),
                execution.trouble(),
                execution.duration(),
                execution.retryAt()));
    }

    @Override
    public void taskSettled(Completion completion) {
        LogEntry last = completion.last().orElse(null);
        String type = last instanceof Execution execution
                ? execution.type()
                : last instanceof Closed closed ? closed.type() : "";
        broadcast.tell(
                completion.status() == TaskStatus.DEAD
                        ? new HubEvent.TaskDied(clock.instant(), completion.taskId(), type, why(last))
                        : new HubEvent.TaskSettled(clock.instant(), completion.taskId(), type, completion.status()));
    }

    @Override
    public void waitingForSkill(String type, String missing) {
        broadcast.tell(new HubEvent.WaitingForSkill(clock.instant(), type, missing));
    }

    @Override
    public void skillStuck(String taskId, SkillRef skill) {
        broadcast.tell(new HubEvent.SkillStuck(clock.instant(), taskId, skill));
    }

    @Override
    public void skillProblem(SkillProblem problem) {
        broadcast.tell(new HubEvent.SkillRefused(clock.instant(), problem));
    }

    @Override
    public void skillsChanged() {
        broadcast.tell(new HubEvent.SkillsChanged(clock.instant()));
    }

    @Override
    public void fatalError(String taskId, SkillRef skill, VirtualMachineError error) {
        broadcast.tell(new HubEvent.Alarm(
                clock.instant(),
                "fatal-error",
                "the virtual machine failed with " + error.getClass().getName() + " while skill " + skill + " did task "
                        + taskId + "; look at memory and limits"));
    }

    @Override
    public void recurringRan(String name, Instant at, Submitted run) {
        broadcast.tell(new HubEvent.RecurringRan(clock.instant(), name, at, run));
    }

    @Override
    public void batchEnded(BatchStatus batch) {
        broadcast.tell(new HubEvent.BatchEnded(clock.instant(), batch));
    }

    @Override
    public void inboxRead(InboxReport report) {
        broadcast.tell(new HubEvent.InboxRead(clock.instant(), report));
    }

    @Override
    public void storageTrouble(StorageException trouble) {
        broadcast.tell(new HubEvent.StorageTrouble(clock.instant(), String.valueOf(trouble.getMessage())));
    }

    @Override
    public void storageRecovered() {
        broadcast.tell(new HubEvent.StorageRecovered(clock.instant()));
    }

    @Override
    public void statusChanged(HubStatus before, HubStatus now) {
        broadcast.tell(new HubEvent.StatusChanged(clock.instant(), before, now));
    }

    private static String why(@Nullable LogEntry last) {
        if (last instanceof Closed closed) {
            return closed.message();
        }
        return last instanceof Execution execution
                ? execution.trouble().map(Execution.Trouble::message).orElse("")
                : "";
    }
}
