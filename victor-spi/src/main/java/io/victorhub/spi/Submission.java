package io.victorhub.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A task and how it shall be queued.
 *
 * <pre>{@code
 * hub.submit(Submission.builder(task).notBefore(tomorrow).uniqueKey("report").build());
 * }</pre>
 *
 * <p>Immutable. Two submissions are equal if all their components are.
 *
 * @since 0.1
 */
public final class Submission {

    private final Task task;
    private final @Nullable Instant notBefore;
    private final @Nullable String uniqueKey;
    private final UniquePolicy uniquePolicy;
    private final @Nullable String lane;
    private final @Nullable String parent;
    private final @Nullable String batch;
    private final boolean held;
    private final @Nullable String skill;
    private final @Nullable Double maxCost;
    private final boolean noExplore;
    private final @Nullable Integer maxAttempts;
    private final @Nullable Duration timeLimit;
    private final Map<String, String> mdc;

    private Submission(Builder builder) {
        this.task = builder.task;
        this.notBefore = builder.notBefore;
        this.uniqueKey = checkedId("unique key", builder.uniqueKey);
        this.uniquePolicy = builder.uniquePolicy;
        this.lane = checkedId("lane", builder.lane);
        this.parent = checkedId("parent", builder.parent);
        this.batch = checkedId("batch", builder.batch);
        this.held = builder.held;
        this.skill = builder.skill == null ? null : Names.requireName(who() + "skill", builder.skill);
        this.maxCost = builder.maxCost;
        this.noExplore = builder.noExplore;
        this.maxAttempts = builder.maxAttempts;
        this.timeLimit = builder.timeLimit;
        this.mdc = Map.copyOf(builder.mdc);
        if (maxCost != null && !(maxCost >= 0 && maxCost < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    who() + "maximum cost is " + maxCost + "; it must be a finite number, 0 or more");
        }
        if (maxAttempts != null && maxAttempts < 1) {
            throw new IllegalArgumentException(
                    who() + "maximum of attempts is " + maxAttempts + "; it must be 1 or more");
        }
        if (timeLimit != null && (timeLimit.isNegative() || timeLimit.isZero())) {
            throw new IllegalArgumentException(who() + "time limit is " + timeLimit + "; it must be more than nothing");
        }
    }

    /** {@return the task to be queued now, with nothing special about it} */
    public static Submission of(Task task) {
        return builder(task).build();
    }

    /** {@return a builder of a submission of {@code task}} */
    public static Builder builder(Task task) {
        return new Builder(Objects.requireNonNull(task, "task"));
    }

    /** {@return what is to be done} */
    public Task task() {
        return task;
    }

    /** {@return the instant before which it must not start} */
    public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }

    /** {@return the key of which only one task may be waiting or running at a time} */
    public Optional<String> uniqueKey() {
        return Optional.ofNullable(uniqueKey);
    }

    /** {@return what becomes of it if another task holds its unique key} */
    public UniquePolicy uniquePolicy() {
        return uniquePolicy;
    }

    /** {@return the concurrency key: tasks of one type and lane run at most so many at a time as the host set} */
    public Optional<String> lane() {
        return Optional.ofNullable(lane);
    }

    /** {@return the id of the task or run that this one belongs to} */
    public Optional<String> parent() {
        return Optional.ofNullable(parent);
    }

    /** {@return the id of the batch that this one belongs to} */
    public Optional<String> batch() {
        return Optional.ofNullable(batch);
    }

    /** {@return whether it waits until a person releases it} */
    public boolean held() {
        return held;
    }

    /** {@return the name of the only skill that may do it} */
    public Optional<String> skill() {
        return Optional.ofNullable(skill);
    }

    /** {@return what one attempt may cost at most, by the skill's own estimate} */
    public OptionalDouble maxCost() {
        return maxCost == null ? OptionalDouble.empty() : OptionalDouble.of(maxCost);
    }

    /** {@return whether the router must take the skill it believes best, and try nothing} */
    public boolean noExplore() {
        return noExplore;
    }

    /** {@return how often it is tried at most, where it differs from the hub's default} */
    public OptionalInt maxAttempts() {
        return maxAttempts == null ? OptionalInt.empty() : OptionalInt.of(maxAttempts);
    }

    /** {@return how long one attempt may take, where it differs from the skill's and the hub's} */
    public Optional<Duration> timeLimit() {
        return Optional.ofNullable(timeLimit);
    }

    /**
     * {@return the logging context (SLF4J's MDC) of the thread that submitted it, set again while it runs} What is null
     * there is left out.
     */
    public Map<String, String> mdc() {
        return mdc;
    }

    /** {@return the same of another task} */
    public Submission withTask(Task other) {
        return toBuilder(Objects.requireNonNull(other, "other")).build();
    }

    /** {@return a builder that begins with everything in this submission} */
    public Builder toBuilder() {
        return toBuilder(task);
    }

    private Builder toBuilder(Task of) {
        Builder builder = new Builder(of);
        builder.notBefore = notBefore;
        builder.uniqueKey = uniqueKey;
        builder.uniquePolicy = uniquePolicy;
        builder.lane = lane;
        builder.parent = parent;
        builder.batch = batch;
        builder.held = held;
        builder.skill = skill;
        builder.maxCost = maxCost;
        builder.noExplore = noExplore;
        builder.maxAttempts = maxAttempts;
        builder.timeLimit = timeLimit;
        builder.mdc.putAll(mdc);
        return builder;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Submission that
                && task.equals(that.task)
                && Objects.equals(notBefore, that.notBefore)
                && Objects.equals(uniqueKey, that.uniqueKey)
                && uniquePolicy == that.uniquePolicy
                && Objects.equals(lane, that.lane)
                && Objects.equals(parent, that.parent)
                && Objects.equals(batch, that.batch)
                && held == that.held
                && Objects.equals(skill, that.skill)
                && Objects.equals(maxCost, that.maxCost)
                && noExplore == that.noExplore
                && Objects.equals(maxAttempts, that.maxAttempts)
                && Objects.equals(timeLimit, that.timeLimit)
                && mdc.equals(that.mdc);
    }

    @Override
    public int hashCode() {
        return task.hashCode();
    }

    @Override
    public String toString() {
        return "Submission[" + task + "]";
    }

    private @Nullable String checkedId(String kind, @Nullable String id) {
        return id == null ? null : Names.requireId(who() + kind, id);
    }

    private String who() {
        return "task " + task.id() + ": ";
    }

    /** Collects how a task shall be queued. Not safe for use by several threads. */
    public static final class Builder {
        private final Task task;
        private @Nullable Instant notBefore;
        private @Nullable String uniqueKey;
        private UniquePolicy uniquePolicy = UniquePolicy.JOIN;
        private @Nullable String lane;
        private @Nullable String parent;
        private @Nullable String batch;
        private boolean held;
        private @Nullable String skill;
        private @Nullable Double maxCost;
        private boolean noExplore;
        private @Nullable Integer maxAttempts;
        private @Nullable Duration timeLimit;
        private final Map<String, String> mdc = new LinkedHashMap<>();

        private Builder(Task task) {
            this.task = task;
        }

        /** Delays the start. */
        public Builder notBefore(Instant notBefore) {
            this.notBefore = Objects.requireNonNull(notBefore, "notBefore");
            return this;
        }

        /** Lets only one task of this key, whatever its type, wait or run at a time in the hub; a second one joins the first. */
        public Builder uniqueKey(String key) {
            return uniqueKey(key, UniquePolicy.JOIN);
        }

        /**
         * Lets only one task of this key, whatever its type, wait or run at a time in the hub, and says what becomes of this one
         * if there is one.
         */
        public Builder uniqueKey(String key, UniquePolicy policy) {
            this.uniqueKey = Objects.requireNonNull(key, "key");
            this.uniquePolicy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /** Puts it into a lane of its type, of which only so many run at a time. */
        public Builder lane(String lane) {
            this.lane = Objects.requireNonNull(lane, "lane");
            return this;
        }

        /** Names the task or run that it belongs to. */
        public Builder parent(String parent) {
            this.parent = Objects.requireNonNull(parent, "parent");
            return this;
        }

        /** Names the batch that it belongs to. */
        public Builder batch(String batch) {
            this.batch = Objects.requireNonNull(batch, "batch");
            return this;
        }

        /** Lets it wait until a person releases it. */
        public Builder held(boolean held) {
            this.held = held;
            return this;
        }

        /** Names the only skill that may do it. */
        public Builder skill(String name) {
            this.skill = Objects.requireNonNull(name, "name");
            return this;
        }

        /** Bars skills that estimate more than this for an attempt; 0 or more. */
        public Builder maxCost(double cost) {
            this.maxCost = cost;
            return this;
        }

        /** Makes the router take the skill it believes best. */
        public Builder noExplore(boolean noExplore) {
            this.noExplore = noExplore;
            return this;
        }

        /** Sets how often it is tried at most, 1 or more. */
        public Builder maxAttempts(int attempts) {
            this.maxAttempts = attempts;
            return this;
        }

        /** Sets how long one attempt may take. */
        public Builder timeLimit(Duration limit) {
            this.timeLimit = Objects.requireNonNull(limit, "limit");
            return this;
        }

        /** Replaces the logging context. What is null in it is left out: it never stands in the way of a task. */
        public Builder mdc(Map<String, ? extends @Nullable String> mdc) {
            this.mdc.clear();
            mdc.forEach((key, value) -> {
                if (key != null && value != null) {
                    this.mdc.put(Names.whole(key), Names.whole(value));
                }
            });
            return this;
        }

        /**
         * {@return the submission}
         *
         * @throws IllegalArgumentException if a component is out of its range
         */
        public Submission build() {
            return new Submission(this);
        }
    }
}
