package io.victorhub.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a task, as it is kept for ever after: who did it, how long it took, what came of it.
 *
 * <p>Immutable. Two executions are equal if all their components are.
 *
 * @since 0.1
 */
public final class Execution implements LogEntry {

    /** How an attempt ended. */
    public enum Status {
        /** The task is done. */
        SUCCESS,
        /** A part of it is done. */
        PARTIAL,
        /** It is not done. */
        FAILED,
        /** It was cancelled. */
        CANCELLED,
        /** Its deadline passed. */
        EXPIRED;

        private final String text = name().toLowerCase(Locale.ROOT);

        /** {@return the name in JSON, such as {@code success}} */
        public String text() {
            return text;
        }
    }

    /**
     * Why an attempt ended without a result.
     *
     * @param reason the kind of trouble
     * @param message what happened
     * @param exception the class of what was thrown, if anything was
     * @param frame the topmost stack frame inside the skill, if anything was thrown
     */
    public record Trouble(Result.Reason reason, String message, Optional<String> exception, Optional<String> frame) {
        /** Checks that nothing is missing. */
        public Trouble {
            Objects.requireNonNull(reason, "reason");
            message = Names.whole(Objects.requireNonNull(message, "message"));
            exception = Objects.requireNonNull(exception, "exception").map(Names::whole);
            frame = Objects.requireNonNull(frame, "frame").map(Names::whole);
        }

        /** {@return trouble with no exception behind it} */
        public static Trouble of(Result.Reason reason, String message) {
            return new Trouble(reason, message, Optional.empty(), Optional.empty());
        }
    }

    private final String taskId;
    private final String type;
    private final int priority;
    private final int attempt;
    private final int round;
    private final Status status;
    private final @Nullable SkillRef skill;
    private final @Nullable Object output;
    private final Details details;
    private final @Nullable Trouble trouble;
    private final String missing;
    private final Instant startedAt;
    private final Duration queueWait;
    private final Duration duration;
    private final @Nullable Instant retryAt;
    private final @Nullable Choice choice;
    private final List<String> lines;
    private final String node;

    private Execution(Builder builder) {
        this.taskId = builder.taskId;
        this.type = builder.type;
        this.priority = builder.priority;
        this.attempt = builder.attempt;
        this.round = builder.round;
        this.status = builder.status;
        this.skill = builder.skill;
        this.output = JsonValues.copyOf(builder.output);
        this.details = builder.details;
        this.trouble = builder.trouble;
        this.missing = Names.whole(builder.missing);
        this.startedAt = Objects.requireNonNull(builder.startedAt, "startedAt");
        this.queueWait = builder.queueWait;
        this.duration = builder.duration;
        this.retryAt = builder.retryAt;
        this.choice = builder.choice;
        this.lines = builder.lines.isEmpty()
                ? List.of()
                : builder.lines.stream().map(Names::whole).toList();
        this.node = Names.whole(builder.node);
        if (priority < Task.LOWEST_PRIORITY || priority > Task.HIGHEST_PRIORITY) {
            throw new IllegalArgumentException("task " + taskId + " has priority " + priority + "; it must be 0..10");
        }
        if (attempt < 1 || round < 1) {
            throw new IllegalArgumentException(
                    "task " + taskId + " has attempt " + attempt + " of round " + round + "; both count from 1");
        }
        if (duration.isNegative() || queueWait.isNegative()) {
            throw new IllegalArgumentException("task " + taskId + " has the duration " + duration + " and waited "
                    + queueWait + "; neither may be negative");
        }
    }

    /** {@return a builder of an execution of the task {@code taskId} of {@code type}} */
    public static Builder of(String taskId, String type) {
        return new Builder(Names.requireId("task id", taskId), Names.requireName("task type", type));
    }

    @Override
    public String taskId() {
        return taskId;
    }

    /** {@return the task's type} */
    public String type() {
        return type;
    }

    /** {@return the task's priority, 0 to 10} */
    public int priority() {
        return priority;
    }

    /** {@return which attempt it was, from 1} */
    public int attempt() {
        return attempt;
    }

    /** {@return which round: 1, and one more after each requeue of a dead letter} */
    public int round() {
        return round;
    }

    /** {@return how it ended} */
    public Status status() {
        return status;
    }

    /** {@return who did it; empty where it ended before anybody was chosen} */
    public Optional<SkillRef> skill() {
        return Optional.ofNullable(skill);
    }

    /** {@return what came of it, a JSON value} */
    public @Nullable Object output() {
        return output;
    }

    /** {@return cost, quality, metadata and artifacts; the paths of artifacts are relative to the hub's home} */
    public Details details() {
        return details;
    }

    /** {@return why it failed; empty for a success, whole or partial} */
    public Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** {@return what a partial success did not do; empty otherwise} */
    public String missing() {
        return missing;
    }

    /** {@return when the skill was called} */
    public Instant startedAt() {
        return startedAt;
    }

    /** {@return how long the task had been ready and waiting} */
    public Duration queueWait() {
        return queueWait;
    }

    /** {@return how long the attempt took, by a clock that never jumps} */
    public Duration duration() {
        return duration;
    }

    /** {@return when the next attempt may start; empty if this one settled the task} */
    public Optional<Instant> retryAt() {
        return Optional.ofNullable(retryAt);
    }

    /** {@return how the skill was chosen} */
    public Optional<Choice> choice() {
        return Optional.ofNullable(choice);
    }

    /** {@return what the skill kept with {@link SkillContext#log(String)}} */
    public List<String> lines() {
        return lines;
    }

    /** {@return the node that ran it} */
    public String node() {
        return node;
    }

    /** {@return when it ended: {@link #startedAt()} plus {@link #duration()}} */
    @Override
    public Instant at() {
        return startedAt.plus(duration);
    }

    /** {@return a builder that begins with everything in this execution} */
    public Builder toBuilder() {
        Builder builder = new Builder(taskId, type);
        builder.priority = priority;
        builder.attempt = attempt;
        builder.round = round;
        builder.status = status;
        builder.skill = skill;
        builder.output = output;
        builder.details = details;
        builder.trouble = trouble;
        builder.missing = missing;
        builder.startedAt = startedAt;
        builder.queueWait = queueWait;
        builder.duration = duration;
        builder.retryAt = retryAt;
        builder.choice = choice;
        builder.lines = lines;
        builder.node = node;
        return builder;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Execution that
                && taskId.equals(that.taskId)
                && type.equals(that.type)
                && priority == that.priority
                && attempt == that.attempt
                && round == that.round
                && status == that.status
                && Objects.equals(skill, that.skill)
                && Objects.equals(output, that.output)
                && details.equals(that.details)
                && Objects.equals(trouble, that.trouble)
                && missing.equals(that.missing)
                && startedAt.equals(that.startedAt)
                && queueWait.equals(that.queueWait)
                && duration.equals(that.duration)
                && Objects.equals(retryAt, that.retryAt)
                && Objects.equals(choice, that.choice)
                && lines.equals(that.lines)
                && node.equals(that.node);
    }

    @Override
    public int hashCode() {
        return Objects.hash(taskId, attempt, round);
    }

    @Override
    public String toString() {
        return "Execution[task=" + taskId + ", type=" + type + (skill == null ? "" : ", skill=" + skill) + ", attempt="
                + attempt + ", status=" + status
                + (trouble == null ? "" : ", trouble=" + trouble.reason() + ": " + trouble.message()) + "]";
    }

    /** Collects what is known of an attempt. Not safe for use by several threads. */
    public static final class Builder {
        private final String taskId;
        private final String type;
        private int priority = Task.DEFAULT_PRIORITY;
        private int attempt = 1;
        private int round = 1;
        private Status status = Status.SUCCESS;
        private @Nullable SkillRef skill;
        private @Nullable Object output;
        private Details details = Details.NONE;
        private @Nullable Trouble trouble;
        private String missing = "";
        private @Nullable Instant startedAt;
        private Duration queueWait = Duration.ZERO;
        private Duration duration = Duration.ZERO;
        private @Nullable Instant retryAt;
        private @Nullable Choice choice;
        private List<String> lines = List.of();
        private String node = "";

        private Builder(String taskId, String type) {
            this.taskId = taskId;
            this.type = type;
        }

        /** Sets the task's priority. */
        public Builder priority(int priority) {
            this.priority = priority;
            return this;
        }

        /** Sets which attempt it was, from 1. */
        public Builder attempt(int attempt) {
            this.attempt = attempt;
            return this;
        }

        /** Sets which round it was, from 1. */
        public Builder round(int round) {
            this.round = round;
            return this;
        }

        /** Sets how it ended; default success. */
        public Builder status(Status status) {
            this.status = Objects.requireNonNull(status, "status");
            return this;
        }

        /** Sets who did it. */
        public Builder skill(@Nullable SkillRef skill) {
            this.skill = skill;
            return this;
        }

        /** Sets what came of it, a JSON value. */
        public Builder output(@Nullable Object output) {
            this.output = output;
            return this;
        }

        /** Sets cost, quality, metadata and artifacts. */
        public Builder details(Details details) {
            this.details = Objects.requireNonNull(details, "details");
            return this;
        }

        /** Sets why it is no success. */
        public Builder trouble(@Nullable Trouble trouble) {
            this.trouble = trouble;
            return this;
        }

        /** Sets what a partial success did not do. */
        public Builder missing(String missing) {
            this.missing = Objects.requireNonNull(missing, "missing");
            return this;
        }

        /** Sets when the skill was called. */
        public Builder startedAt(Instant startedAt) {
            this.startedAt = Objects.requireNonNull(startedAt, "startedAt");
            return this;
        }

        /** Sets how long the task had been ready and waiting. */
        public Builder queueWait(Duration wait) {
            this.queueWait = Objects.requireNonNull(wait, "wait");
            return this;
        }

        /** Sets how long it took. */
        public Builder duration(Duration duration) {
            this.duration = Objects.requireNonNull(duration, "duration");
            return this;
        }

        /** Sets when the next attempt may start; null if there is none. */
        public Builder retryAt(@Nullable Instant at) {
            this.retryAt = at;
            return this;
        }

        /** Sets how the skill was chosen. */
        public Builder choice(@Nullable Choice choice) {
            this.choice = choice;
            return this;
        }

        /** Sets the lines that the skill kept. */
        public Builder lines(List<String> lines) {
            this.lines = lines;
            return this;
        }

        /** Sets the node that ran it. */
        public Builder node(String node) {
            this.node = Objects.requireNonNull(node, "node");
            return this;
        }

        /**
         * {@return the execution}
         *
         * @throws IllegalArgumentException if a component is out of its range
         * @throws NullPointerException if {@code startedAt} was not set
         */
        public Execution build() {
            return new Execution(this);
        }
    }
}
