package io.victorhub.metrics.recording;

import io.victorhub.spi.Execution;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.meter.Meters;
import io.victorhub.spi.meter.VictorMeters;
import io.victorhub.spi.store.TaskStatus;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** The figures of one type. */
final class TypeFigures {

    final Meters.Counter submitted;
    final Meters.Timer wait;
    final PerEnum<Refusal> refused;
    final PerEnum<TaskStatus> settled;
    final PerEnum<Reason> retried;
    final Bounded<PairFigures> skills;

    /** The figures of one type and one skill. */
    static final class PairFigures {
        final Meters.Timer duration;
        private final PerEnum<Execution.Status> ended;
        private final PerEnum<Reason> failed;

        PairFigures(Meters meters, String type, String skill) {
            this.duration = meters.timer(VictorMeters.ATTEMPT_DURATION, type, skill);
            this.ended = new PerEnum<>(
                    Execution.Status.class,
                    status -> meters.counter(VictorMeters.ATTEMPTS, type, skill, status.text()));
            this.failed = new PerEnum<>(
                    Reason.class, reason -> meters.counter(VictorMeters.ATTEMPTS, type, skill, text(reason)));
        }

        void ended(Execution execution) {
            if (execution.trouble().isPresent()) {
                failed.add(execution.trouble().get().reason(), 1);
            } else {
                ended.add(execution.status(), 1);
            }
        }
    }

    TypeFigures(Meters meters, String type, AtomicInteger pairs) {
        this.submitted = meters.counter(VictorMeters.TASKS_SUBMITTED, type);
        this.wait = meters.timer(VictorMeters.ATTEMPT_WAIT, type);
        this.refused = new PerEnum<>(Refusal.class, why -> meters.counter(VictorMeters.TASKS_REFUSED, type, text(why)));
        this.settled = new PerEnum<>(
                TaskStatus.class, status -> meters.counter(VictorMeters.TASKS_SETTLED, type, text(status)));
        this.retried =
                new PerEnum<>(Reason.class, reason -> meters.counter(VictorMeters.TASKS_RETRIED, type, text(reason)));
        this.skills = new Bounded<>(pairs, skill -> new PairFigures(meters, type, skill));
    }

    static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
