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

/** What the loop tells its owner; called without locks. */
public interface LoopEvents {

    /** An attempt begins. */
    void started(Supplier<RunningTask> task);

    /** The end of a lease is on record. */
    void settled(Lease lease, Disposition disposition, LogEntry entry);

    /** A type has nobody to serve it; told once until somebody does. */
    void waitingForSkill(String type, String missing);

    /** An attempt ignored its interruption and was given up. */
    void stuck(Lease lease, SkillRef skill);

    /** The virtual machine is in trouble: out of memory, or worse. */
    void fatal(Lease lease, SkillRef skill, VirtualMachineError error);

    /** The store keeps nothing now; told once until it does again. */
    void storageTrouble(StorageException trouble);

    /** The store keeps things again. */
    void storageWell();

    /** Tasks were queued with what was settled; one whose id was known may be among them. */
    default void followedUp(List<Submission> followUps) {}

    /** Something was paused or resumed. */
    default void pausesChanged() {}

    /** A look for tasks that may run has ended; some may have expired in it. */
    default void turned() {}
}
