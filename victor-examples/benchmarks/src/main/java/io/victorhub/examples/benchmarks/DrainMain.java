package io.victorhub.examples.benchmarks;

import io.victorhub.examples.benchmarks.victor.Drain;
import io.victorhub.examples.benchmarks.victor.Promise;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One question, for a profiler: how many tasks a second does a full hub get done? Prints a line for each repetition. */
public final class DrainMain {

    private DrainMain() {}

    /** Runs it; the flags and their defaults stand in the first lines. */
    public static void main(String[] arguments) throws Exception {
        Flags flags = Flags.parse(
                new TreeMap<>(Map.of(
                        "tasks", "200_000",
                        "workers", "8",
                        "candidates", "1",
                        "promise", "SYNC",
                        "repeat", "1",
                        "below", "target/homes")),
                List.of(arguments));
        Drain drain = new Drain(
                flags.number("tasks"),
                flags.number("workers"),
                flags.number("candidates"),
                Promise.valueOf(flags.text("promise")),
                Long.MAX_VALUE / 2);
        for (int i = 0; i < flags.number("repeat"); i++) {
            Path home = Homes.fresh(Path.of(flags.text("below")));
            try {
                Drain.Speed speed = drain.run(home);
                System.out.printf(
                        Locale.ROOT,
                        "drained %,.0f tasks/s; learned from %,.0f/s; filled %,.0f/s%n",
                        speed.recorded(),
                        speed.learned(),
                        speed.filled());
            } finally {
                Homes.remove(home);
            }
        }
    }
}
