package io.victorhub;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a hub is well, and if not, why.
 *
 * @param state the worst that a reason says; up if there is none
 * @param at when it was looked at, by the hub's clock
 * @param reasons the worst first, then by their codes
 * @since 0.1
 */
public record Health(State state, Instant at, List<Reason> reasons) {

    /** How well a hub is. */
    public enum State {
        /** It does what it is there for. */
        UP,
        /** It works; somebody should look. */
        DEGRADED,
        /** It takes no tasks, or is closed. */
        DOWN
    }

    /** What can be wrong. The names, and the texts, are part of the API: alerts are built on them. */
    public enum Code {
        /** It is closing or closed. */
        CLOSED(State.DOWN),
        /** The disk failed in a way that ends the hub's taking until it is opened again. */
        STORAGE_BROKEN(State.DOWN),
        /** The store keeps nothing now; it is tried again. */
        STORAGE_TROUBLE(State.DOWN),
        /** The disk is full: what runs is kept in the reserve. */
        DISK_FULL(State.DEGRADED),
        /** It starts no tasks by itself. */
        NOT_AUTONOMOUS(State.DEGRADED),
        /** Everything is paused. */
        PAUSED(State.DEGRADED),
        /** All workers have been at the same attempts for long, and tasks wait. */
        WORKERS_BUSY(State.DEGRADED),
        /** Threads are lost to skills that ignore their interruption. */
        THREADS_STUCK(State.DEGRADED),
        /** A skill that lost too many threads gets no tasks. */
        SKILL_BROKEN(State.DEGRADED),
        /** A skill, or a jar that should hold one, is kept out. */
        SKILL_REFUSED(State.DEGRADED),
        /** Tasks of a type wait because nobody serves it. */
        WAITING_FOR_SKILL(State.DEGRADED),
        /** Tasks die faster than they should. */
        DEAD_LETTERS(State.DEGRADED),
        /** The inbox cannot be read. */
        INBOX_TROUBLE(State.DEGRADED),
        /** What is learned from the log is far behind it. */
        LEARNING_BEHIND(State.DEGRADED),
        /** The host's clock does not tell the time. */
        CLOCK_TROUBLE(State.DEGRADED);

        private final State state;
        private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

        Code(State state) {
            this.state = state;
        }

        /** {@return what a hub is for this reason} */
        public State state() {
            return state;
        }

        /** {@return the name as others see it, such as {@code storage-trouble}} */
        public String text() {
            return text;
        }
    }

    /**
     * Why a hub is not well.
     *
     * @param code what kind of reason it is
     * @param subject whom it is about, such as a type or a skill; empty where that is the hub as a whole
     * @param sentence what is wrong, and what to do, for a person
     * @param since since when; where nothing tells, when the hub noticed: at an event, or at the first look that found it
     */
    public record Reason(Code code, String subject, String sentence, Instant since) {
        /** Checks that nothing is missing. */
        public Reason {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(sentence, "sentence");
            Objects.requireNonNull(since, "since");
        }
    }

    /** Copies the list. */
    public Health {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(at, "at");
        reasons = List.copyOf(reasons);
    }

    /** {@return the first reason of that code; empty if there is none} */
    public Optional<Reason> reason(Code code) {
        return reasons.stream().filter(reason -> reason.code() == code).findFirst();
    }

    /** {@return the state, and one line for each reason, for a person} */
    public String toText() {
        StringBuilder text = new StringBuilder(state.name());
        for (Reason reason : reasons) {
            text.append("\n  ")
                    .append(reason.code().text())
                    .append(" since ")
                    .append(reason.since())
                    .append(": ")
                    .append(reason.sentence());
        }
        return text.toString();
    }
}
