package io.victorhub;

import io.victorhub.scheduling.RunningTask;
import io.victorhub.scheduling.agenda.Agenda;
import io.victorhub.scheduling.agenda.Batches;
import io.victorhub.scheduling.loop.LoopEvents;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.StorageException;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes what the loop tells on to operators, listeners, and whoever follows the log. */
final class HubEvents implements LoopEvents {

    private static final Logger log = LoggerFactory.getLogger(Hub.class);

    private final Observation observation;
    private final Listeners listeners;
    private final LogFollower follower;
    private final QueueGate gate;
    private final Agenda agenda;
    private final Batches batches;
    private final Runnable statusMayDiffer;
    private final Runnable pausesMayDiffer;

    HubEvents(
            Observation observation,
            Listeners listeners,
            LogFollower follower,
            QueueGate gate,
            Agenda agenda,
            Batches batches,
            Runnable statusMayDiffer,
            Runnable pausesMayDiffer) {
        this.observation = observation;
        this.listeners = listeners;
        this.follower = follower;
        this.gate = gate;
        this.agenda = agenda;
        this.batches = batches;
        this.statusMayDiffer = statusMayDiffer;
        this.pausesMayDiffer = pausesMayDiffer;
    }

    @Override
    public void started(Supplier<RunningTask> started) {
        gate.wake();
        if (listeners.any()) {
            RunningTask task = started.get();
            listeners.tell(listener -> listener.attemptStarted(task));
        }
    }

    @Override
    public void settled(Lease lease, Disposition disposition, LogEntry entry) {
        observation.settled(entry, disposition);
        follower.grew();
        if (disposition instanceof Disposition.Settled) {
            lease.submission().batch().ifPresent(batches::settled);
        }
        if (entry instanceof Execution execution) {
            if (log.isDebugEnabled()) {
                debug(execution);
            }
            if (listeners.any()) {
                listeners.tell(listener -> listener.attemptEnded(execution));
            }
        }
    }

    private static void debug(Execution execution) {
        execution
                .trouble()
                .ifPresentOrElse(
                        trouble -> log.debug(
                                "attempt {} at task {} ended as {}: {}; {}",
                                execution.attempt(),
                                execution.taskId(),
                                execution.status().text(),
                                trouble.message(),
                                execution
                                        .retryAt()
                                        .map(at -> "tried again at " + at)
                                        .orElse("settled")),
                        () -> log.debug(
                                "task {} ended as {}",
                                execution.taskId(),
                                execution.status().text()));
    }

    @Override
    public void waitingForSkill(String type, String missing) {
        listeners.tell(listener -> listener.waitingForSkill(type, missing)); // the loop has warned
    }

    @Override
    public void stuck(Lease lease, SkillRef skill) {
        log.warn(
                "skill {} ignored the interruption of task {}; the attempt is given up and its thread is lost until the skill returns",
                skill,
                lease.taskId());
        listeners.tell(listener -> listener.skillStuck(lease.taskId(), skill));
    }

    @Override
    public void fatal(Lease lease, SkillRef skill, VirtualMachineError error) {
        log.error(
                "the virtual machine failed while skill {} did task {}; it goes on, but look at memory and limits",
                skill,
                lease.taskId(),
                error);
        listeners.tell(listener -> listener.fatalError(lease.taskId(), skill, error));
        Listeners.uncaught(error);
    }

    @Override
    public void storageTrouble(StorageException trouble) {
        observation.storageTrouble();
        log.warn("the store keeps nothing now; tasks are refused, and results are tried again until it does", trouble);
        listeners.tell(listener -> listener.storageTrouble(trouble));
        statusMayDiffer.run();
    }

    @Override
    public void storageWell() {
        log.info("the store keeps things again");
        listeners.tell(HubListener::storageRecovered);
        batches.anySettled(); // what was settled in doubt was told to nobody
        statusMayDiffer.run();
    }

    @Override
    public void followedUp(List<Submission> followUps) {
        observation.followedUp(followUps);
    }

    @Override
    public void pausesChanged() {
        pausesMayDiffer.run();
        statusMayDiffer.run();
        agenda.poke();
    }

    @Override
    public void turned() {
        gate.wake();
        follower.poke();
    }
}
