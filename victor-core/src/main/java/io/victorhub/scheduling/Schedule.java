package io.victorhub.scheduling;

import io.victorhub.cron.DailyTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When something comes again and again. Immutable; two are equal if they say the same.
 *
 * <p><b>Where clocks are set forward or back</b>: a fixed time of day ({@link #daily}, and a {@link #cron} whose hour does not
 * begin with a star) comes once a day; if the clocks leave it out, it comes at the first instant after the gap, and if
 * they show it twice, the first time. A cron whose hour begins with a star, such as <code>*&#47;15 * * * *</code>, follows
 * the hands: it comes whenever they show one of its times, twice where they show it twice. {@link #every} knows no clocks
 * on the wall.
 *
 * @since 0.1
 */
public sealed interface Schedule {

    /**
     * {@return the first time after {@code after}}
     *
     * @param zone where the clock hangs
     * @throws DateTimeException if that is beyond the range of instants
     */
    Instant next(Instant after, ZoneId zone);

    /** {@return the first {@code count} times after {@code after}} */
    default List<Instant> next(int count, Instant after, ZoneId zone) {
        List<Instant> times = new ArrayList<>();
        Instant at = after;
        while (times.size() < count) {
            at = next(at, zone);
            times.add(at);
        }
        return times;
    }

    /**
     * {@return a fixed rate: every so often, counted from when it is registered, or from {@link Every#startingAt}} How long
     * the tasks take does not move it.
     *
     * @param interval 1 second to 100 years
     * @throws IllegalArgumentException if the interval is out of its range
     */
    static Every every(Duration interval) {
        return new Every(interval, Optional.empty());
    }

    /** {@return once a day} */
    static Daily daily(LocalTime time) {
        return new Daily(time);
    }

    /**
     * {@return the times of a cron expression} Five fields: minute, hour, day of month, month, day of week. Each is a star, a
     * number, a name ({@code jan}, {@code mon}), a range, any of them with a step such as {@code /5}, or a list of these.
     * Day of month also takes {@code L} (the last), {@code L-3} (three days before it), {@code 15W} (Monday to Friday,
     * nearest to the 15th) and {@code LW}; day of week takes {@code 5L} (the last Friday) and {@code 5#2} (the second one).
     * Where both day fields are restricted, a day that suits either is meant. Or one of {@code @hourly}, {@code @daily},
     * {@code @weekly}, {@code @monthly}, {@code @yearly}.
     *
     * @throws IllegalArgumentException if it is no such expression, or no such time ever comes, as on 30 February; the
     *     message says which field, why, and what to write instead
     */
    static Cron cron(String expression) {
        return new Cron(expression);
    }

    /**
     * A fixed rate.
     *
     * @param interval how often
     * @param start when it begins; empty for when it is registered
     */
    record Every(Duration interval, Optional<Instant> start) implements Schedule {

        private static final Duration SHORTEST = Duration.ofSeconds(1);
        private static final Duration LONGEST = Duration.ofDays(36_525);

        /** @throws IllegalArgumentException if the interval is not 1 second to 100 years */
        public Every {
            Objects.requireNonNull(start, "start");
            if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("a schedule that comes every " + interval
                        + "; each time is written to disk, so choose 1 second or more, and at most 100 years");
            }
        }

        /** {@return the same, counted from that instant, which is the first time if it is still to come} */
        public Every startingAt(Instant first) {
            return new Every(interval, Optional.of(first));
        }

        @Override
        public Instant next(Instant after, ZoneId zone) {
            Instant first = start.orElse(after);
            if (first.isAfter(after)) {
                return first;
            }
            long times = Duration.between(first, after).dividedBy(interval);
            return first.plus(interval.multipliedBy(times + 1));
        }

        @Override
        public String toString() {
            return "every " + interval + start.map(at -> " from " + at).orElse("");
        }
    }

    /**
     * Once a day.
     *
     * @param time when
     */
    record Daily(LocalTime time) implements Schedule {

        /** Checks that nothing is missing. */
        public Daily {
            Objects.requireNonNull(time, "time");
        }

        @Override
        public Instant next(Instant after, ZoneId zone) {
            return new DailyTime(time).next(after, zone);
        }

        @Override
        public String toString() {
            return "daily at " + time;
        }
    }

    /**
     * The times of a cron expression.
     *
     * @param expression five fields, or a name that begins with {@code @}
     */
    record Cron(String expression) implements Schedule {

        /** @throws IllegalArgumentException if it is no expression, or no such time ever comes */
        public Cron {
            expression = io.victorhub.cron.Cron.parse(expression).toString();
        }

        @Override
        public Instant next(Instant after, ZoneId zone) {
            return io.victorhub.cron.Cron.parse(expression).next(after, zone);
        }

        @Override
        public String toString() {
            return "cron " + expression;
        }
    }
}
