package io.victorhub.examples.benchmarks;

import io.victorhub.examples.benchmarks.victor.Promise;
import io.victorhub.examples.benchmarks.victor.Submit;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One question, for a profiler: how many tasks a second does a hub take? Prints a line for each repetition. */
public final class SubmitMain {

    private SubmitMain() {}

    /** Runs it; the flags and their defaults stand in the first lines. */
    public static void main(String[] arguments) throws Exception {
        Flags flags = Flags.parse(
                new TreeMap<>(Map.of(
                        "producers", "8",
                        "batch", "1",
                        "promise", "SYNC",
                        "warmup", "2000",
                        "millis", "5000",
                        "repeat", "1",
                        "below", "target/homes")),
                List.of(arguments));
        Submit submit = new Submit(
                new Producers(flags.number("producers"), flags.number("warmup"), flags.number("millis")),
                flags.number("batch"),
                Promise.valueOf(flags.text("promise")));
        for (int i = 0; i < flags.number("repeat"); i++) {
            Path home = Homes.fresh(Path.of(flags.text("below")));
            try {
                System.out.printf(Locale.ROOT, "submitted %,.0f tasks/s%n", submit.run(home));
            } finally {
                Homes.remove(home);
            }
        }
    }
}
