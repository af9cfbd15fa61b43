package io.victorhub.examples.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** How long and how much to measure. */
public final class Settings {

    /** How many threads carry tasks out, in every contestant. */
    public static final int WORKERS = 8;

    private static final String QUICK = "quick";

    private final List<String> arguments;
    private final Flags flags;

    private Settings(List<String> arguments, Flags flags) {
        this.arguments = List.copyOf(arguments);
        this.flags = flags;
    }

    /**
     * {@return the settings that a command line makes}
     *
     * @throws IllegalArgumentException if an argument is not understood
     */
    public static Settings parse(List<String> arguments) {
        Map<String, String> defaults = defaults();
        if (Flags.parse(defaults, arguments).is(QUICK)) {
            defaults.putAll(quick());
        }
        Flags flags = Flags.parse(defaults, arguments);
        numbers().forEach(flags::number);
        return new Settings(arguments, flags);
    }

    private static Map<String, String> defaults() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("rounds", "5");
        all.put("only", "");
        all.put(QUICK, "false");
        all.put("list", "false");
        all.put("help", "false");
        all.put("work", "");
        all.put("postgres", "");
        all.put("warmup-millis", "2000");
        all.put("millis", "4000");
        all.put("cap-millis", "10000");
        all.put("drain-warmup", "200_000");
        all.put("drain-tasks", "400_000");
        all.put("peer-tasks", "60_000");
        all.put("probe-warmup-millis", "8000");
        all.put("probes", "300");
        all.put("queued", "1_000_000");
        all.put("depth-warmup", "50_000");
        all.put("depth-tasks", "100_000");
        all.put("history", "1_000_000");
        all.put("many", "10_000_000");
        return all;
    }

    private static Map<String, String> quick() {
        return Map.ofEntries(
                Map.entry("rounds", "1"),
                Map.entry("warmup-millis", "100"),
                Map.entry("millis", "200"),
                Map.entry("cap-millis", "6000"),
                Map.entry("drain-warmup", "500"),
                Map.entry("drain-tasks", "2_000"),
                Map.entry("peer-tasks", "1_000"),
                Map.entry("probe-warmup-millis", "100"),
                Map.entry("probes", "20"),
                Map.entry("queued", "5_000"),
                Map.entry("depth-warmup", "200"),
                Map.entry("depth-tasks", "1_000"),
                Map.entry("history", "2_000"),
                Map.entry("many", "20_000"));
    }

    /** {@return whether the sizes only show that it works} */
    public boolean isQuick() {
        return flags.is(QUICK);
    }

    /** {@return the command line that makes these settings} */
    public List<String> arguments() {
        return arguments;
    }

    /** {@return the flags themselves} */
    public Flags flags() {
        return flags;
    }

    /** {@return how often every contestant is measured} */
    public int rounds() {
        return flags.number("rounds");
    }

    /** {@return threads that do the same again and again, for as long as is set} */
    public Producers producers(int threads) {
        return new Producers(threads, flags.number("warmup-millis"), flags.number("millis"));
    }

    /** {@return for how long a rate is measured that has no end of its own} */
    public long nanos() {
        return TimeUnit.MILLISECONDS.toNanos(flags.number("millis"));
    }

    /** {@return how long before that nothing is counted} */
    public long warmUpNanos() {
        return TimeUnit.MILLISECONDS.toNanos(flags.number("warmup-millis"));
    }

    /** {@return how long a drain, or the probes of a latency, may take; what is done by then is counted} */
    public long capNanos() {
        return TimeUnit.MILLISECONDS.toNanos(flags.number("cap-millis"));
    }

    /** {@return probes of what is idle, over in {@code times} the usual time at most} */
    public Latencies latencies(int times) {
        long warmUp = TimeUnit.MILLISECONDS.toNanos(flags.number("probe-warmup-millis"));
        return new Latencies(warmUp, flags.number("probes"), times * capNanos());
    }

    /** {@return a whole number} */
    public int number(String flag) {
        return flags.number(flag);
    }

    /** {@return the sizes, as they are shown above the table} */
    public String sizes() {
        return numbers().stream()
                .map(flag -> "--" + flag + " " + flags.text(flag))
                .collect(Collectors.joining(" "));
    }

    /** {@return the flags whose values are numbers} */
    private static List<String> numbers() {
        return defaults().entrySet().stream()
                .filter(flag -> !flag.getValue().isEmpty()
                        && Character.isDigit(flag.getValue().charAt(0)))
                .map(Map.Entry::getKey)
                .toList();
    }
}
