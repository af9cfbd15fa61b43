package io.victorhub.examples.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The process that one phase of one contestant runs in. Started by {@link Children}. */
final class Child {

    /** How a line with a figure begins on the child's standard output. */
    static final String FIGURE = "figure ";

    private static final int FIXED_ARGUMENTS = 4;

    private record Reporting(
            String contestant, Path home, Settings settings, Optional<String> postgres, PrintStream out)
            implements Run {
        @Override
        public void report(String what, double value) {
            out.println(FIGURE + contestant + (what.isEmpty() ? "" : "." + what) + " " + value);
            out.flush();
        }
    }

    private Child() {}

    /** Takes the name of the contestant, the phase, the home, the URL of the database or "-", and the settings. */
    public static void main(String[] arguments) throws Exception {
        List<String> all = List.of(arguments);
        Settings settings = Settings.parse(all.subList(FIXED_ARGUMENTS, all.size()));
        Contestant contestant = Catalogue.named(all.get(0), settings);
        contestant.run(
                all.get(1),
                new Reporting(
                        contestant.name(),
                        Path.of(all.get(2)),
                        settings,
                        Optional.of(all.get(3)).filter(url -> !url.equals(Children.NO_DATABASE)),
                        System.out));
        System.exit(0); // a peer may leave threads behind
    }
}
