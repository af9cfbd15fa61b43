package io.victorhub;

import io.victorhub.registry.SkillProblem;
import io.victorhub.scheduling.BatchStatus;
import io.victorhub.scheduling.BudgetStatus;
import io.victorhub.scheduling.InboxReport;
import io.victorhub.scheduling.RunningTask;
import io.victorhub.spi.Execution;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Submitted;
import java.time.Instant;

/**
 * Hears what happens in a hub. Handed to {@link HubBuilder#listener}; override what is of interest.
 *
 * <p><b>Threads:</b> called by several at once, without locks: on threads of the hub, of its executor, or of a host that asks
 * the hub for figures. A slow listener slows the hub down: the thread that tells of one attempt has the next task already. It
 * may call the hub, {@link Hub#close} included, but must not wait for a task, which may be the one that waits for its thread.
 *
 * <p><b>Errors:</b> one that throws is logged and harms nobody.
 *
 * @since 0.1
 */
public interface HubListener {

    /** A skill begins an attempt. */
    default void attemptStarted(RunningTask task) {}

    /** An attempt has ended and is on record; whether it is tried again says {@link Execution#retryAt()}. */
    default void attemptEnded(Execution execution) {}

    /**
     * A task is settled: done, dead, cancelled or expired. Comes once for each, in the order of the log, and may come
     * before {@link #attemptEnded} of the same attempt, which another thread tells. Also told of what {@link Hub#execute}
     * did; a failure of that is dead here, though no dead letter is kept.
     */
    default void taskSettled(Completion completion) {}

    /**
     * Tasks of a type wait because nobody serves it; told once until somebody does.
     *
     * @param missing what is missing, in words
     */
    default void waitingForSkill(String type, String missing) {}

    /** A skill ignored its interruption: the attempt was given up and its thread is lost. */
    default void skillStuck(String taskId, SkillRef skill) {}

    /** A skill, or a jar that should hold one, is kept out. */
    default void skillProblem(SkillProblem problem) {}

    /** Skills came, went, or were enabled or disabled. */
    default void skillsChanged() {}

    /** The virtual machine is in trouble, such as out of memory; its uncaught handler hears of it too. */
    default void fatalError(String taskId, SkillRef skill, VirtualMachineError error) {}

    /**
     * A recurring task has come: a run of it was submitted.
     *
     * @param name its name
     * @param at the time that the run was due at; past if it is made up for
     * @param run what became of the submission: {@code Joined} if the run before is not settled
     */
    default void recurringRan(String name, Instant at, Submitted run) {}

    /** A batch is over: closed, and all of its tasks settled. What follows it was submitted. */
    default void batchEnded(BatchStatus batch) {}

    /**
     * A limit of a budget is reached, and nothing more begins that it concerns; told once in each hour or day, and again if
     * what a person granted is used up too.
     */
    default void budgetUsedUp(BudgetStatus budget) {}

    /** A file of the inbox was taken in. */
    default void inboxRead(InboxReport report) {}

    /** The store keeps nothing now, and tasks are refused; told once until it does again. */
    default void storageTrouble(StorageException trouble) {}

    /** The store keeps things again. */
    default void storageRecovered() {}

    /** The hub as a whole does something else now. */
    default void statusChanged(HubStatus before, HubStatus now) {}
}
