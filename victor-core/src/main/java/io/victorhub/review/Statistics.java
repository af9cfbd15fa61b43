package io.victorhub.review;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a {@link Reviewer} had learned at one moment. All counts are exact.
 *
 * <p>The first {@value #MAX_NAMES} skills and types, and {@value #MAX_PAIRINGS} pairings of them, that the log names are
 * counted each by itself; whatever comes later is counted together under {@link #OTHER}, which is no valid name.
 *
 * @param totals everything, counted
 * @param successRate of tasks: successes of all that were settled, cancelled and expired ones left out; empty where there
 *     is none
 * @param skills by the name of the skill, all its versions together, in the order of names
 * @param types by the type of task, in the order of names
 * @param pairings in the order of skills, then types
 * @since 0.1
 */
public record Statistics(
        Totals totals,
        Optional<Rate> successRate,
        Map<String, Performance> skills,
        Map<String, Performance> types,
        List<Pairing> pairings) {

    /** Under which name everything is counted that there are too many of. */
    public static final String OTHER = "(other)";

    /** How many skills, and how many types, are counted each by itself. */
    public static final int MAX_NAMES = 500;

    /** How many pairings of a skill and a type are counted each by itself. */
    public static final int MAX_PAIRINGS = 5_000;

    /** Copies the collections. */
    public Statistics {
        Objects.requireNonNull(totals, "totals");
        Objects.requireNonNull(successRate, "successRate");
        skills = Collections.unmodifiableMap(new TreeMap<>(skills));
        types = Collections.unmodifiableMap(new TreeMap<>(types));
        pairings = List.copyOf(pairings);
    }
}
