package io.victorhub.spi;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done, named by a type that skills serve.
 *
 * <pre>{@code
 * Task task = Task.of("content_generation").description("Ten posts on AI").input("count", 10).build();
 * }</pre>
 *
 * <p>Immutable. Two tasks are equal if all their components are.
 *
 * @since 0.1
 */
public final class Task {

    /** The lowest priority. */
    public static final int LOWEST_PRIORITY = 0;
    /** The priority of a task that names none. */
    public static final int DEFAULT_PRIORITY = 5;
    /** The highest priority. */
    public static final int HIGHEST_PRIORITY = 10;

    private final String id;
    private final String type;
    private final String description;
    private final Inputs inputs;
    private final int priority;
    private final @Nullable Instant deadline;
    private final Map<String, @Nullable Object> context;

    private Task(Builder builder) {
        this.id = builder.id == null ? UUID.randomUUID().toString() : Names.requireId("task id", builder.id);
        this.type = builder.type;
        this.priority = builder.priority;
        this.deadline = builder.deadline;
        if (priority < LOWEST_PRIORITY || priority > HIGHEST_PRIORITY) {
            throw new IllegalArgumentException(who() + " has priority " + priority + "; it must be 0..10");
        }
        try {
            this.description = JsonValues.requireWholeCharacters("description", builder.description);
            this.inputs = Inputs.copyOf(builder.inputs);
            this.context = JsonValues.copyOfObject("context", builder.context);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(who() + ": " + e.getMessage(), e);
        }
    }

    /**
     * {@return a builder of a task of {@code type}}
     *
     * @throws IllegalArgumentException if the type is no name: 1 to 100 of a-z, 0-9, '.', '_' and '-', the first a
     *     letter or a digit
     */
    public static Builder of(String type) {
        return new Builder(Names.requireName("task type", type));
    }

    /** {@return the id, 1 to 200 printable characters; random where none was given} */
    public String id() {
        return id;
    }

    /** {@return the name of the type, which a skill lists among its capabilities} */
    public String type() {
        return type;
    }

    /** {@return what is to be done, for a reader; may be empty} */
    public String description() {
        return description;
    }

    /** {@return what the skill gets to work with} */
    public Inputs inputs() {
        return inputs;
    }

    /** {@return how urgent it is, 0 to 10, higher first} */
    public int priority() {
        return priority;
    }

    /** {@return when it must be finished; after that it is settled as expired} */
    public Optional<Instant> deadline() {
        return Optional.ofNullable(deadline);
    }

    /**
     * {@return what the host wants to find again} The hub reads nothing from it. It adds a {@code recurring} to that of a
     * recurring task, and a {@code batch} to that of the follow-up of a batch.
     */
    public Map<String, @Nullable Object> context() {
        return context;
    }

    /** {@return a builder that begins with everything in this task, its id included} */
    public Builder toBuilder() {
        Builder builder = new Builder(type);
        builder.id = id;
        builder.description = description;
        builder.inputs.putAll(inputs);
        builder.priority = priority;
        builder.deadline = deadline;
        builder.context.putAll(context);
        return builder;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Task that
                && id.equals(that.id)
                && type.equals(that.type)
                && description.equals(that.description)
                && inputs.equals(that.inputs)
                && priority == that.priority
                && Objects.equals(deadline, that.deadline)
                && context.equals(that.context);
    }

    @Override
    public int hashCode() {
        return id.hashCode() * 31 + type.hashCode();
    }

    @Override
    public String toString() {
        return "Task[id=" + id + ", type=" + type + ", priority=" + priority + "]";
    }

    private String who() {
        return "task " + id;
    }

    /** Collects what a task is made of. Not safe for use by several threads. */
    public static final class Builder {
        private final String type;
        private @Nullable String id;
        private String description = "";
        private final Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
        private int priority = DEFAULT_PRIORITY;
        private @Nullable Instant deadline;
        private final Map<String, @Nullable Object> context = new LinkedHashMap<>();

        private Builder(String type) {
            this.type = type;
        }

        /** Names the task, so that submitting it twice is harmless. Without it the id is random. */
        public Builder id(String id) {
            this.id = Objects.requireNonNull(id, "id");
            return this;
        }

        /** Says what is to be done. */
        public Builder description(String description) {
            this.description = Objects.requireNonNull(description, "description");
            return this;
        }

        /** Adds one input, or replaces the one of that name. */
        public Builder input(String name, @Nullable Object value) {
            inputs.put(Objects.requireNonNull(name, "name"), value);
            return this;
        }

        /** Replaces all inputs. */
        public Builder inputs(Map<String, ?> inputs) {
            this.inputs.clear();
            this.inputs.putAll(inputs);
            return this;
        }

        /** Sets how urgent it is, 0 to 10, higher first; default 5. */
        public Builder priority(int priority) {
            this.priority = priority;
            return this;
        }

        /** Sets when it must be finished; null for no deadline. */
        public Builder deadline(@Nullable Instant deadline) {
            this.deadline = deadline;
            return this;
        }

        /** Replaces all context. */
        public Builder context(Map<String, ?> context) {
            this.context.clear();
            this.context.putAll(context);
            return this;
        }

        /**
         * {@return the task}
         *
         * @throws IllegalArgumentException if a component is out of its range; the message names task, component, value
         *     and remedy
         */
        public Task build() {
            return new Task(this);
        }
    }
}
