package io.victorhub.scheduling;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a host can do with the loop that carries out tasks. Reached through {@code hub.scheduler()}.
 *
 * <p>All methods may be called from any thread. Pauses are kept in the store, so they outlive the process.
 *
 * @since 0.1
 */
public interface Scheduler {

    /**
     * Leases what may run now, as far as there is room, and hands it to the workers, once. For hosts that drive the hub
     * by hand instead of letting it work by itself.
     *
     * @return how many tasks it handed over
     */
    int runPending();

    /** Starts no more tasks of any type; running ones go on. */
    void pause();

    /** Starts no more tasks of {@code type}; running ones go on. */
    void pause(String type);

    /** Takes back {@link #pause()}; types paused on their own stay so. */
    void resume();

    /** Takes back {@link #pause(String)}. */
    void resume(String type);

    /** {@return whether everything is paused} */
    boolean isPaused();

    /** {@return the types that are paused on their own} */
    Set<String> pausedTypes();

    /** {@return the attempts that are under way, the longest first} */
    List<RunningTask> running();

    /** {@return the types whose tasks wait because nobody serves them, with what is missing in words} */
    Map<String, String> waitingForSkill();

    /** {@return how many threads are lost to skills that ignored their interruption} */
    int stuckThreads();
}
