package io.victorhub.scheduling;

import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Submitted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The tasks of a hub that come again and again. Reached through {@code hub.recurring()}.
 *
 * <p>They are kept in the store and outlive the process. They run while the hub works by itself; what they miss otherwise,
 * or while they or their type are paused, is made up for as {@link Missed} says. Every run is submitted once, whatever
 * becomes of the process: its id is made of name and time.
 *
 * <p>All methods may be called from any thread. Those that change something throw {@link StorageException} if that cannot be
 * kept, and {@link IllegalStateException} once the hub is closed; those that name one throw
 * {@link IllegalArgumentException} if there is none of that name.
 *
 * @since 0.1
 */
public interface RecurringTasks {

    /**
     * Adds one, or puts it in place of the one of its name. One that is the same as before keeps its next time, so that a
     * host may say this at each start; otherwise the next time is worked out anew, from now. A pause of it stays.
     *
     * @return how it stands
     * @throws IllegalArgumentException if the authorizer refuses what it would submit, or it is too large
     */
    RecurringStatus schedule(Recurring definition);

    /**
     * Removes one. What it has submitted stays.
     *
     * @return whether it was there
     */
    boolean remove(String name);

    /** {@return all of them, by name} */
    List<RecurringStatus> all();

    /** {@return the one of that name} */
    Optional<RecurringStatus> find(String name);

    /** {@return its next times; the first one is past if it was missed} */
    List<Instant> upcoming(String name, int count);

    /** Submits it now, whether it is paused or not. Its next time stays as it is. */
    Submitted runNow(String name);

    /** Lets it miss its runs until somebody resumes it. */
    void pause(String name);

    /** Lets it run again, and makes up for what it missed, as it says. */
    void resume(String name);
}
