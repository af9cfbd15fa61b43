package io.victorhub.examples.benchmarks;

import io.victorhub.Hub;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Measures all contestants round by round, each in a process and a home of its own, and prints tables in Markdown on
 * standard output. What it is doing is told on standard error.
 */
public final class Benchmarks {

    private static final String USAGE = """
            usage: java -jar victor-benchmarks.jar [flags]

              --rounds N         how often every contestant is measured (5); medians are shown, and all values
              --only NAME,NAME   only these; a beginning is enough, with or without its section: submit, drain/victor
              --quick            sizes that show that it works, and measure nothing
              --list             the names
              --work FOLDER      where homes and databases are made (beside the jar); must be on the disk in question
              --postgres URL     a PostgreSQL server to use (default: one is started)
              --NAME N           a size; the report names all of them

            exit code: 0 all was measured, 1 something failed (the table says what), 2 the command line is wrong
            """;

    private final Settings settings;
    private final Path work;
    private final PrintStream progress;
    private final Figures figures = new Figures();
    private final List<String> loads = new ArrayList<>();
    private boolean failed;

    private Benchmarks(Settings settings, Path work, PrintStream progress) {
        this.settings = settings;
        this.work = work;
        this.progress = progress;
    }

    /** Runs it; see {@code --help}. */
    public static void main(String[] arguments) throws Exception {
        System.setOut(new PrintStream(System.out, false, StandardCharsets.UTF_8));
        int code = run(List.of(arguments), System.out, System.err);
        System.out.flush();
        System.exit(code);
    }

    static int run(List<String> arguments, PrintStream out, PrintStream progress) throws Exception {
        Settings settings;
        List<Contestant> wanted;
        try {
            settings = Settings.parse(arguments);
            wanted = wanted(settings);
        } catch (IllegalArgumentException e) {
            progress.println(e.getMessage());
            progress.print(USAGE);
            return 2;
        }
        if (settings.flags().is("help")) {
            out.print(USAGE);
            return 0;
        }
        if (settings.flags().is("list")) {
            Catalogue.all(settings).forEach(contestant -> out.println(contestant.name()));
            return 0;
        }
        Path work = work(settings);
        Benchmarks benchmarks = new Benchmarks(settings, work, progress);
        try {
            out.print(benchmarks.run(wanted));
        } finally {
            Homes.remove(work);
        }
        return benchmarks.failed ? 1 : 0;
    }

    private static List<Contestant> wanted(Settings settings) {
        List<String> only = settings.flags().list("only");
        List<Contestant> wanted = Catalogue.all(settings).stream()
                .filter(contestant -> contestant.isWanted(only))
                .toList();
        for (String name : only) {
            if (wanted.stream().noneMatch(contestant -> contestant.isWanted(List.of(name)))) {
                throw new IllegalArgumentException("--only names '" + name + "', which is nobody; --list shows all");
            }
        }
        return wanted;
    }

    /** The temporary folder of the system may be in memory, where a force costs nothing. */
    private static Path work(Settings settings) throws IOException {
        String given = settings.flags().text("work");
        Path beside = given.isEmpty()
                ? Path.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator, 2)[0])
                        .toAbsolutePath()
                        .getParent()
                : Path.of(given).toAbsolutePath();
        return Files.createTempDirectory(Files.createDirectories(beside), "work");
    }

    private String run(List<Contestant> wanted) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        List<String> head = new ArrayList<>();
        head.add(Machine.describe(work));
        try (Server server = server(wanted, head)) {
            for (int round = 1; round <= settings.rounds(); round++) {
                figures.nextRound();
                loads.add(String.format(Locale.ROOT, "%.1f", Machine.load()));
                for (Contestant contestant : wanted) {
                    measure(round, contestant, server);
                }
            }
        }
        head.add("Victor " + version());
        head.add(settings.rounds() + (settings.rounds() == 1 ? " round in " : " rounds in ")
                + Duration.ofNanos(System.nanoTime() - begin).toMinutes()
                + " minutes, each contestant once a round, in a process and a home of its own; load of the machine before"
                + " each round: " + String.join(" · ", loads));
        head.add("`" + settings.sizes() + "`");
        Set<String> rows = wanted.stream()
                .flatMap(contestant -> contestant.rows().stream())
                .map(Row::id)
                .collect(Collectors.toSet());
        return new Report(figures)
                .of(
                        head,
                        wanted,
                        Catalogue.targets().stream()
                                .filter(target -> target.isAbout(rows))
                                .toList(),
                        !settings.isQuick());
    }

    private void measure(int round, Contestant contestant, Server server) throws InterruptedException {
        Optional<String> missing = contestant.needsPostgres() ? server.missing() : Optional.empty();
        if (missing.isPresent()) {
            figures.missing(contestant, missing.get());
            return;
        }
        progress.print("round " + round + ": " + contestant.name() + " …");
        progress.flush();
        long begin = System.nanoTime();
        try {
            Map<String, Double> measured = contestant.needsPostgres()
                    ? server.lend(database -> new Children(settings, work).run(contestant, Optional.of(database)))
                    : new Children(settings, work).run(contestant, Optional.empty());
            figures.add(measured);
            progress.printf(
                    Locale.ROOT, " %.1f s: %s%n", (System.nanoTime() - begin) / 1e9, shown(contestant, measured));
        } catch (IOException | SQLException e) {
            failed = true;
            figures.missing(contestant, "failed in round " + round + ": " + e.getMessage());
            progress.println(" failed: " + e.getMessage());
        }
    }

    private static String shown(Contestant contestant, Map<String, Double> measured) {
        List<String> all = new ArrayList<>();
        for (Row row : contestant.rows()) {
            Double value = measured.get(row.id());
            all.add(value == null ? "nothing" : row.unit().show(value));
        }
        return String.join(", ", all);
    }

    private String version() {
        try (Hub hub = Hub.inMemory().discoverSkills(false).build()) {
            return hub.version();
        }
    }

    private Server server(List<Contestant> wanted, List<String> head) {
        if (wanted.stream().noneMatch(Contestant::needsPostgres)) {
            return new Server(Optional.empty(), "no contestant needs one");
        }
        String url = settings.flags().text("postgres");
        try {
            PostgresServer server = url.isEmpty() ? PostgresServer.start(work) : PostgresServer.at(url);
            head.add(server.describe());
            return new Server(Optional.of(server), "");
        } catch (IOException | SQLException e) {
            failed = true;
            progress.println(e.getMessage());
            return new Server(Optional.empty(), e.getMessage());
        }
    }

    /** The PostgreSQL server, or why there is none. */
    private record Server(Optional<PostgresServer> server, String why) implements AutoCloseable {

        interface Use {
            Map<String, Double> of(String database) throws IOException, InterruptedException;
        }

        Optional<String> missing() {
            return server.isPresent() ? Optional.empty() : Optional.of(why);
        }

        Map<String, Double> lend(Use use) throws IOException, InterruptedException, SQLException {
            PostgresServer there = server.orElseThrow();
            String database = there.newDatabase();
            try {
                return use.of(database);
            } finally {
                there.dropDatabase();
            }
        }

        @Override
        public void close() throws IOException {
            if (server.isPresent()) {
                server.get().close();
            }
        }
    }
}
