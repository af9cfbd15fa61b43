package io.victorhub.dashboard;

import io.victorhub.dashboard.Dashboard.RunningRow;
import io.victorhub.dashboard.Dashboard.SkillRow;
import io.victorhub.json.Json;
import io.victorhub.scheduling.Pause;
import io.victorhub.scheduling.RecurringStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The dashboard as JSON, with names as in the seed's files. */
final class JsonView {

    private static final int NANO_DIGITS = 9;

    private JsonView() {}

    static String render(Dashboard board) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("status", board.status());
        out.put("uptime", seconds(board.uptime()));
        out.put("tasks_processed", board.tasksProcessed());
        out.put("success_rate", rate(board.successRate()));
        Map<String, @Nullable Object> queue = new LinkedHashMap<>();
        queue.put("pending", board.queue().pending());
        queue.put("in_progress", board.queue().inProgress());
        queue.put("completed_today", board.queue().completedToday());
        out.put("queue", queue);
        Map<String, @Nullable Object> trends = new LinkedHashMap<>();
        trends.put("success_rate", trend(board.trends().successRate()));
        trends.put("average_duration", trend(board.trends().averageDuration()));
        trends.put("throughput", trend(board.trends().throughput()));
        out.put("trends", trends);
        out.put("recent_learnings", board.recentLearnings());
        out.put("dead_letters", board.deadLetters());
        out.put("waiting_types", board.waitingTypes());
        out.put("paused", board.pauses().stream().map(JsonView::pause).toList());
        out.put("recurring", board.recurring().stream().map(JsonView::recurring).toList());
        out.put("problems", board.problems());
        out.put("skills", board.skills().stream().map(JsonView::skill).toList());
        out.put("running", board.running().stream().map(JsonView::running).toList());
        return Json.pretty(out);
    }

    private static @Nullable Map<String, @Nullable Object> trend(DashboardTrend trend) {
        if (!(trend instanceof DashboardTrend.Change change)) {
            return null;
        }
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("change", change.amount());
        out.put("in_points", change.inPoints());
        return out;
    }

    private static Map<String, @Nullable Object> pause(Pause pause) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("type", pause.type().orElse(null));
        out.put("until", pause.until().map(Instant::toString).orElse(null));
        out.put("reason", pause.reason());
        return out;
    }

    private static Map<String, @Nullable Object> recurring(RecurringStatus status) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("name", status.name());
        out.put("schedule", status.definition().schedule().toString());
        out.put("next", status.next().toString());
        out.put("last", status.last().map(Instant::toString).orElse(null));
        out.put("runs", status.runs());
        out.put("paused", status.paused());
        return out;
    }

    private static Map<String, @Nullable Object> skill(SkillRow skill) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("name", skill.name());
        out.put("version", skill.version());
        out.put("source", skill.source());
        out.put("attempts", skill.attempts());
        out.put("success_rate", rate(skill.successRate()));
        return out;
    }

    private static Map<String, @Nullable Object> running(RunningRow task) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("id", task.id());
        out.put("type", task.type());
        out.put("skill", task.skill());
        out.put("fraction", task.fraction());
        out.put("message", task.message());
        out.put("since", task.since().toString());
        return out;
    }

    private static @Nullable Double rate(OptionalDouble rate) {
        return rate.isPresent() ? rate.getAsDouble() : null;
    }

    private static Number seconds(Duration duration) {
        return duration.getNano() == 0
                ? (Number) duration.getSeconds()
                : (Number) BigDecimal.valueOf(duration.getSeconds())
                        .add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS));
    }
}
