package io.victorhub.examples.host;

import io.victorhub.Completion;
import io.victorhub.Hub;
import io.victorhub.spi.Artifact;
import io.victorhub.spi.Execution;
import io.victorhub.spi.store.TaskStatus;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What came of the tasks, as a table and the folders of their outputs. */
final class Summary {

    private static final String ROW = "%-36.36s  %-20.20s  %-18.18s  %-9s  %8s  %7s%n";

    private final Hub hub;
    private final PrintStream out;

    Summary(Hub hub, PrintStream out) {
        this.hub = hub;
        this.out = out;
    }

    /** Prints the table. */
    void print(List<Completion> completions) {
        if (completions.isEmpty()) {
            return;
        }
        out.printf(Locale.ROOT, ROW, "task", "type", "skill", "status", "seconds", "outputs");
        completions.forEach(this::row);
        out.println();
        completions.forEach(this::outputs);
    }

    /** Says which tasks were done before, and how to have them done again. */
    void printKnown(List<String> ids) {
        for (String id : ids) {
            hub.find(id).ifPresent(state -> {
                out.println("task " + id + " is known from a run before: " + word(state.status()));
                state.last()
                        .filter(Execution.class::isInstance)
                        .map(Execution.class::cast)
                        .ifPresent(this::folder);
            });
        }
        if (!ids.isEmpty()) {
            out.println("to do them anew: add --again, or take another home with --home FOLDER");
        }
    }

    private void row(Completion completion) {
        Execution last = completion.execution().orElse(null);
        out.printf(
                Locale.ROOT,
                ROW,
                completion.taskId(),
                last == null ? "" : last.type(),
                last == null ? "" : last.skill().map(Object::toString).orElse(""),
                word(completion.status()),
                last == null
                        ? ""
                        : String.format(Locale.ROOT, "%.2f", last.duration().toMillis() / 1000.0),
                last == null ? "" : last.details().artifacts().size());
    }

    private void outputs(Completion completion) {
        completion.execution().ifPresent(execution -> {
            folder(execution);
            execution
                    .trouble()
                    .ifPresent(trouble ->
                            out.println(completion.taskId() + ": " + trouble.reason() + ": " + trouble.message()));
        });
    }

    private void folder(Execution execution) {
        List<Artifact> artifacts = execution.details().artifacts();
        if (!artifacts.isEmpty()) {
            long bytes = artifacts.stream().mapToLong(Artifact::size).sum();
            Path folder = hub.home().resolve(artifacts.get(0).path()).getParent();
            out.printf(
                    Locale.ROOT,
                    "%s: %d files, %,d bytes in %s%n",
                    execution.taskId(),
                    artifacts.size(),
                    bytes,
                    folder);
        }
    }

    private static String word(TaskStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
