package io.victorhub;

import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskState;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A task that was handed to a hub. Safe for use by several threads, for as long as the hub is open.
 *
 * @since 0.1
 */
public interface TaskHandle {

    /** {@return the id of the task; of the one that stands for it, if it was joined to another} */
    String id();

    /** {@return what became of the submission} */
    Submitted submitted();

    /**
     * {@return a stage that is completed when the task is settled, in whatever way} A dead letter completes it too: look
     * at {@link Completion#status()}. It fails with an {@link IllegalStateException} if the hub is closed before (the
     * task is kept, and goes on when its home is opened again), or if the task was refused or is not known.
     *
     * <p>Dependent actions run on a thread of the hub: keep them short, or use the {@code …Async} methods. Each call costs a
     * look into the store; a handle that nobody asks costs nothing.
     */
    CompletionStage<Completion> completion();

    /** {@return the task at this moment; empty if the store no longer keeps it} */
    Optional<TaskState> state();

    /**
     * Cancels it: settles it if it waits, asks its skill to end if it runs.
     *
     * @return whether it was there to be cancelled: false if it was settled, or is not known
     */
    boolean cancel();
}
