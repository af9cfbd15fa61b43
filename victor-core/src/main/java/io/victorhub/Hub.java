package io.victorhub;

import io.victorhub.audit.Audit;
import io.victorhub.dashboard.Dashboard;
import io.victorhub.history.History;
import io.victorhub.review.Insight;
import io.victorhub.review.Reviewer;
import io.victorhub.scheduling.InboxReport;
import io.victorhub.scheduling.RecurringTasks;
import io.victorhub.scheduling.Scheduler;
import io.victorhub.spi.Imported;
import io.victorhub.spi.Result;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.TaskPage;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets an application work on its own: takes tasks, keeps them, has skills do them, and learns which skill serves which
 * task best.
 *
 * <pre>{@code
 * try (Hub hub = Hub.at(Path.of("victor-home")).workers(8).build()) {
 *     hub.enableAutonomousMode();
 *     TaskHandle handle = hub.submit(Task.of("content_generation").input("count", 10).build());
 *     Completion done = handle.completion().toCompletableFuture().join();
 *     System.out.println(hub.dashboard().toText());
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread, also from a skill or a listener. Once the hub is closed, methods that
 * change something throw {@link IllegalStateException}; so do those that read the store.
 *
 * @since 0.1
 */
public interface Hub extends AutoCloseable {

    /**
     * {@return a builder of a hub whose tasks, log and state are kept below {@code home}} The folder is made by
     * {@link HubBuilder#build()} if need be; one hub at a time may use it.
     */
    static HubBuilder at(Path home) {
        return new HubBuilder(home, false);
    }

    /**
     * {@return a builder of a hub that keeps nothing: when it is closed, everything is gone} For tests, and for work that
     * may be lost. Its workspaces lie in a temporary folder that is removed at the end.
     */
    static HubBuilder inMemory() {
        return new HubBuilder(HubBuilder.NO_HOME, true);
    }

    /**
     * Queues a task. It is on disk when this returns, as far as the store keeps things there.
     *
     * @throws IllegalArgumentException if it cannot be queued: too large, a {@code /} in its id, which is reserved for the
     *     hub, or refused by the authorizer
     * @throws QueueFullException if as many tasks wait as {@link HubBuilder#queueLimit} allows; with
     *     {@link WhenFull#BLOCK}, if the thread is interrupted while it waits for room, or must not wait
     * @throws StorageException if it cannot be kept, such as on a full disk
     */
    default TaskHandle submit(Task task) {
        return submit(Submission.of(task));
    }

    /**
     * Queues a task in a certain way: later, once per key, held for approval.
     *
     * @throws IllegalArgumentException if it cannot be queued: too large, a {@code /} in its id, which is reserved for the
     *     hub, or refused by the authorizer
     * @throws QueueFullException if as many tasks wait as {@link HubBuilder#queueLimit} allows; with
     *     {@link WhenFull#BLOCK}, if the thread is interrupted while it waits for room, or must not wait
     * @throws StorageException if it cannot be kept, such as on a full disk
     */
    TaskHandle submit(Submission submission);

    /**
     * Queues many tasks with one write, or with a few where the queue takes only so many at a time. Each stands for itself:
     * one that is refused says so in {@link TaskHandle#submitted()}, and the others go on.
     *
     * @return handles in the order of {@code submissions}
     * @throws StorageException if they cannot be kept, such as on a full disk
     */
    List<TaskHandle> submitAll(Collection<Submission> submissions);

    /**
     * {@return the batch of that id: tasks that belong together, and one that follows when all are settled} It begins with
     * the first task that is added to it.
     *
     * @param id 1 to 190 printable characters, without a {@code /}
     */
    Batch batch(String id);

    /** {@return the batches that are not over, by their ids} */
    List<Batch> batches();

    /**
     * Submits all tasks of a batch at once, and says what follows when all are settled. Doing it again is safe, as long as
     * the tasks keep their ids.
     *
     * @param followUp gets the id {@code <batch>/done}; see {@link Batch}
     * @throws StorageException if it cannot be kept, such as on a full disk; do it again
     */
    default Batch submitBatch(String id, Collection<Submission> tasks, Task followUp) {
        Batch batch = batch(id);
        batch.add(tasks);
        batch.closeThen(followUp);
        return batch;
    }

    /**
     * Does a task in this thread, once, with the same routing, limits and log as any other. It is not queued: nobody
     * else sees it waiting, nobody tries it again or requeues it, and if the process dies it is gone. Waits for a place
     * (called from a skill, for none), but not for a skill: where nobody serves the type, it fails as
     * {@link Result.Reason#UNAVAILABLE}.
     *
     * @return what came of it; a failure {@link Result.Reason#CANCELLED} if this thread is interrupted while it waits
     * @throws IllegalArgumentException if a task of that id is in the store, its id has a {@code /}, its type needs a
     *     person's approval, or the authorizer refuses it
     * @throws IllegalStateException if a person stopped everything
     */
    Result execute(Task task);

    /** {@return the task of that id at this moment; empty if there is none, or its log is no longer kept} */
    Optional<TaskState> find(String id);

    /**
     * {@return all that is known of a task: where it stands, each attempt with what its skill logged, and what it waits for; empty if
     * there is none, or its log is no longer kept} Our stores read one record for each entry; others may read the whole log.
     */
    Optional<TaskDetail> task(String id);

    /**
     * {@return a page of tasks in the order of submission; dead letters are a query} What waits, runs, or is dead is in memory, and
     * looked through a thousand at a time; what is settled for good is read from those files of the journal in which tasks of that
     * age ended. Of each task that has the right status, type, and time of settlement what was submitted is read, for the text and
     * the time of submission, and the latest entry of the log, for the skill.
     */
    TaskPage tasks(TaskQuery query);

    /** {@return what can be done to all tasks that a query finds: cancel, requeue, release; or only be counted} */
    Bulk bulk(TaskQuery query);

    /** {@return a handle of a task that was submitted before, by whomever; its {@code submitted()} is known} */
    TaskHandle handle(String id);

    /**
     * Cancels a task: settles it if it waits, asks its skill to end if it runs.
     *
     * @return whether it was there to be cancelled: false if it is settled, or not known
     */
    boolean cancel(String id);

    /**
     * Queues a dead letter anew; its attempts begin at 1, in the next round.
     *
     * @return whether it was a dead letter
     */
    boolean requeue(String id);

    /**
     * Lets a held task run.
     *
     * @return whether it was held
     * @throws IllegalStateException if its type needs a person's approval; see {@link GuardRails#approve}
     */
    boolean release(String id);

    /**
     * Works on its own from now on: tasks are started as they become ready, and the inbox is read. One warning is logged
     * that says so. Idempotent. The process goes on until the hub is closed.
     *
     * @throws IllegalStateException if a person stopped everything; see {@link GuardRails#allowAgain}
     */
    void enableAutonomousMode();

    /** Starts no more tasks by itself, and reads the inbox no more; running tasks go on. Idempotent. */
    void disableAutonomousMode();

    /** {@return what it is doing as a whole} */
    HubStatus status();

    /** {@return whether it is well, and if not, why} Cheap; from any thread, at any time, also when it is closed. */
    Health health();

    /** {@return what happens from now on, to subscribe to} */
    Events events();

    /**
     * Reads the inbox now, instead of at the next event or interval. Does not wait for room in the queue: what there is none
     * for stays where it is.
     *
     * @return one report for each file that was taken in
     */
    List<InboxReport> readInbox();

    /** {@return the loop that carries out tasks: pauses, what runs, what waits for a skill} */
    Scheduler scheduler();

    /** {@return what keeps it within what people allow: a stop of everything, budgets, approvals} */
    GuardRails guard();

    /** {@return who changed what may run or how, and why} */
    Audit audit();

    /** {@return the tasks that come again and again: nightly, every hour, by a cron expression} */
    RecurringTasks recurring();

    /** {@return the skills} */
    Skills skills();

    /** {@return what the log says, in numbers; up to date with every task that is settled} */
    Reviewer reviewer();

    /** {@return what the numbers say that a person should know, the strongest evidence first} */
    List<Insight> insights();

    /** {@return what happened, entry by entry} */
    History history();

    /**
     * Adds executions that another system had recorded to the log, such as those that {@code PatternsFile} reads: they
     * count in totals, and for the skills and types that they name. Adding the same ones twice counts them twice.
     *
     * @throws StorageException if they cannot be kept
     */
    void importHistory(Collection<Imported> entries);

    /** {@return the state of everything at one moment, as text, JSON or Markdown} */
    Dashboard dashboard();

    /**
     * {@return the files that the result of a task names; empty if it names none, is not settled, or its log is no longer
     * kept} Those of {@link #execute} are in the details of its result, with paths relative to {@link #home()}.
     */
    List<KeptArtifact> artifacts(String taskId);

    /**
     * {@return the workspaces that attempts at a task left, with what no artifact names, one folder each} They go when
     * {@link HubBuilder#workspaceRetention} is over.
     *
     * @throws StorageException if they cannot be listed
     */
    List<Path> workspaces(String taskId);

    /**
     * Removes what a settled task carried from all that this home holds, for good, before it returns: description, inputs,
     * context, outputs, metadata, messages, log lines, artifacts, workspaces, and its entries in the files of the inbox. What
     * it counted for in statistics and learning stays. An erased dead letter cannot be queued anew. Doing it again is safe,
     * as after a crash in between. It reads the whole store: to erase many, use {@link #eraseAll}.
     *
     * @return what was removed, and what is out of reach
     * @throws IllegalStateException if the task is not settled, or being done now; nothing was erased then
     * @throws StorageException if something cannot be removed; some of it may be
     */
    default Erasure erase(String taskId) {
        return eraseAll(Set.of(taskId)).get(0);
    }

    /**
     * The same for many tasks at once.
     *
     * @return what was removed of each, in the order of {@code taskIds}
     * @throws IllegalStateException if one of them is not settled, or being done now
     * @throws StorageException if something cannot be removed; some of it may be
     */
    List<Erasure> eraseAll(Collection<String> taskIds);

    /** {@return the folder that all paths of artifacts are relative to} */
    Path home();

    /** {@return the version of this library, such as {@code 0.1.0}} */
    String version();

    /**
     * Ends in order: takes no more tasks, starts none, lets running ones end within the drain timeout, interrupts the
     * rest (they go back to the queue, and use no attempt), forces everything to disk. Idempotent. Returns when all that
     * is done; called from a skill or a listener on the thread of an attempt, it returns at once, and the rest is done
     * when that attempt has ended.
     */
    @Override
    void close();
}
