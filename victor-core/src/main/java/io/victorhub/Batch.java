package io.victorhub;

import io.victorhub.scheduling.BatchStatus;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.StorageException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tasks that belong together, and one that follows when all of them are settled.
 *
 * <pre>{@code
 * Batch batch = hub.batch("import-42");
 * batch.add(Task.of("import").input("file", "a.csv").build());
 * batch.add(Task.of("import").input("file", "b.csv").build());
 * batch.closeThen(Task.of("report").build());
 * }</pre>
 *
 * <p>It is kept in the store and outlives the process. It begins with the first {@link #add}, and is filled in as many calls
 * as need be, also by the next process. Once it is closed and all of its tasks are settled (done, dead letters, cancelled
 * or expired), the follow-up is submitted, once whatever becomes of the process: its id is {@code <batch>/done}. Its
 * context has a {@code batch} with the {@code id}, the {@code total}, and how many were {@code done}, {@code dead},
 * {@code cancelled} and {@code expired}. A dead letter that is requeued before that is waited for; one that is requeued
 * later changes nothing.
 *
 * <p>Doing everything again after a crash is safe, as long as tasks keep their ids: what is known does nothing. A batch that
 * is over is remembered for 30 days.
 *
 * <p>Tasks that name the batch in their submission without having been added, such as follow-ups of its tasks, are waited for
 * and not counted.
 *
 * <p>All methods may be called from any thread. Once the hub is closed they throw {@link IllegalStateException}.
 *
 * @since 0.1
 */
public interface Batch {

    /** {@return its id} */
    String id();

    /**
     * Submits tasks that belong to it, like {@link Hub#submitAll}: each stands for itself. One that is new is refused once the
     * batch is closed.
     *
     * @return handles in the order of {@code submissions}; those that were accepted are in the batch, and those that were
     *     before
     * @throws IllegalArgumentException if one names another batch
     * @throws StorageException if they cannot be kept, such as on a full disk; add them again
     */
    List<TaskHandle> add(Collection<Submission> submissions);

    /** Submits tasks that belong to it, with nothing special about them. */
    default List<TaskHandle> add(Task... tasks) {
        return add(Stream.of(tasks).map(Submission::of).toList());
    }

    /** Lets no more tasks in; nothing follows. Does nothing where it is closed. */
    void close();

    /**
     * Lets no more tasks in; when all are settled, which may be now, {@code followUp} is submitted. Does nothing where it is
     * closed.
     *
     * @throws IllegalArgumentException if the authorizer refuses the follow-up
     */
    default void closeThen(Task followUp) {
        closeThen(Submission.of(followUp));
    }

    /**
     * Lets no more tasks in; when all are settled, which may be now, {@code followUp} is queued in that way. Does nothing
     * where it is closed.
     *
     * @param followUp whatever the id of its task, it gets {@code <batch>/done}
     * @throws IllegalArgumentException if the authorizer refuses the follow-up
     */
    void closeThen(Submission followUp);

    /**
     * {@return how it stands; empty if nothing was ever added to it, or it is forgotten} Looks at each of its tasks, as long as
     * it is not over.
     */
    Optional<BatchStatus> status();

    /** {@return how many of its tasks are not settled} Costs the same however many there are. */
    long unsettled();
}
