package io.victorhub.examples.host;

import io.victorhub.Completion;
import io.victorhub.Hub;
import io.victorhub.HubBuilder;
import io.victorhub.scheduling.InboxReport;
import io.victorhub.spi.VictorException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * An application that lets a hub work: drops a {@code queue.json} into its inbox, turns on autonomous mode, and watches
 * what the skills of other jars make of it.
 */
public final class HostApp {

    private static final int DONE = 0;
    private static final int NOT_ALL_DONE = 1;
    private static final int WRONG = 2;

    private final Options options;
    private final PrintStream out;

    private HostApp(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Runs it; see {@code --help}. */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        int code = run(List.of(arguments), out);
        out.flush();
        System.exit(code);
    }

    static int run(List<String> arguments, PrintStream out) throws InterruptedException {
        try {
            Options options = Options.parse(arguments);
            if (options.help()) {
                out.print(Options.USAGE);
                return DONE;
            }
            return new HostApp(options, out).run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
        } catch (IOException | VictorException e) {
            System.err.println(e.getMessage());
        }
        return WRONG;
    }

    private int run() throws IOException, InterruptedException {
        Watch watch = new Watch(new ProgressBoard(out, ProgressBoard.isTerminal()));
        HubBuilder builder = Hub.at(options.home()).workers(4).checkInterval(Duration.ofSeconds(5));
        try (Hub hub = builder.listener(watch).build()) {
            out.println("Victor " + hub.version() + " in " + hub.home());
            hub.skills()
                    .all()
                    .forEach(
                            skill -> out.println("  skill " + skill.descriptor().ref() + " does "
                                    + skill.descriptor().capabilities() + ", from "
                                    + skill.skill().origin().text()));
            out.flush();
            long settledBefore = Watch.settled(hub);
            QueueDrop.drop(options);
            hub.enableAutonomousMode();
            InboxReport report = watch.awaitAllDone(hub, settledBefore);
            return tell(hub, report, watch.completions());
        }
    }

    private int tell(Hub hub, InboxReport report, List<Completion> completions) {
        out.println();
        out.println(report.accepted() + " tasks taken in, " + report.known() + " known, " + report.rejected()
                + " rejected");
        report.unreadable().ifPresent(why -> out.println("the file was put aside: " + why));
        report.rejects().ifPresent(file -> out.println("what is wrong, and what to do: " + file));
        out.println();
        Summary summary = new Summary(hub, out);
        summary.print(completions);
        summary.printKnown(report.knownIds());
        out.println();
        out.print(hub.dashboard().toText());
        boolean good = report.rejected() == 0
                && report.unreadable().isEmpty()
                && completions.stream().allMatch(Completion::succeeded)
                && hub.scheduler().waitingForSkill().isEmpty();
        return good ? DONE : NOT_ALL_DONE;
    }
}
