package io.victorhub.dashboard;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The dashboard as GitHub-flavoured Markdown. */
final class MarkdownView {

    private final Dashboard board;
    private final StringBuilder out = new StringBuilder(2048);

    MarkdownView(Dashboard board) {
        this.board = board;
    }

    String render() {
        out.append("# Autonomous Operation Dashboard\n\n");
        table("", "");
        row("Status", Plain.markdown(board.status()));
        row("Uptime", Figures.uptime(board.uptime()));
        row("Tasks Processed", Figures.number(board.tasksProcessed()));
        row("Success Rate", Figures.rate(board.successRate()));
        if (board.deadLetters() > 0) {
            row("Dead Letters", Figures.count(board.deadLetters(), "task"));
        }
        title("Current Queue");
        table("Pending", "In Progress", "Completed Today");
        row(
                Figures.number(board.queue().pending()),
                Figures.number(board.queue().inProgress()),
                Figures.number(board.queue().completedToday()));
        title("Performance Trends");
        table("Success Rate", "Avg Duration", "Throughput");
        row(
                Figures.trend(board.trends().successRate()),
                Figures.trend(board.trends().averageDuration()),
                Figures.trend(board.trends().throughput()));
        list("Recent Learnings", board.recentLearnings().isEmpty() ? List.of("none yet") : board.recentLearnings());
        waiting();
        list("Paused", board.pauses().stream().map(Figures::pause).toList());
        list("Problems", board.problems());
        recurring();
        skills();
        running();
        return out.toString();
    }

    private void waiting() {
        if (!board.waitingTypes().isEmpty()) {
            title("Waiting Types");
            table("Type", "What is missing");
            board.waitingTypes().forEach((type, missing) -> row(Plain.markdown(type), Plain.markdown(missing)));
        }
    }

    private void recurring() {
        if (!board.recurring().isEmpty()) {
            title("Recurring Tasks");
            table("Name", "Schedule", "Next", "Runs");
            board.recurring()
                    .forEach(status -> row(
                            Plain.markdown(status.name()),
                            Plain.markdown(status.definition().schedule().toString()),
                            status.next() + (status.paused() ? " (paused)" : ""),
                            Figures.number(status.runs())));
        }
    }

    private void skills() {
        if (!board.skills().isEmpty()) {
            title("Skills");
            table("Skill", "Version", "Source", "Attempts", "Success Rate");
            board.skills()
                    .forEach(skill -> row(
                            Plain.markdown(skill.name()),
                            Plain.markdown(skill.version()),
                            Plain.markdown(skill.source()),
                            Figures.number(skill.attempts()),
                            Figures.rate(skill.successRate())));
        }
    }

    private void running() {
        if (!board.running().isEmpty()) {
            title("Running Tasks");
            table("Task", "Type", "Skill", "Done", "Since", "Message");
            board.running()
                    .forEach(task -> row(
                            Plain.markdown(task.id()),
                            Plain.markdown(task.type()),
                            Plain.markdown(task.skill()),
                            Figures.percent(task.fraction()),
                            task.since().toString(),
                            Plain.markdown(task.message())));
        }
    }

    private void title(String title) {
        out.append("\n## ").append(title).append("\n\n");
    }

    private void list(String title, List<String> items) {
        if (!items.isEmpty()) {
            title(title);
            items.forEach(item -> out.append("- ").append(Plain.markdown(item)).append('\n'));
        }
    }

    private void table(String... heads) {
        row(heads);
        out.append(Stream.of(heads).map(head -> "---").collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private void row(String... cells) {
        out.append(Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |\n")));
    }
}
