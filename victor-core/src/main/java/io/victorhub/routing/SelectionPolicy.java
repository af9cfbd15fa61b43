package io.victorhub.routing;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.Position;
import java.util.List;

/**
 * Chooses the skill for an attempt, and learns from what came of earlier ones.
 *
 * <p><b>Threads:</b> {@link #choose} is called by several threads at once, while {@link #learn} is called by one.
 *
 * <p><b>Errors:</b> a policy that throws, returns null, or names a skill which was no candidate, is passed over: the first
 * candidate gets the task, and one warning is logged.
 *
 * @since 0.1
 */
public interface SelectionPolicy {

    /** {@return name and version, such as {@code beta-thompson@1}, kept with every choice} */
    String name();

    /**
     * Chooses one of the candidates. Its randomness must come from {@code seed} alone, so that the same log, candidates
     * and seed give the same choice after a restart.
     *
     * @param features what is known of the task
     * @param candidates at least two skills that may do it, by name
     * @param seed drawn from the hub's seed, the task's id and the attempt
     */
    Selection choose(TaskFeatures features, List<Candidate> candidates, long seed);

    /**
     * Takes in one entry of the log. Every entry comes once, in order; after a restart all of them come again.
     *
     * @param position the position behind the entry
     */
    void learn(Position position, LogEntry entry);
}
