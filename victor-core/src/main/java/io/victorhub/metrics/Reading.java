package io.victorhub.metrics;

import io.victorhub.spi.meter.Meter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one meter with certain tags says at one moment.
 *
 * @since 0.1
 */
public sealed interface Reading {

    /** {@return what is measured} */
    Meter meter();

    /** {@return the values of its tags, in their order} */
    List<String> values();

    /** {@return the values by the names of the tags} */
    default Map<String, String> tags() {
        return IntStream.range(0, values().size())
                .boxed()
                .collect(Collectors.toUnmodifiableMap(meter().tags()::get, values()::get));
    }

    /** {@return the one number that says most: how many, or how much there is now} */
    double value();

    /**
     * How many.
     *
     * @param meter what is measured
     * @param values the values of its tags
     * @param count how many, since the hub was built
     */
    record Count(Meter meter, List<String> values, long count) implements Reading {
        /** Copies the list. */
        public Count {
            Objects.requireNonNull(meter, "meter");
            values = List.copyOf(values);
        }

        @Override
        public double value() {
            return count;
        }
    }

    /**
     * How long things took.
     *
     * @param meter what is measured
     * @param values the values of its tags
     * @param count how many there were, since the hub was built
     * @param totalNanos how long all of them took together
     * @param medianNanos the time that half of them took at most; within 1 %, 0 if there was none
     * @param p95Nanos the time that 95 of 100 took at most
     * @param p99Nanos the time that 99 of 100 took at most
     * @param maxNanos the longest
     */
    record Times(
            Meter meter,
            List<String> values,
            long count,
            long totalNanos,
            double medianNanos,
            double p95Nanos,
            double p99Nanos,
            long maxNanos)
            implements Reading {
        /** Copies the list. */
        public Times {
            Objects.requireNonNull(meter, "meter");
            values = List.copyOf(values);
        }

        @Override
        public double value() {
            return count;
        }
    }

    /**
     * How much there is now.
     *
     * @param meter what is measured
     * @param values the values of its tags
     * @param value how much; {@code NaN} if nobody can tell
     */
    record Level(Meter meter, List<String> values, double value) implements Reading {
        /** Copies the list. */
        public Level {
            Objects.requireNonNull(meter, "meter");
            values = List.copyOf(values);
        }
    }
}
