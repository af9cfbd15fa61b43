package io.victorhub.dashboard;

import io.victorhub.dashboard.Dashboard.RunningRow;
import io.victorhub.dashboard.Dashboard.SkillRow;
import java.util.List;

/** The lines of the seed, in its order and indentation, and ours behind them where they say something. */
final class TextView {

    private final Dashboard board;
    private final StringBuilder out = new StringBuilder(1024);

    TextView(Dashboard board) {
        this.board = board;
    }

    String render() {
        out.append("Autonomous Operation Dashboard:\n");
        line("Status", Plain.line(board.status()));
        line("Uptime", Figures.uptime(board.uptime()));
        line("Tasks Processed", Figures.number(board.tasksProcessed()));
        line("Success Rate", Figures.rate(board.successRate()));
        title("Current Queue");
        item("Pending: " + Figures.count(board.queue().pending(), "task"));
        item("In Progress: " + Figures.count(board.queue().inProgress(), "task"));
        item("Completed Today: " + Figures.count(board.queue().completedToday(), "task"));
        title("Performance Trends");
        item("Success Rate: " + Figures.trend(board.trends().successRate()));
        item("Avg Duration: " + Figures.trend(board.trends().averageDuration()));
        item("Throughput: " + Figures.trend(board.trends().throughput()));
        title("Recent Learnings");
        board.recentLearnings().forEach(this::foreign);
        if (board.recentLearnings().isEmpty()) {
            item("none yet");
        }
        attention();
        section(
                "Recurring Tasks",
                board.recurring().stream().map(Figures::recurring).toList());
        skills(board.skills());
        running(board.running());
        return out.toString();
    }

    private void attention() {
        if (board.deadLetters() > 0) {
            blank();
            line("Dead Letters", Figures.count(board.deadLetters(), "task"));
        }
        if (!board.waitingTypes().isEmpty()) {
            title("Waiting Types");
            board.waitingTypes().forEach((type, missing) -> foreign(type + ": " + missing));
        }
        section("Paused", board.pauses().stream().map(Figures::pause).toList());
        section("Problems", board.problems());
    }

    private void section(String title, List<String> items) {
        if (!items.isEmpty()) {
            title(title);
            items.forEach(this::foreign);
        }
    }

    private void skills(List<SkillRow> skills) {
        if (!skills.isEmpty()) {
            title("Skills");
            skills.forEach(skill -> item(Plain.line(skill.name()) + " " + Plain.line(skill.version()) + " ("
                    + Plain.line(skill.source()) + "): " + Figures.count(skill.attempts(), "attempt") + ", success "
                    + Figures.rate(skill.successRate())));
        }
    }

    private void running(List<RunningRow> running) {
        if (!running.isEmpty()) {
            title("Running Tasks");
            running.forEach(task -> item(Plain.line(task.id()) + " (" + Plain.line(task.type()) + ", "
                    + Plain.line(task.skill()) + "): " + Figures.percent(task.fraction()) + ", since " + task.since()
                    + (task.message().isEmpty() ? "" : ", " + Plain.line(task.message()))));
        }
    }

    private void line(String name, String value) {
        out.append("  ").append(name).append(": ").append(value).append('\n');
    }

    private void title(String title) {
        blank();
        out.append("  ").append(title).append(":\n");
    }

    /** Indented, as the seed has it. */
    private void blank() {
        out.append("  \n");
    }

    private void foreign(String text) {
        item(Plain.line(text));
    }

    private void item(String text) {
        out.append("    - ").append(text).append('\n');
    }
}
