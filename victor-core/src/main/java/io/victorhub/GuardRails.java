package io.victorhub;

import io.victorhub.scheduling.Budget;
import io.victorhub.scheduling.BudgetStatus;
import io.victorhub.scheduling.StopOrder;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.TaskPage;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What keeps a hub that works by itself within what people allow: a stop of everything, budgets, and types of task that wait
 * for a person. Whatever is changed here outlives the process, and is in {@link Hub#audit()} with its actor and reason before
 * it takes effect.
 *
 * <pre>{@code
 * hub.guard().stopEverything("kim", "prices are wrong");
 * hub.guard().allowAgain("kim", "prices are right again");
 * hub.guard().awaiting().tasks().forEach(task -> hub.guard().approve(task.id(), "kim", "looked at it"));
 * hub.guard().grant(Budget.ofHub().costPerDay(20), "kim", "release day");
 * }</pre>
 *
 * <p>May be used by any thread. Methods that change something throw {@link IllegalArgumentException} if actor (at most 200
 * characters) or reason (at most 1,000) is blank or too long, {@link StorageException} if the change cannot be recorded, and
 * {@link IllegalStateException} once the hub is closed. Who may call them is for the host to say.
 *
 * @since 0.1
 */
public interface GuardRails {

    /** {@return who stopped everything, and why; empty if nobody did} */
    Optional<StopOrder> stopped();

    /**
     * Stops everything: nothing begins any more, autonomous mode ends, and neither it nor {@code runPending} can be had before
     * {@link #allowAgain}, after a restart either. Tasks are still taken, and wait. What runs goes on to its end.
     *
     * <p>A file {@code STOP} in the home does the same, with its first line as the reason: it is looked for when the hub is
     * opened, when it begins to work, and at every {@link HubBuilder#checkInterval}.
     *
     * @throws StorageException if it cannot be recorded; this process has stopped all the same, and the next may not be
     */
    default void stopEverything(String actor, String reason) {
        stopEverything(actor, reason, false);
    }

    /**
     * The same.
     *
     * @param endRunning whether what runs is interrupted as well; it goes back to the queue, and uses no attempt
     */
    void stopEverything(String actor, String reason, boolean endRunning);

    /**
     * Ends the stop. Autonomous mode goes on if the stop ended it in this process.
     *
     * @return whether everything was stopped
     * @throws IllegalStateException if the file {@code STOP} is still there; remove it first
     */
    boolean allowAgain(String actor, String reason);

    /** {@return how each limit of each budget stands now, the hub's first} */
    List<BudgetStatus> budgets();

    /**
     * Limits a scope otherwise from now on, in place of all its limits, until somebody changes it again: it comes before what
     * {@link HubBuilder#budget} says, after a restart too. A budget without limits lifts them.
     */
    void change(Budget budget, String actor, String reason);

    /**
     * Allows more in the current hour or day, on top of the limits: {@code Budget.ofType("mail").runsPerHour(50)} is 50 more
     * of that type in this hour.
     *
     * @throws IllegalArgumentException if a limit that is named is none of the scope's
     */
    void grant(Budget more, String actor, String reason);

    /** {@return the types whose tasks wait for a person, as the builder said} */
    Set<String> approvalRequired();

    /** {@return the first 100 tasks that wait for a person, in the order of submission} */
    default TaskPage awaiting() {
        return awaiting(TaskQuery.all());
    }

    /**
     * {@return a page of the tasks that wait for a person: those of types that need approval, and those that were submitted
     * as held}
     *
     * @param query whatever its statuses, {@link TaskStatus#HELD} is meant
     */
    TaskPage awaiting(TaskQuery query);

    /**
     * Lets a task run that waits for a person, with all its attempts. If it becomes a dead letter and is requeued, it waits
     * anew.
     *
     * @return whether it waited for a person
     */
    boolean approve(String taskId, String actor, String reason);

    /**
     * Cancels a task that waits for a person.
     *
     * @return whether it waited for a person
     */
    boolean reject(String taskId, String actor, String reason);
}
