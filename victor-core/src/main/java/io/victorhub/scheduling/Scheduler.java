package io.victorhub.scheduling;

import java.time.Instant;
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

    /** Starts no more tasks of any type, until somebody resumes them; running ones go on. */
    default void pause() {
        pause(Pause.everything());
    }

    /** Starts no more tasks of {@code type}, until somebody resumes it; running ones go on. */
    default void pause(String type) {
        pause(Pause.of(type));
    }

    /**
     * Starts no more tasks of any type until then, and goes on by itself, also after a restart.
     *
     * @throws IllegalArgumentException if that is past
     */
    default void pauseUntil(Instant until) {
        pause(Pause.everything().until(until));
    }

    /**
     * Starts no more tasks of {@code type} until then, and goes on by itself, also after a restart.
     *
     * @throws IllegalArgumentException if that is past
     */
    default void pause(String type, Instant until) {
        pause(Pause.of(type).until(until));
    }

    /**
     * Starts no more tasks of what is paused, in place of an earlier pause of the same type or of all; running ones go on.
     *
     * @throws IllegalArgumentException if its end is past
     */
    void pause(Pause pause);

    /** Ends a pause of everything; types paused on their own stay so. */
    void resume();

    /** Ends the pause of a type. */
    void resume(String type);

    /** {@return what is paused, with its end and its reason: everything first, then types by their names} */
    List<Pause> pauses();

    /** {@return whether everything is paused} */
    boolean isPaused();

    /** {@return the types that are paused on their own} */
    Set<String> pausedTypes();

    /**
     * {@return the attempts that are under way, the longest first} With the latest progress of each, which
     * {@code hub.find(id)} tells too, and which is kept.
     */
    List<RunningTask> running();

    /** {@return the types whose tasks wait because nobody serves them, with what is missing in words} */
    Map<String, String> waitingForSkill();

    /** {@return how many threads are lost to skills that ignored their interruption} */
    int stuckThreads();
}
