package io.victorhub.scheduling;

import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Task;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How much may be spent in each hour and each day: by the whole hub, on one type of task, or by one skill. What is spent is
 * what the executions in the log cost, and what those that run now are estimated to cost.
 *
 * <pre>{@code
 * Hub.at(home)
 *         .budget(Budget.ofHub().costPerDay(50).runsPerHour(10_000))
 *         .budget(Budget.ofSkill("large-model").costPerHour(5))
 * }</pre>
 *
 * <p>An attempt counts in the hour and the day, of the hub's zone, in which it began, however late it ends. When a budget
 * is used up, nothing that it concerns begins until the next period, or until a person says otherwise. A number of runs is
 * never exceeded; a cost is exceeded at most by what ran when it was reached, because costs are known only at the end.
 *
 * @param scope whose budget it is
 * @param limits the most of each kind, 0 or more; what is not named is not limited
 * @since 0.1
 */
public record Budget(Scope scope, Map<Limit, Double> limits) {

    /** What may be limited. */
    public enum Limit {
        /** What attempts cost that begin in one hour, in the host's unit. */
        COST_PER_HOUR("cost an hour"),
        /** What attempts cost that begin on one day, in the host's unit. */
        COST_PER_DAY("cost a day"),
        /** How many attempts begin in one hour. */
        RUNS_PER_HOUR("runs an hour"),
        /** How many attempts begin on one day. */
        RUNS_PER_DAY("runs a day");

        private final String text;

        Limit(String text) {
            this.text = text;
        }

        /** {@return the kind in words, such as {@code runs an hour}} */
        public String text() {
            return text;
        }

        /** {@return whether it is about a day, and not about an hour} */
        public boolean isDaily() {
            return this == COST_PER_DAY || this == RUNS_PER_DAY;
        }

        /** {@return whether it is about a number of attempts, and not about what they cost} */
        public boolean isOfRuns() {
            return this == RUNS_PER_HOUR || this == RUNS_PER_DAY;
        }
    }

    /** Whose budgets there are. */
    public enum Kind {
        /** The whole hub's. */
        HUB,
        /** That of one type of task. */
        TYPE,
        /** That of one skill. */
        SKILL
    }

    /**
     * Whose budget it is.
     *
     * @param kind the kind
     * @param name the type or the skill; empty for the hub
     */
    public record Scope(Kind kind, String name) {

        /** @throws IllegalArgumentException if the name is none */
        public Scope {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(name, "name");
            if (kind == Kind.TYPE) {
                Task.of(name); // refuses what is no name
            } else if (kind == Kind.SKILL) {
                SkillDescriptor.of(name);
            } else if (!name.isEmpty()) {
                throw new IllegalArgumentException(
                        "the budget of the hub has a name, '" + name + "'; leave it empty, or name a type or a skill");
            }
        }

        /** {@return it in words, such as {@code type mail}} */
        public String text() {
            return kind == Kind.HUB ? "the hub" : (kind == Kind.TYPE ? "type " : "skill ") + name;
        }
    }

    /** @throws IllegalArgumentException if a limit is negative or no finite number, or one of runs is not whole */
    public Budget {
        Objects.requireNonNull(scope, "scope");
        EnumMap<Limit, Double> copy = new EnumMap<>(Limit.class);
        limits.forEach((limit, most) -> copy.put(limit, checked(scope, limit, most)));
        limits = Map.copyOf(copy);
    }

    /** {@return a budget of the whole hub, without a limit yet} */
    public static Budget ofHub() {
        return new Budget(new Scope(Kind.HUB, ""), Map.of());
    }

    /** {@return a budget of the tasks of one type, without a limit yet} */
    public static Budget ofType(String type) {
        return new Budget(new Scope(Kind.TYPE, type), Map.of());
    }

    /** {@return a budget of one skill, without a limit yet} */
    public static Budget ofSkill(String skill) {
        return new Budget(new Scope(Kind.SKILL, skill), Map.of());
    }

    /** {@return the same with this much cost in each hour} */
    public Budget costPerHour(double most) {
        return with(Limit.COST_PER_HOUR, most);
    }

    /** {@return the same with this much cost on each day} */
    public Budget costPerDay(double most) {
        return with(Limit.COST_PER_DAY, most);
    }

    /** {@return the same with so many attempts in each hour} */
    public Budget runsPerHour(long most) {
        return with(Limit.RUNS_PER_HOUR, (double) most);
    }

    /** {@return the same with so many attempts on each day} */
    public Budget runsPerDay(long most) {
        return with(Limit.RUNS_PER_DAY, (double) most);
    }

    /** {@return the most of that kind; empty if it is not limited} */
    public OptionalDouble most(Limit limit) {
        Double most = limits.get(limit);
        return most == null ? OptionalDouble.empty() : OptionalDouble.of(most);
    }

    private Budget with(Limit limit, double most) {
        EnumMap<Limit, Double> more = new EnumMap<>(Limit.class);
        more.putAll(limits);
        more.put(limit, most);
        return new Budget(scope, more);
    }

    private static double checked(Scope scope, Limit limit, double most) {
        if (!(most >= 0 && most < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the budget of " + scope.text() + " has a limit of " + most + " "
                    + limit.text() + "; it must be a finite number, 0 or more");
        }
        if (limit.isOfRuns() && most != Math.rint(most)) {
            throw new IllegalArgumentException("the budget of " + scope.text() + " has a limit of " + most + " "
                    + limit.text() + "; runs are counted in whole numbers");
        }
        return most;
    }
}
