package io.victorhub.routing;

import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.store.Position;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;

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

    /** What one skill earned at one type. */
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

    /** What was known at one moment: of each candidate, and how far in the log that was learned. */
    private static final class Known {
        private final Record[] records;
        private final String position;

        Known(Record[] records, String position) {
            this.records = records;
            this.position = position;
        }
    }

    /** Changes records and position together; a choice looks at them without waiting, and again if they change meanwhile. */
    private final StampedLock lock = new StampedLock();

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
        Known known = look(features.type(), candidates);
        SplittableRandom random = new SplittableRandom(seed);
        int best = 0;
        double bestDraw = -1;
        for (int i = 0; i < known.records.length; i++) {
            Record record = known.records[i];
            double draw = features.noExplore() ? record.mean() : draw(record, random);
            if (draw > bestDraw) {
                best = i;
                bestDraw = draw;
            }
        }
        SkillRef chosen = candidates.get(best).skill();
        return new Selection(
                chosen,
                features.noExplore() ? OptionalDouble.of(1) : OptionalDouble.empty(),
                known.position,
                explanation(features, chosen, known.records[best]));
    }

    @Override
    public void learn(Position behind, LogEntry entry) {
        long stamp = lock.writeLock();
        try {
            if (entry instanceof Execution execution && execution.skill().isPresent() && isLearnedFrom(execution)) {
                Arm arm = new Arm(execution.type(), execution.skill().get().name());
                records.put(arm, records.getOrDefault(arm, Record.NONE).plus(worth(execution)));
            }
            position = behind.text();
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** {@return what is known of each candidate, all of one moment} */
    private Known look(String type, List<Candidate> candidates) {
        long stamp = lock.tryOptimisticRead();
        Known known = read(type, candidates);
        if (!lock.validate(stamp)) {
            stamp = lock.readLock();
            try {
                known = read(type, candidates);
            } finally {
                lock.unlockRead(stamp);
            }
        }
        return known;
    }

    private Known read(String type, List<Candidate> candidates) {
        Record[] known = new Record[candidates.size()];
        for (int i = 0; i < known.length; i++) {
            known[i] =
                    records.getOrDefault(new Arm(type, candidates.get(i).skill().name()), Record.NONE);
        }
        return new Known(known, position);
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

    private static String explanation(TaskFeatures features, SkillRef chosen, Record record) {
        StringBuilder text = new StringBuilder(100)
                .append(chosen.name())
                .append(" at ")
                .append(features.type())
                .append(": expected success ");
        appendThousandths(text, record.mean());
        return text.append(" after ")
                .append(Math.round(record.earned + record.missed))
                .append(" results")
                .toString();
    }

    /** A number of 0 to 1 with three decimals. */
    private static void appendThousandths(StringBuilder text, double number) {
        long thousandths = Math.round(number * 1000);
        text.append(thousandths / 1000)
                .append('.')
                .append((char) ('0' + thousandths / 100 % 10))
                .append((char) ('0' + thousandths / 10 % 10))
                .append((char) ('0' + thousandths % 10));
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
