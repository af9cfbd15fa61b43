package io.victorhub.scheduling;

import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A task that comes again and again: a name, a schedule, and what to submit each time.
 *
 * <pre>{@code
 * hub.recurring().schedule(Recurring.of("nightly-report", Schedule.daily(LocalTime.of(2, 30)), Task.of("report").build()));
 * }</pre>
 *
 * <p>Each run is a task of its own, with the id {@code name@instant} such as {@code nightly-report@2026-01-05T01:30:00Z}. Its
 * context has a {@code recurring} with the {@code name} and the time {@code at} which it was due.
 *
 * <p>Immutable. Two are equal if all their components are; the id of the task that was given does not count.
 *
 * @since 0.1
 */
public final class Recurring {

    /** How late a run may be without having been missed. */
    public static final Duration GRACE = Duration.ofMinutes(1);

    /** How many missed runs are made up for at most, with {@link Missed#ALL}. */
    public static final int MOST_MADE_UP = 1000;

    private static final Duration LONGEST = Duration.ofDays(36_525);
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    private final String name;
    private final Schedule schedule;
    private final Submission submission;
    private final Missed missed;
    private final Overlap overlap;
    private final @Nullable ZoneId zone;
    private final @Nullable Duration finishWithin;

    private Recurring(Builder builder) {
        this.name = requireName(builder.name);
        this.schedule = builder.schedule;
        this.submission = template(builder.submission);
        this.missed = builder.missed;
        this.overlap = builder.overlap;
        this.zone = builder.zone;
        this.finishWithin = builder.finishWithin;
        if (missed == Missed.ALL && overlap == Overlap.JOIN) {
            throw new IllegalArgumentException(who() + "missed runs that are all made up for would join one another;"
                    + " use Overlap.ALLOW with Missed.ALL, or Missed.ONCE");
        }
        if (finishWithin != null
                && (finishWithin.isNegative() || finishWithin.isZero() || finishWithin.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(who() + "it must finish within " + finishWithin
                    + "; give more than nothing, and at most 100 years");
        }
    }

    /** {@return a task that is submitted as it is whenever the schedule says} */
    public static Recurring of(String name, Schedule schedule, Task task) {
        return builder(name, schedule, task).build();
    }

    /** {@return a builder of a recurring task} */
    public static Builder builder(String name, Schedule schedule, Task task) {
        return builder(name, schedule, Submission.of(task));
    }

    /**
     * {@return a builder of a recurring task that is queued in a certain way: with a lane, a skill, a time limit}
     *
     * @param submission without a start of its own, and its task without a deadline; see {@link Builder#finishWithin}
     */
    public static Builder builder(String name, Schedule schedule, Submission submission) {
        return new Builder(name, schedule, submission);
    }

    /** {@return the name, under which there is one at a time} */
    public String name() {
        return name;
    }

    /** {@return when it comes} */
    public Schedule schedule() {
        return schedule;
    }

    /** {@return what is submitted each time; the id of its task is the name} */
    public Submission submission() {
        return submission;
    }

    /** {@return what becomes of runs that were missed} */
    public Missed missed() {
        return missed;
    }

    /** {@return what becomes of a run while the one before is not settled} */
    public Overlap overlap() {
        return overlap;
    }

    /** {@return where the clock hangs; empty for the hub's zone} */
    public Optional<ZoneId> zone() {
        return Optional.ofNullable(zone);
    }

    /** {@return how long after its submission a run must be finished} */
    public Optional<Duration> finishWithin() {
        return Optional.ofNullable(finishWithin);
    }

    /** {@return a builder that begins with everything in this} */
    public Builder toBuilder() {
        Builder builder = new Builder(name, schedule, submission).missed(missed).overlap(overlap);
        builder.zone = zone;
        builder.finishWithin = finishWithin;
        return builder;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Recurring that
                && name.equals(that.name)
                && schedule.equals(that.schedule)
                && submission.equals(that.submission)
                && missed == that.missed
                && overlap == that.overlap
                && Objects.equals(zone, that.zone)
                && Objects.equals(finishWithin, that.finishWithin);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "Recurring[" + name + ", " + schedule + ", type="
                + submission.task().type() + "]";
    }

    private String who() {
        return "recurring task " + name + ": ";
    }

    private Submission template(Submission given) {
        if (given.notBefore().isPresent()) {
            throw new IllegalArgumentException(who() + "it has a notBefore; leave that to its schedule");
        }
        if (given.task().deadline().isPresent()) {
            throw new IllegalArgumentException(who() + "its task has a deadline, which would pass once and for all;"
                    + " use finishWithin, which counts from each run");
        }
        return given.withTask(given.task().toBuilder().id(name).build());
    }

    private static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("recurring task '"
                    + (name.length() > 100 ? name.substring(0, 100) + "…" : name)
                    + "': its name must be 1 to 100 of a-z, 0-9, '.', '_' and '-', and begin with a letter or a digit");
        }
        return name;
    }

    /** Collects how a task recurs. Not safe for use by several threads. */
    public static final class Builder {
        private final String name;
        private final Schedule schedule;
        private final Submission submission;
        private Missed missed = Missed.ONCE;
        private Overlap overlap = Overlap.JOIN;
        private @Nullable ZoneId zone;
        private @Nullable Duration finishWithin;

        private Builder(String name, Schedule schedule, Submission submission) {
            this.name = Objects.requireNonNull(name, "name");
            this.schedule = Objects.requireNonNull(schedule, "schedule");
            this.submission = Objects.requireNonNull(submission, "submission");
        }

        /** Says what becomes of runs that were missed; default {@link Missed#ONCE}. */
        public Builder missed(Missed missed) {
            this.missed = Objects.requireNonNull(missed, "missed");
            return this;
        }

        /** Says what becomes of a run while the one before is not settled; default {@link Overlap#JOIN}. */
        public Builder overlap(Overlap overlap) {
            this.overlap = Objects.requireNonNull(overlap, "overlap");
            return this;
        }

        /** Hangs the clock elsewhere; default: the hub's zone. */
        public Builder zone(ZoneId zone) {
            this.zone = Objects.requireNonNull(zone, "zone");
            return this;
        }

        /** Gives each run a deadline, counted from when it is submitted: from its time, or from when it is made up for. */
        public Builder finishWithin(Duration limit) {
            this.finishWithin = Objects.requireNonNull(limit, "limit");
            return this;
        }

        /**
         * {@return the recurring task}
         *
         * @throws IllegalArgumentException if a component is out of its range, or does not go with another one
         */
        public Recurring build() {
            return new Recurring(this);
        }
    }
}
