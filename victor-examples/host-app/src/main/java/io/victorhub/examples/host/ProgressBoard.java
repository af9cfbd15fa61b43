package io.victorhub.examples.host;

import io.victorhub.scheduling.RunningTask;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows running tasks: bars that are drawn over on a terminal, a line for each tenth of the work elsewhere. */
final class ProgressBoard {

    private static final int BAR = 24;
    private static final int TENTHS = 10;
    private static final String UP = "\u001b[1A";
    private static final String CLEAR = "\u001b[2K\r";

    private final PrintStream out;
    private final boolean terminal;
    private final Map<String, Integer> tenths = new HashMap<>();
    private int drawn;

    ProgressBoard(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** {@return whether standard output is a terminal that draws over itself} */
    static boolean isTerminal() {
        String kind = System.getenv("TERM");
        return System.console() != null && consoleIsTerminal() && kind != null && !kind.equals("dumb");
    }

    void show(List<RunningTask> running) {
        if (terminal) {
            draw(running);
        } else {
            running.forEach(this::line);
        }
        out.flush();
    }

    /** Leaves the screen to others. */
    void end() {
        if (terminal) {
            erase();
            out.flush();
        }
    }

    private void draw(List<RunningTask> running) {
        erase();
        running.forEach(task -> out.println(bar(task)));
        drawn = running.size();
    }

    private void erase() {
        out.print((UP + CLEAR).repeat(drawn));
        drawn = 0;
    }

    private void line(RunningTask task) {
        int tenth = (int) (task.fraction() * TENTHS);
        Integer before = tenths.put(task.taskId(), tenth);
        if (before == null || tenth > before) {
            out.printf(
                    Locale.ROOT,
                    "%s %s: %3.0f %% %s%n",
                    task.type(),
                    task.taskId(),
                    task.fraction() * 100,
                    task.message());
        }
    }

    private static String bar(RunningTask task) {
        int full = (int) Math.round(task.fraction() * BAR);
        return String.format(
                Locale.ROOT,
                "%-20.20s [%s%s] %3.0f %% %.40s",
                task.type(),
                "#".repeat(full),
                ".".repeat(BAR - full),
                task.fraction() * 100,
                task.message());
    }

    /** From Java 22 on there is a console without a terminal; {@code Console.isTerminal} tells, but not on 17. */
    private static boolean consoleIsTerminal() {
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
        } catch (ReflectiveOperationException e) {
            return true; // before 22: no console without a terminal
        }
    }
}
