package io.victorhub.review;

import io.victorhub.spi.LogEntry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything that is counted. Guarded by the reviewer's lock. */
final class Fold {

    private record Pair(String skill, String type) {}

    private static final class PairTally {
        private long attempts;
        private long counted;
        private long successes;
    }

    private final Capped<String, Tally> skills = new Capped<>(Statistics.MAX_NAMES, Statistics.OTHER, Tally::new);
    private final Capped<String, Tally> types = new Capped<>(Statistics.MAX_NAMES, Statistics.OTHER, Tally::new);
    private final Capped<Pair, PairTally> pairs =
            new Capped<>(Statistics.MAX_PAIRINGS, new Pair(Statistics.OTHER, Statistics.OTHER), PairTally::new);
    private final Quarters quarters = new Quarters();
    private final long[] settled = new long[Ending.values().length];
    private long attempts;
    private long retried;
    private long interrupted;
    private long imported;
    private long ratings;

    void add(LogEntry entry) {
        Reading reading = Reading.of(entry).orElse(null);
        if (reading == null) {
            ratings++;
        } else if (reading.ending() == Ending.INTERRUPTED) {
            interrupted++;
        } else {
            quarters.add(reading);
            imported += reading.imported() ? 1 : 0;
            if (reading.settles()) {
                settled[reading.ending().ordinal()]++;
            } else {
                retried++;
            }
            if (reading.attempt()) {
                addAttempt(reading);
            }
        }
    }

    private void addAttempt(Reading attempt) {
        attempts++;
        String skill = attempt.skill();
        String type = attempt.type();
        if (skill != null) {
            skills.of(skill).add(attempt);
        }
        if (type != null) {
            types.of(type).add(attempt);
        }
        if (skill != null && type != null) {
            PairTally pair = pairs.of(new Pair(skill, type));
            pair.attempts++;
            pair.counted += attempt.ending().countsForSkills() ? 1 : 0;
            pair.successes += attempt.ending() == Ending.SUCCEEDED ? 1 : 0;
        }
    }

    Quarters quarters() {
        return quarters;
    }

    Statistics statistics(double confidence) {
        return new Statistics(
                totals(),
                successRate(confidence),
                performances(skills, confidence),
                performances(types, confidence),
                pairings());
    }

    Optional<Rate> successRate(double confidence) {
        long counted = 0;
        for (Ending ending : Ending.values()) {
            counted += ending.countsForTasks() ? count(ending) : 0;
        }
        return Rate.of(count(Ending.SUCCEEDED), counted, confidence);
    }

    /** In the order of names; without those that have none, and without the rest that has no name. */
    Map<String, Rate> skillRates(double confidence) {
        Map<String, Rate> rates = new TreeMap<>();
        skills.all().forEach((skill, tally) -> {
            if (!skill.equals(Statistics.OTHER)) {
                tally.successRate(confidence).ifPresent(rate -> rates.put(skill, rate));
            }
        });
        return rates;
    }

    private Totals totals() {
        long failed = count(Ending.FAILED) + count(Ending.LOST);
        long done = count(Ending.SUCCEEDED) + count(Ending.PARTIAL);
        return new Totals(
                done + failed + count(Ending.CANCELLED) + count(Ending.EXPIRED),
                count(Ending.SUCCEEDED),
                count(Ending.PARTIAL),
                failed,
                count(Ending.CANCELLED),
                count(Ending.EXPIRED),
                attempts,
                retried,
                interrupted,
                imported,
                ratings);
    }

    private List<Pairing> pairings() {
        return pairs.all().entrySet().stream()
                .map(entry -> new Pairing(
                        entry.getKey().skill(),
                        entry.getKey().type(),
                        entry.getValue().attempts,
                        entry.getValue().counted,
                        entry.getValue().successes))
                .sorted(Comparator.comparing(Pairing::skill).thenComparing(Pairing::type))
                .toList();
    }

    private long count(Ending ending) {
        return settled[ending.ordinal()];
    }

    private static Map<String, Performance> performances(Capped<String, Tally> tallies, double confidence) {
        Map<String, Performance> performances = new HashMap<>();
        tallies.all().forEach((name, tally) -> performances.put(name, tally.performance(confidence)));
        return performances;
    }
}
