package io.victorhub.spi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a skill says of itself.
 *
 * <pre>{@code
 * SkillDescriptor.of("summarizer").version("1.2.0").capability("text.summarize")
 *     .input(Parameter.required("file", ValueType.TEXT, "path of the text")).build();
 * }</pre>
 *
 * <p>Immutable. Two descriptors are equal if all their components are.
 *
 * @since 0.1
 */
public final class SkillDescriptor {

    /** What running a skill changes outside of the hub. */
    public enum Effects {
        /** Nothing: it may run as often as anybody likes. */
        NONE,
        /** Something, but running twice with the same idempotency key changes it once. */
        IDEMPOTENT,
        /** Something, each time: mail is sent, money is moved. */
        EXTERNAL
    }

    private final String name;
    private final String version;
    private final String description;
    private final String source;
    private final Set<String> capabilities;
    private final List<Parameter> inputs;
    private final List<Parameter> outputs;
    private final boolean deterministic;
    private final Effects effects;
    private final double costHint;
    private final @Nullable Duration timeout;

    private SkillDescriptor(Builder builder) {
        this.name = builder.name;
        this.version = Names.requireId(who() + "version", builder.version);
        this.description = Names.whole(builder.description);
        this.source = Names.whole(builder.source);
        this.capabilities = Collections.unmodifiableSet(new LinkedHashSet<>(builder.capabilities));
        this.inputs = distinct("input", builder.inputs);
        this.outputs = distinct("output", builder.outputs);
        this.deterministic = builder.deterministic;
        this.effects = builder.effects;
        this.costHint = builder.costHint;
        this.timeout = builder.timeout;
        capabilities.forEach(capability -> Names.requireName(who() + "capability", capability));
        if (capabilities.isEmpty()) {
            throw new IllegalArgumentException(
                    who() + "it has no capability; name at least one task type with capability(…)");
        }
        if (!(costHint >= 0 && costHint < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    who() + "cost hint is " + costHint + "; it must be a finite number, 0 or more");
        }
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw new IllegalArgumentException(who() + "timeout is " + timeout + "; it must be more than nothing");
        }
    }

    /**
     * {@return a builder of a descriptor for the skill {@code name}}
     *
     * @throws IllegalArgumentException if it is no name: 1 to 100 of a-z, 0-9, '.', '_' and '-'
     */
    public static Builder of(String name) {
        return new Builder(Names.requireName("skill name", name));
    }

    /** {@return the name, which no two skills of a hub share} */
    public String name() {
        return name;
    }

    /** {@return the version; any printable text, best a semantic version} */
    public String version() {
        return version;
    }

    /** {@return what it does, for a reader} */
    public String description() {
        return description;
    }

    /** {@return where its code lives, such as a repository; may be empty} */
    public String source() {
        return source;
    }

    /** {@return the task types it serves, at least one, in the order given} */
    public Set<String> capabilities() {
        return capabilities;
    }

    /** {@return the inputs it takes, as far as it declares them; others are handed on unchecked} */
    public List<Parameter> inputs() {
        return inputs;
    }

    /** {@return the outputs it gives, as far as it declares them} */
    public List<Parameter> outputs() {
        return outputs;
    }

    /** {@return whether the same inputs always give the same output} */
    public boolean deterministic() {
        return deterministic;
    }

    /** {@return what running it changes elsewhere} */
    public Effects effects() {
        return effects;
    }

    /** {@return what an attempt costs about, in the host's unit} */
    public double costHint() {
        return costHint;
    }

    /** {@return how long an attempt may take, where the skill knows better than the hub's default} */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** {@return name and version} */
    public SkillRef ref() {
        return new SkillRef(name, version);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SkillDescriptor that
                && name.equals(that.name)
                && version.equals(that.version)
                && description.equals(that.description)
                && source.equals(that.source)
                && capabilities.equals(that.capabilities)
                && inputs.equals(that.inputs)
                && outputs.equals(that.outputs)
                && deterministic == that.deterministic
                && effects == that.effects
                && costHint == that.costHint
                && Objects.equals(timeout, that.timeout);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + version.hashCode();
    }

    @Override
    public String toString() {
        return "SkillDescriptor[" + name + " " + version + ", capabilities=" + capabilities + "]";
    }

    private String who() {
        return "skill " + name + ": ";
    }

    private List<Parameter> distinct(String kind, List<Parameter> parameters) {
        Set<String> names = new LinkedHashSet<>();
        for (Parameter parameter : parameters) {
            if (!names.add(parameter.name())) {
                throw new IllegalArgumentException(
                        who() + kind + " '" + parameter.name() + "' is declared twice; keep one");
            }
        }
        return List.copyOf(parameters);
    }

    /** Collects what a skill says of itself. Not safe for use by several threads. */
    public static final class Builder {
        private final String name;
        private String version = "1.0.0";
        private String description = "";
        private String source = "";
        private final Set<String> capabilities = new LinkedHashSet<>();
        private final List<Parameter> inputs = new ArrayList<>();
        private final List<Parameter> outputs = new ArrayList<>();
        private boolean deterministic;
        private Effects effects = Effects.EXTERNAL;
        private double costHint;
        private @Nullable Duration timeout;

        private Builder(String name) {
            this.name = name;
        }

        /** Sets the version; default 1.0.0. */
        public Builder version(String version) {
            this.version = Objects.requireNonNull(version, "version");
            return this;
        }

        /** Says what it does. */
        public Builder description(String description) {
            this.description = Objects.requireNonNull(description, "description");
            return this;
        }

        /** Says where its code lives. */
        public Builder source(String source) {
            this.source = Objects.requireNonNull(source, "source");
            return this;
        }

        /** Adds a task type that it serves. */
        public Builder capability(String capability) {
            capabilities.add(Objects.requireNonNull(capability, "capability"));
            return this;
        }

        /** Declares an input. */
        public Builder input(Parameter input) {
            inputs.add(Objects.requireNonNull(input, "input"));
            return this;
        }

        /** Declares an output. */
        public Builder output(Parameter output) {
            outputs.add(Objects.requireNonNull(output, "output"));
            return this;
        }

        /** Says whether the same inputs always give the same output; default false. */
        public Builder deterministic(boolean deterministic) {
            this.deterministic = deterministic;
            return this;
        }

        /** Says what running it changes elsewhere; default {@link Effects#EXTERNAL}, the most careful one. */
        public Builder effects(Effects effects) {
            this.effects = Objects.requireNonNull(effects, "effects");
            return this;
        }

        /** Says what an attempt costs about; default 0. */
        public Builder costHint(double cost) {
            this.costHint = cost;
            return this;
        }

        /** Says how long an attempt may take; default: the hub's. */
        public Builder timeout(Duration timeout) {
            this.timeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /**
         * {@return the descriptor}
         *
         * @throws IllegalArgumentException if a component is out of its range; the message names skill, component and
         *     remedy
         */
        public SkillDescriptor build() {
            return new SkillDescriptor(this);
        }
    }
}
