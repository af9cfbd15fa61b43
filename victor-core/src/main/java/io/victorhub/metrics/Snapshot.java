package io.victorhub.metrics;

import io.victorhub.spi.meter.Meter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What all meters said at one moment.
 *
 * @param readings one for each meter and its tags, by name and tags
 * @since 0.1
 */
public record Snapshot(List<Reading> readings) {

    /** Copies the list. */
    public Snapshot {
        readings = List.copyOf(readings);
    }

    /** {@return what a meter says, one for each of its tags; none if it was never used} */
    public List<Reading> of(Meter meter) {
        return readings.stream()
                .filter(reading -> reading.meter().equals(meter))
                .toList();
    }

    /**
     * {@return how many a counter has counted, or how many a timer has timed, or how much gauges show together}
     *
     * @param values the values of its first tags; none for all of it
     */
    public long count(Meter meter, String... values) {
        List<String> wanted = List.of(values);
        return (long) of(meter).stream()
                .filter(reading -> reading.values().size() >= wanted.size()
                        && reading.values().subList(0, wanted.size()).equals(wanted))
                .mapToDouble(Reading::value)
                .sum();
    }

    /** {@return one line for each reading, for a person} */
    public String toText() {
        return readings.stream().map(Snapshot::line).collect(Collectors.joining("\n"));
    }

    private static String line(Reading reading) {
        String name = reading.meter().name() + (reading.values().isEmpty() ? "" : reading.values());
        if (reading instanceof Reading.Times times) {
            return String.format(
                    Locale.ROOT,
                    "%s %d, median %.3f ms, 99%% %.3f ms, max %.3f ms",
                    name,
                    times.count(),
                    times.medianNanos() / 1e6,
                    times.p99Nanos() / 1e6,
                    times.maxNanos() / 1e6);
        }
        return name + " " + (reading instanceof Reading.Count count ? count.count() : reading.value());
    }
}
