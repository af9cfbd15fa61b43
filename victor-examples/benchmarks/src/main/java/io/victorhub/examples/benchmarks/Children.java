package io.victorhub.examples.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts a process for each phase, and reads what it reports. */
final class Children {

    /** Stands where the URL of a database would. */
    static final String NO_DATABASE = "-";

    private static final int PATIENCE_MINUTES = 120;
    private static final int LINES_OF_TROUBLE = 15;

    private final Settings settings;
    private final Path work;

    Children(Settings settings, Path work) {
        this.settings = settings;
        this.work = work;
    }

    /**
     * {@return what all phases of a contestant reported, by the names of its rows}
     *
     * @throws IOException if a phase failed; the message has the end of what it printed
     */
    Map<String, Double> run(Contestant contestant, Optional<String> database) throws IOException, InterruptedException {
        Map<String, Double> figures = new LinkedHashMap<>();
        Path home = Homes.fresh(work.resolve("homes"));
        try {
            for (String phase : contestant.phases()) {
                run(contestant, phase, home, database.orElse(NO_DATABASE), figures);
            }
        } finally {
            Homes.remove(home);
        }
        return figures;
    }

    private void run(Contestant contestant, String phase, Path home, String database, Map<String, Double> figures)
            throws IOException, InterruptedException {
        Path printed = Files.createTempFile(work, "printed", ".txt");
        Process process = new ProcessBuilder(command(contestant, phase, home, database))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
            List<String> lines = Files.readAllLines(printed, StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new IOException("phase " + phase
                        + (ended
                                ? " ended with code " + process.exitValue()
                                : " took more than " + PATIENCE_MINUTES + " minutes")
                        + "; the last it printed: "
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_OF_TROUBLE), lines.size())));
            }
            lines.stream().filter(line -> line.startsWith(Child.FIGURE)).forEach(line -> {
                String[] parts = line.split(" ", -1);
                figures.put(parts[1], Double.valueOf(parts[2]));
            });
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(printed);
        }
    }

    private List<String> command(Contestant contestant, String phase, Path home, String database) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(contestant.javaOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        command.addAll(List.of(contestant.name(), phase, home.toString(), database));
        command.addAll(settings.arguments());
        return command;
    }
}
