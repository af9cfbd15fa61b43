package io.victorhub.routing;

import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.store.Position;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Thompson sampling over the success of each skill at each type: a skill's chance is drawn from
 * {@code Beta(1 + successes, 1 + failures)}, and the highest draw wins. A skill that throws has failed; a partial
 * success counts by its quality, .5 where it has none.
 *
 * <p>Source: W. R. Thompson, "On the likelihood that one unknown probability exceeds another in view of the evidence of
 * two samples", Biometrika 25 (1933); beta draws by two gamma draws, Marsaglia and Tsang, "A simple method for
 * generating gamma variables", ACM TOMS 26 (2000).
 *
 * <p>Costs O(candidates) a choice, O(1) a result, and two numbers for each pair of type and skill.
 *
 * @since 0.1
 */
public final class BetaThompson implements SelectionPolicy {

    /** What one skill earned at one type. Immutable, so that a choice sees both numbers of the same moment. */
    private record Record(double earned, double missed) {
        static final Record NONE = new Record(0, 0);

        Record plus(double worth) {
            return new Record(earned + worth, missed + 1 - worth);
        }

        double mean() {
            return (1 + earned) / (2 + earned + missed);
        }
    }

    private record Arm(String type, String skill) {}

    private final Map<Arm, Record> records = new ConcurrentHashMap<>();
    private volatile String position = "";

    /** {@return a policy that has learned nothing yet} */
    public static BetaThompson create() {
        return new BetaThompson();
    }

    private BetaThompson() {}

    @Override
    public String name() {
        return "beta-thompson@1";
    }

    @Override
    public Selection choose(TaskFeatures features, List<Candidate> candidates, long seed) {
        String learnedTo = position;
        SplittableRandom random = new SplittableRandom(seed);
        Candidate best = candidates.get(0);
        double bestDraw = -1;
        for (Candidate candidate : candidates) {
            Record record = record(features.type(), candidate.skill());
            double draw = features.noExplore() ? record.mean() : draw(record, random);
            if (draw > bestDraw) {
                best = candidate;
                bestDraw = draw;
            }
        }
        return new Selection(
                best.skill(),
                features.noExplore() ? OptionalDouble.of(1) : OptionalDouble.empty(),
                learnedTo,
                explanation(features, best));
    }

    @Override
    public void learn(Position behind, LogEntry entry) {
        if (entry instanceof Execution execution && execution.skill().isPresent() && isLearnedFrom(execution)) {
            records.merge(
                    new Arm(execution.type(), execution.skill().get().name()),
                    Record.NONE.plus(worth(execution)),
                    (old, one) -> new Record(old.earned + one.earned, old.missed + one.missed));
        }
        position = behind.text();
    }

    private static boolean isLearnedFrom(Execution execution) {
        return execution
                .trouble()
                .map(trouble -> trouble.reason().learnedFrom())
                .orElse(true);
    }

    private static double worth(Execution execution) {
        switch (execution.status()) {
            case SUCCESS:
                return 1;
            case PARTIAL:
                return execution.details().quality().orElse(.5);
            default:
                return 0;
        }
    }

    private String explanation(TaskFeatures features, Candidate chosen) {
        Record record = record(features.type(), chosen.skill());
        return String.format(
                Locale.ROOT,
                "%s at %s: expected success %.3f after %.0f results",
                chosen.skill().name(),
                features.type(),
                record.mean(),
                record.earned + record.missed);
    }

    private Record record(String type, SkillRef skill) {
        return records.getOrDefault(new Arm(type, skill.name()), Record.NONE);
    }

    private static double draw(Record record, SplittableRandom random) {
        double a = gamma(1 + record.earned, random);
        double b = gamma(1 + record.missed, random);
        return a / (a + b);
    }

    /** A draw from Gamma(shape, 1), for shapes of at least 1. */
    private static double gamma(double shape, SplittableRandom random) {
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = gaussian(random);
            double v = 1 + c * x;
            if (v > 0) {
                v = v * v * v;
                double u = 1 - random.nextDouble();
                if (Math.log(u) < .5 * x * x + d - d * v + d * Math.log(v)) {
                    return d * v;
                }
            }
        }
    }

    /** Box and Muller; SplittableRandom itself has Gaussians only from Java 17's default methods on, whose draws may change. */
    private static double gaussian(SplittableRandom random) {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
