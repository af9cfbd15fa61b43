package io.victorhub.spi.store;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The queue: tasks waiting, leased and settled.
 *
 * <p>Lists that come back are in the order of what was given. Whatever a method could not do for one element it says in
 * that element's outcome; {@link StorageException} means that nothing of the call may be relied upon.
 *
 * @since 0.1
 */
public interface TaskStore {

    /**
     * Queues tasks; durable when it returns. Not one transaction: each stands for itself.
     *
     * @throws StorageException if they cannot be kept, such as on a full disk
     */
    List<Submitted> submit(Collection<Submission> all);

    /**
     * Hands out tasks that may run now, in the order of their rank: ready time − priority × ageing step, then the order
     * of submission. Never waits. Empty if there is nothing to hand out, or the store is told not to.
     */
    List<Lease> lease(LeaseRequest request);

    /** Keeps leases from running out; {@link Outcome#STALE} where one already did. */
    List<Outcome> renew(Collection<Lease> leases, Duration ttl);

    /**
     * Ends leases, each with its log entry and follow-ups as one record.
     *
     * @return {@link Outcome#RECORDED}; {@link Outcome#STALE} for a lease that is not the task's current one;
     *     {@link Outcome#UNKNOWN} for a task that is not there, or if nobody knows whether it was recorded
     */
    List<Outcome> settle(Collection<Settlement> settlements);

    /**
     * Does beforehand what can be done of a settlement without waiting for anybody, such as encoding it. Workers call it on
     * their own threads, all at once, before one of them settles for all; what they hand over then is what this returned. A
     * settlement that is settled without it must be fine too, and one that is prepared need not ever be settled.
     *
     * @return the settlement, {@linkplain Settlement#prepared(Object) with what was made of it}
     */
    default Settlement prepare(Settlement settlement) {
        return settlement;
    }

    /**
     * Ends leases and hands out tasks, as {@link #settle} and then {@link #lease} would: what a settlement queues may be
     * handed out by the same call, and the room that is asked for is the one behind the settlements. It is what a worker
     * calls between two tasks, so a store does well to make it one record or one round trip.
     *
     * <p>Whatever is thrown means that the settlements were not kept, or that nobody knows. Where they were, and only the
     * leasing failed, nothing is thrown: {@link Turnover#trouble()} says why there are no leases.
     *
     * @param settlements leases that end; none is fine
     * @param request what is wanted then
     * @throws StorageException if the settlements cannot be kept
     */
    default Turnover turnOver(Collection<Settlement> settlements, LeaseRequest request) {
        List<Outcome> outcomes = settlements.isEmpty() ? List.of() : settle(settlements);
        try {
            return Turnover.of(outcomes, lease(request));
        } catch (RuntimeException e) {
            return new Turnover(outcomes, List.of(), Optional.of(e));
        }
    }

    /**
     * Settles waiting tasks whose deadline has passed, of paused types and held ones too.
     *
     * @param max how many at most
     * @return how many it settled
     */
    int expire(int max);

    /**
     * Settles waiting tasks as cancelled. One that runs is marked: it is not tried again, and its holder may find
     * {@link TaskState#cancelRequested()}.
     *
     * @return {@link Outcome#STALE} for a task that is already settled
     */
    List<Outcome> cancel(Collection<String> ids);

    /** Lets held tasks run; {@link Outcome#STALE} for one that is not held. */
    List<Outcome> release(Collection<String> ids);

    /**
     * Queues dead letters anew: attempts begin at 1, in the next round.
     *
     * @return {@link Outcome#STALE} for a task that is no dead letter
     */
    default List<Outcome> requeue(Collection<String> ids) {
        return requeue(ids, false);
    }

    /**
     * Queues dead letters anew: attempts begin at 1, in the next round.
     *
     * @param held whether they wait until they are {@linkplain #release released}
     * @return {@link Outcome#STALE} for a task that is no dead letter
     */
    List<Outcome> requeue(Collection<String> ids, boolean held);

    /**
     * Removes what settled tasks carried (description, inputs, context, output, messages, metadata, log lines) from
     * everything the store holds, before it returns. Counts and durations stay. An erased dead letter is not queued anew,
     * whoever asks for that at the same moment. What the log has of tasks that were never queued goes too.
     *
     * @return {@link Outcome#STALE} for a task that is not settled, {@link Outcome#UNKNOWN} where nothing is known of it
     */
    List<Outcome> erase(Collection<String> ids);

    /** Keeps the latest progress of running tasks. The last second of it may be lost. Stale ones are ignored. */
    void progress(Collection<Progress> latest);

    /** {@return the task of that id; empty if there never was one, or its log is no longer kept} */
    Optional<TaskState> find(String id);

    /** {@return a page of tasks, in the order of submission; dead letters are a query} */
    TaskPage tasks(TaskQuery query);

    /**
     * {@return what the log says of a task: its attempts of all rounds and its closings, as far as they are kept, in their order;
     * empty if this store finds them only by reading the whole log} Ratings and imported entries are not among them.
     *
     * @param id of the task; one that is not known has no entries
     * @param max how many at most, 1 or more; of more the latest
     */
    default Optional<List<LogEntry>> entries(String id, int max) {
        return Optional.empty();
    }

    /** {@return how many tasks there are, by type and status} */
    StoreStats stats();

    /**
     * {@return how many tasks of a batch are not settled: held, delayed, ready and running ones} Exact at the moment of the
     * call, and of the same cost however many tasks there are: a batch is over when it is 0. A requeue counts anew.
     *
     * @param batch as {@link Submission#batch()} says; 0 for one that no task belongs to
     */
    long unsettled(String batch);

    /**
     * Calls {@code wake} whenever there may be something to do: work came, a delay, lease or deadline ran out. Called
     * without locks, on any thread, and more often than needed; it must be quick.
     */
    Subscription onWork(Runnable wake);
}
