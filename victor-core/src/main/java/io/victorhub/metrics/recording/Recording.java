package io.victorhub.metrics.recording;

import io.victorhub.spi.Execution;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Submission;
import io.victorhub.spi.meter.Meter;
import io.victorhub.spi.meter.Meters;
import io.victorhub.spi.meter.VictorMeters;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskStatus;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Turns what happens in a hub into figures. The first 100 types have figures of their own, and the first 1,000 pairs of type and
 * skill; what comes later counts as {@code other}. For any thread, without locks.
 */
public final class Recording {

    static final int TYPES = 100;
    static final int PAIRS = 1_000;

    private final Meters meters;
    private final Bounded<TypeFigures> types;
    private final Meters.Counter leases;
    private final Meters.Counter trouble;
    private final Meters.Counter eventsDropped;
    private final Meters.Counter skillsChanged;
    private final Meters.Timer submitTime;
    private final Meters.Timer settleTime;
    private final Queue<Meters.Registration> gauges = new ConcurrentLinkedQueue<>();

    /** Asks for what is always needed. */
    public Recording(Meters meters) {
        this.meters = meters;
        AtomicInteger pairs = new AtomicInteger(PAIRS);
        this.types = new Bounded<>(new AtomicInteger(TYPES), type -> new TypeFigures(meters, type, pairs));
        this.leases = meters.counter(VictorMeters.STORE_LEASES);
        this.trouble = meters.counter(VictorMeters.STORE_TROUBLE);
        this.eventsDropped = meters.counter(VictorMeters.EVENTS_DROPPED);
        this.skillsChanged = meters.counter(VictorMeters.SKILLS_CHANGED);
        this.submitTime = meters.timer(VictorMeters.STORE_SUBMIT);
        this.settleTime = meters.timer(VictorMeters.STORE_SETTLE);
    }

    /** What became of submissions, in their order. */
    public void submitted(Collection<Submission> all, List<Submitted> answers, long nanos) {
        submitTime.record(nanos);
        int next = 0;
        for (Submission submission : all) {
            Submitted answer = answers.get(next++);
            String type = submission.task().type();
            if (answer instanceof Submitted.Accepted) {
                types.of(type).submitted.add(1);
            } else if (answer instanceof Submitted.Known) {
                refused(type, Refusal.KNOWN);
            } else {
                refused(type, answer instanceof Submitted.Joined ? Refusal.JOINED : Refusal.RULE);
            }
        }
    }

    /** Tasks were queued with a result. */
    public void followedUp(Collection<Submission> followUps) {
        for (Submission submission : followUps) {
            types.of(submission.task().type()).submitted.add(1);
        }
    }

    /** A task was not queued. */
    public void refused(String type, Refusal why) {
        types.of(type).refused.add(why, 1);
    }

    /** The store put results on record, or handed tasks out, or both. */
    public void turnedOver(int settlements, int leased, long nanos) {
        if (settlements > 0) {
            settleTime.record(nanos);
        }
        if (leased > 0) {
            leases.add(leased);
        }
    }

    /** An attempt has ended and is on record. */
    public void ended(Execution execution, Disposition disposition) {
        TypeFigures type = types.of(execution.type());
        TypeFigures.PairFigures pair =
                type.skills.of(execution.skill().map(SkillRef::name).orElse(VictorMeters.NOBODY));
        pair.ended(execution);
        pair.duration.record(execution.duration().toNanos());
        type.wait.record(execution.queueWait().toNanos());
        if (disposition instanceof Disposition.Settled settled) {
            type.settled.add(settled.as(), 1);
        } else if (disposition instanceof Disposition.Retry) {
            type.retried.add(execution.trouble().map(Execution.Trouble::reason).orElse(Reason.SKILL_ERROR), 1);
        }
    }

    /** A task was settled otherwise than by an attempt. */
    public void closed(String type, TaskStatus as) {
        types.of(type).settled.add(as, 1);
    }

    /** The store came into trouble. */
    public void storageTrouble() {
        trouble.add(1);
    }

    /** Somebody was too slow for events. */
    public void eventsDropped(long number) {
        eventsDropped.add(number);
    }

    /** Skills came, went or changed. */
    public void skillsChanged() {
        skillsChanged.add(1);
    }

    /** Takes note of a gauge until {@link #close}. What throws when it is asked cannot tell. */
    public void gauge(Meter meter, DoubleSupplier now, String... values) {
        gauges.add(meters.gauge(meter, () -> value(now), values));
    }

    /** Takes note of how many tasks have each status that a task may wait in. */
    public void queue(ToDoubleFunction<TaskStatus> depth) {
        for (TaskStatus status : TaskStatus.values()) {
            if (!status.settled() || status == TaskStatus.DEAD) {
                gauge(
                        VictorMeters.QUEUE_DEPTH,
                        () -> depth.applyAsDouble(status),
                        status.name().toLowerCase(Locale.ROOT));
            }
        }
    }

    /** Takes the gauges away. */
    public void close() {
        for (Meters.Registration gauge = gauges.poll(); gauge != null; gauge = gauges.poll()) {
            gauge.close();
        }
    }

    private static double value(DoubleSupplier now) {
        try {
            return now.getAsDouble();
        } catch (RuntimeException e) {
            return Double.NaN; // the hub closes, or its store is in trouble
        }
    }
}
