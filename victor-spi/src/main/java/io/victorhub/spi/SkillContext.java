package io.victorhub.spi;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What the hub lends a skill for one attempt. Safe for use by several threads until the attempt has ended; after that
 * every method but the getters throws {@link IllegalStateException}.
 *
 * @since 0.1
 */
public interface SkillContext {

    /** {@return whether the attempt shall end: it was cancelled, ran out of time, or the hub is closing} */
    boolean isCancellationRequested();

    /** {@return when this attempt must have ended: the earlier of its time limit and the task's deadline} */
    Optional<Instant> deadline();

    /** {@return which attempt at the task this is, from 1} */
    int attempt();

    /**
     * {@return a key for what the skill does elsewhere, the same for all attempts at the task} Hand it to services that
     * know idempotency keys, so that a second attempt does not do a second time what the first had done.
     */
    String idempotencyKey();

    /**
     * Tells how far the work is. Cheap: only the latest is kept, and it is shown about once a second.
     *
     * @param fraction of the work that is done, 0 to 1; what lies outside is moved to the nearer end
     * @param message what is being done now; may be empty
     */
    void progress(double fraction, String message);

    /**
     * Keeps one line with the execution, for whoever reads it later. At most 100 lines of 1,000 characters each; what
     * comes after is counted and left out.
     */
    void log(String line);

    /**
     * {@return a folder of this attempt's own, empty at its start; files named as artifacts are kept} It is made when it is
     * first asked for.
     *
     * @throws java.io.UncheckedIOException if it cannot be made; let it pass, and the attempt is recorded as
     *     {@link Result.Reason#RESOURCE}
     * @throws IllegalStateException if the attempt has ended and had not asked for it
     */
    Path workspace();

    /**
     * Submits another task, together with this one's result: if the attempt ends as a success or a part of one, both are
     * kept or neither is; if it fails, the follow-up is dropped. So a second attempt doubles nothing.
     *
     * @return the id of the follow-up
     * @throws IllegalArgumentException if its id has a {@code /}, which is reserved for the hub, or it is too large to
     *     be queued
     */
    String submit(Task followUp);
}
