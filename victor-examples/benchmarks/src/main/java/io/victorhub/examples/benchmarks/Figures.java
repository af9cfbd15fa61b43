package io.victorhub.examples.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Everything that was measured, round by round, and what could not be. */
final class Figures {

    private final List<Map<String, Double>> rounds = new ArrayList<>();
    private final Map<String, String> missing = new LinkedHashMap<>(); // why, by contestant

    /** Begins the next round. */
    void nextRound() {
        rounds.add(new LinkedHashMap<>());
    }

    /** Takes figures of the round that was begun last. */
    void add(Map<String, Double> figures) {
        rounds.get(rounds.size() - 1).putAll(figures);
    }

    /** A contestant could not be measured. */
    void missing(Contestant contestant, String why) {
        missing.putIfAbsent(contestant.name(), why);
    }

    /** {@return why a contestant could not be measured} */
    Optional<String> missing(Contestant contestant) {
        return Optional.ofNullable(missing.get(contestant.name()));
    }

    /** {@return what was measured, in the order of the rounds; a round without it is left out} */
    double[] of(Row row) {
        return each(round -> of(round, row.id()));
    }

    /** {@return what comes of the figures of each round, in their order; a round without them is left out} */
    double[] each(PerRound perRound) {
        return rounds.stream()
                .map(perRound::of)
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
    }

    /** {@return a figure of a round} */
    static OptionalDouble of(Map<String, Double> round, String id) {
        Double value = round.get(id);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** {@return the one in the middle; the mean of the two in the middle} */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Something to be computed from the figures of one round. */
    interface PerRound {
        /** {@return it; empty if a figure is missing} */
        OptionalDouble of(Map<String, Double> round);
    }
}
