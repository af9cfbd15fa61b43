package io.victorhub;

import io.victorhub.scheduling.RunningTask;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.TaskState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that is known of one task at one moment.
 *
 * @param state where it stands, and what was submitted
 * @param entries what the log says of it, in order: attempts of all rounds with the lines that their skills kept, and closings; the
 *     latest {@value #MOST_ENTRIES} of them
 * @param missing how many attempts of the current round are not among them, because the log no longer keeps them
 * @param running the attempt that is under way in this hub, with its latest progress
 * @param waits what it waits for, if it waits
 * @since 0.1
 */
public record TaskDetail(
        TaskState state, List<LogEntry> entries, int missing, Optional<RunningTask> running, Optional<Wait> waits) {

    /** How many entries there are at most. */
    public static final int MOST_ENTRIES = 1_000;

    /** What a task can wait for. */
    public enum WaitsFor {
        /** A person, who releases it. */
        RELEASE,
        /** Its time: it was submitted for later, or is tried again later. */
        TIME,
        /** The end of a pause, of its type or of everything. */
        PAUSE,
        /** A skill that serves its type. */
        SKILL,
        /** Somebody who lets the hub work by itself. */
        AUTONOMOUS_MODE,
        /** Its turn: a free place among workers, limits and lanes, and the tasks before it. */
        TURN
    }

    /**
     * What a task waits for.
     *
     * @param what what kind of thing
     * @param sentence the same for a person
     */
    public record Wait(WaitsFor what, String sentence) {
        /** Checks that nothing is missing. */
        public Wait {
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(sentence, "sentence");
        }
    }

    /** Copies the list. */
    public TaskDetail {
        Objects.requireNonNull(state, "state");
        entries = List.copyOf(entries);
        Objects.requireNonNull(running, "running");
        Objects.requireNonNull(waits, "waits");
    }

    /** {@return the attempts that have ended, in order; {@link Execution#lines()} is what their skills kept} */
    public List<Execution> attempts() {
        return entries.stream()
                .filter(Execution.class::isInstance)
                .map(Execution.class::cast)
                .toList();
    }
}
