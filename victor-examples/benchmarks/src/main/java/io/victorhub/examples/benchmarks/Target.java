package io.victorhub.examples.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A line of the table of targets: two figures of the same round, and what must come of them.
 *
 * @param label what it says to a reader
 * @param needs the rows that it is computed from
 * @param of how it is computed
 * @param atLeast whether it must be at least {@code bound}, rather than at most
 * @param bound what is wanted
 * @param unit what it counts
 */
record Target(String label, List<String> needs, Figures.PerRound of, boolean atLeast, double bound, Unit unit) {

    /** {@return a target for a rate divided by another of the same round} */
    static Target ratioAtLeast(String label, String id, String by, double bound) {
        return new Target(label, List.of(id, by), round -> quotient(round, id, by), true, bound, Unit.TIMES);
    }

    /** {@return a target for a time divided by another of the same round} */
    static Target ratioAtMost(String label, String id, String by, double bound) {
        return new Target(label, List.of(id, by), round -> quotient(round, id, by), false, bound, Unit.TIMES);
    }

    /** {@return a target for what a time has more than another of the same round} */
    static Target differenceAtMost(String label, String id, String less, double bound, Unit unit) {
        return new Target(
                label,
                List.of(id, less),
                round -> {
                    OptionalDouble a = Figures.of(round, id);
                    OptionalDouble b = Figures.of(round, less);
                    return a.isPresent() && b.isPresent()
                            ? OptionalDouble.of(a.getAsDouble() - b.getAsDouble())
                            : OptionalDouble.empty();
                },
                false,
                bound,
                unit);
    }

    /** {@return a target for a figure as it is} */
    static Target atMost(String label, String id, double bound, Unit unit) {
        return new Target(label, List.of(id), round -> Figures.of(round, id), false, bound, unit);
    }

    /** {@return whether all that it needs is among these rows} */
    boolean isAbout(Set<String> rows) {
        return rows.containsAll(needs);
    }

    /** {@return what is wanted, for a reader} */
    String wanted() {
        return (atLeast ? "≥ " : "≤ ") + unit.show(bound);
    }

    /** {@return whether a value is good enough} */
    boolean isMet(double value) {
        return atLeast ? value >= bound : value <= bound;
    }

    private static OptionalDouble quotient(Map<String, Double> round, String id, String by) {
        OptionalDouble a = Figures.of(round, id);
        OptionalDouble b = Figures.of(round, by);
        return a.isPresent() && b.isPresent() && b.getAsDouble() > 0
                ? OptionalDouble.of(a.getAsDouble() / b.getAsDouble())
                : OptionalDouble.empty();
    }
}
