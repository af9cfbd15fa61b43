package io.victorhub.scheduling.loop;

import io.victorhub.scheduling.RunningTask;
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

/** Tells the owner, who may throw: it harms no task. */
record GuardedEvents(LoopEvents owner) implements LoopEvents {

    private static final Logger log = LoggerFactory.getLogger(GuardedEvents.class);

    @Override
    public void started(Supplier<RunningTask> task) {
        try {
            owner.started(task);
        } catch (RuntimeException | Error e) {
            warn(e);
        }
    }

    @Override
    public void settled(Lease lease, Disposition disposition, LogEntry entry) {
        try {
            owner.settled(lease, disposition, entry);
        } catch (RuntimeException | Error e) {
            warn(e);
        }
    }

    @Override
    public void waitingForSkill(String type, String missing) {
        tell(() -> owner.waitingForSkill(type, missing));
    }

    @Override
    public void stuck(Lease lease, SkillRef skill) {
        tell(() -> owner.stuck(lease, skill));
    }

    @Override
    public void fatal(Lease lease, SkillRef skill, VirtualMachineError error) {
        tell(() -> owner.fatal(lease, skill, error));
    }

    @Override
    public void storageTrouble(StorageException trouble) {
        tell(() -> owner.storageTrouble(trouble));
    }

    @Override
    public void storageWell() {
        tell(owner::storageWell);
    }

    @Override
    public void followedUp(List<Submission> followUps) {
        tell(() -> owner.followedUp(followUps));
    }

    @Override
    public void pausesChanged() {
        tell(owner::pausesChanged);
    }

    @Override
    public void turned() {
        tell(owner::turned);
    }

    private static void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException | Error e) {
            warn(e);
        }
    }

    private static void warn(Throwable thrown) {
        log.warn("whoever listens to the scheduler threw; the scheduler goes on", thrown);
    }
}
