package io.victorhub.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.dashboard.Dashboard.QueueFigures;
import io.victorhub.dashboard.Dashboard.RunningRow;
import io.victorhub.dashboard.Dashboard.SkillRow;
import io.victorhub.dashboard.Dashboard.Trends;
import io.victorhub.json.Json;
import io.victorhub.json.JsonLimits;
import io.victorhub.scheduling.Pause;
import io.victorhub.scheduling.Recurring;
import io.victorhub.scheduling.RecurringStatus;
import io.victorhub.scheduling.Schedule;
import io.victorhub.spi.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardTest {

    private static final Instant NINE = Instant.parse("2026-01-05T09:00:00Z");

    @Test
    void rendersTheSeedsFiguresAsTheSeedDoes() throws IOException {
        assertThat(seed().build().toText()).isEqualTo(resource("seed.yaml"));
    }

    @Test
    void rendersTheSameInALocaleWithOtherDigits() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(seed().build().toText()).isEqualTo(resource("seed.yaml"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void saysSoWhereThereIsNotEnoughData() {
        String text = Dashboard.builder().build().toText();

        assertThat(text).isEqualTo("""
                        Autonomous Operation Dashboard:
                          Status: Idle
                          Uptime: 0 seconds
                          Tasks Processed: 0
                          Success Rate: not enough data
                        __
                          Current Queue:
                            - Pending: 0 tasks
                            - In Progress: 0 tasks
                            - Completed Today: 0 tasks
                        __
                          Performance Trends:
                            - Success Rate: not enough data
                            - Avg Duration: not enough data
                            - Throughput: not enough data
                        __
                          Recent Learnings:
                            - none yet
                        """.replace("__", "  "));
    }

    @Test
    void addsWhatNeedsAttentionBehindTheSeedsLines() throws IOException {
        String text = full().build().toText();

        assertThat(text).isEqualTo(resource("seed.yaml") + """
                        __
                          Dead Letters: 1 task
                        __
                          Waiting Types:
                            - video: no skill serves it; add one that lists 'video'
                        __
                          Paused:
                            - all types: moving house
                            - music_generation until 2026-01-05T09:00:00Z
                        __
                          Problems:
                            - the disk is full
                        __
                          Recurring Tasks:
                            - nightly (daily at 02:30): next 2026-01-05T09:00:00Z, 1 run
                            - poll (every PT10S): next 2026-01-05T09:00:00Z, paused, 0 runs
                        __
                          Skills:
                            - posts 1.2.0 (posts.jar): 1,200 attempts, success 99.9%
                            - tracks 0.1 (class path): 1 attempt, success not enough data
                        __
                          Running Tasks:
                            - t-1 (content_generation, posts): 40%, since 2026-01-05T09:00:00Z, post 4 of 10
                        """.replace("__", "  "));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 seconds",
        "PT1.9S, 1 second",
        "PT1M59S, 119 seconds",
        "PT2M, 2 minutes",
        "PT1H59M59S, 119 minutes",
        "PT2H, 2 hours",
        "PT72H, 72 hours",
        "PT335H59M, 335 hours",
        "P14D, 14 days",
        "P12000D, '12,000 days'",
        "PT-5S, 0 seconds"
    })
    void tellsTheUptimeInTheUnitThatSaysMost(Duration uptime, String words) {
        String text = Dashboard.builder().uptime(uptime).build().toText();

        assertThat(text).contains("Uptime: " + words + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0.021, ↑ 2.1%",
        "-0.15, ↓ 15%",
        "0, → 0%",
        "0.0004, → 0%",
        "-0.0004, → 0%",
        "0.0005, ↑ 0.1%",
        "12.5, '↑ 1,250%'"
    })
    void drawsTrendsWithArrows(double amount, String words) {
        Trends trends = new Trends(
                DashboardTrend.notEnoughData(), DashboardTrend.relative(amount), DashboardTrend.notEnoughData());

        String text = Dashboard.builder().trends(trends).build().toText();

        assertThat(text).contains("    - Avg Duration: " + words + " (last week)\n");
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0%", "1, 100.0%", "0.5, 50.0%", "0.94249, 94.2%", "0.99999, 99.9%", "0.00001, 0.1%"})
    void roundsARateButNeverToAllOrNothing(double rate, String words) {
        String text =
                Dashboard.builder().successRate(OptionalDouble.of(rate)).build().toText();

        assertThat(text).contains("  Success Rate: " + words + "\n");
    }

    @Test
    void refusesRatesThatAreNone() {
        assertThatThrownBy(() -> Dashboard.builder().successRate(OptionalDouble.of(94.2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the success rate is 94.2; it must be 0..1");
        assertThatThrownBy(() -> new RunningRow("t", "a", "s", Double.NaN, "", NINE))
                .hasMessage("the progress of a task is NaN; it must be 0..1");
        assertThatThrownBy(() -> DashboardTrend.relative(Double.POSITIVE_INFINITY))
                .hasMessage("a trend of Infinity; where there is none, say notEnoughData()");
    }

    @Test
    void writesTheSameFiguresAsJson() {
        String json = full().uptime(Duration.ofMillis(1500)).build().toJson();

        Object parsed = Json.parse(json.getBytes(StandardCharsets.UTF_8), new JsonLimits(1 << 20, 50));
        assertThat(parsed)
                .usingRecursiveComparison()
                .ignoringCollectionOrder()
                .isEqualTo(Json.parse("""
                        {
                          "status": "Active", "uptime": 1.5, "tasks_processed": 1247, "success_rate": 0.942,
                          "queue": {"pending": 15, "in_progress": 3, "completed_today": 142},
                          "trends": {
                            "success_rate": {"change": 0.021, "in_points": true},
                            "average_duration": {"change": -0.15, "in_points": false},
                            "throughput": {"change": 0.23, "in_points": false}
                          },
                          "recent_learnings": [
                            "Content generation performs best in morning",
                            "Batch tasks are 30% more efficient",
                            "Skill 'research_agent' needs improvement"
                          ],
                          "dead_letters": 1,
                          "waiting_types": {"video": "no skill serves it; add one that lists 'video'"},
                          "paused": [
                            {"type": null, "until": null, "reason": "moving house"},
                            {"type": "music_generation", "until": "2026-01-05T09:00:00Z", "reason": ""}
                          ],
                          "problems": ["the disk is full"],
                          "recurring": [
                            {"name": "nightly", "schedule": "daily at 02:30", "next": "2026-01-05T09:00:00Z",
                             "last": "1970-01-01T00:00:00Z", "runs": 1, "paused": false},
                            {"name": "poll", "schedule": "every PT10S", "next": "2026-01-05T09:00:00Z", "last": null,
                             "runs": 0, "paused": true}
                          ],
                          "skills": [
                            {"name": "posts", "version": "1.2.0", "source": "posts.jar", "attempts": 1200,
                             "success_rate": 0.9999},
                            {"name": "tracks", "version": "0.1", "source": "class path", "attempts": 1,
                             "success_rate": null}
                          ],
                          "running": [
                            {"id": "t-1", "type": "content_generation", "skill": "posts", "fraction": 0.4,
                             "message": "post 4 of 10", "since": "2026-01-05T09:00:00Z"}
                          ]
                        }
                        """.getBytes(StandardCharsets.UTF_8), new JsonLimits(1 << 20, 50)));
    }

    @Test
    void writesNullIntoJsonForWhatCannotBeSaid() {
        String json = Dashboard.builder().build().toJson();

        assertThat(json).contains("\"success_rate\" : null", "\"throughput\" : null");
    }

    @Test
    void writesTablesInMarkdown() {
        String markdown = full().build().toMarkdown();

        assertThat(markdown)
                .contains("| Success Rate | 94.2% |\n")
                .contains("| Pending | In Progress | Completed Today |\n| --- | --- | --- |\n| 15 | 3 | 142 |\n")
                .contains("| ↑ 2.1% (last week) | ↓ 15% (last week) | ↑ 23% (last week) |\n")
                .contains("- Skill 'research\\_agent' needs improvement\n")
                .contains("- all types: moving house\n- music\\_generation until 2026-01-05T09:00:00Z\n")
                .contains("| poll | every PT10S | 2026-01-05T09:00:00Z (paused) | 0 |\n")
                .contains("| posts | 1.2.0 | posts.jar | 1,200 | 99.9% |\n")
                .contains("| t-1 | content\\_generation | posts | 40% | 2026-01-05T09:00:00Z | post 4 of 10 |\n");
    }

    @Test
    void keepsHostileTextsFromBreakingOutOfACellOrALine() {
        String hostile = "a|b\n\n# x <script>\u001B[31m`[l](http://x)`\u202E\\|\uD800";
        Dashboard board = Dashboard.builder()
                .recentLearnings(List.of(hostile, "- 1. nested", "1. one"))
                .skills(List.of(new SkillRow(hostile, hostile, hostile, 0, OptionalDouble.empty())))
                .build();

        assertThat(board.toMarkdown())
                .contains(
                        "- a\\|b  \\# x &lt;script&gt;&lt;U+001B&gt;\\[31m\\`\\[l\\](http://x)\\`&lt;U+202E&gt;\\\\\\|?\n")
                .contains("- \\- 1. nested\n", "- 1\\. one\n");
        assertThat(board.toText()).contains("    - a|b  # x <script><U+001B>[31m`[l](http://x)`<U+202E>\\|?\n");
        assertThat(board.toJson()).contains("a|b\\n\\n# x");
    }

    @Test
    void cutsTextsThatWouldFloodTheScreen() {
        String text = Dashboard.builder()
                .problems(List.of("x".repeat(100_000)))
                .build()
                .toText();

        assertThat(text).contains("    - " + "x".repeat(500) + "…\n").hasSizeLessThan(2000);
    }

    @Test
    void isEqualToOneWithTheSameFigures() {
        assertThat(full().build()).isEqualTo(full().build()).hasSameHashCodeAs(full().build());
        assertThat(full().deadLetters(2).build()).isNotEqualTo(full().build());
    }

    private static Dashboard.Builder seed() {
        return Dashboard.builder()
                .status("Active")
                .uptime(Duration.ofHours(72))
                .tasksProcessed(1247)
                .successRate(OptionalDouble.of(0.942))
                .queue(new QueueFigures(15, 3, 142))
                .trends(new Trends(
                        DashboardTrend.inPoints(0.021), DashboardTrend.relative(-0.15), DashboardTrend.relative(0.23)))
                .recentLearnings(List.of(
                        "Content generation performs best in morning",
                        "Batch tasks are 30% more efficient",
                        "Skill 'research_agent' needs improvement"));
    }

    private static Dashboard.Builder full() {
        return seed().deadLetters(1)
                .waitingTypes(Map.of("video", "no skill serves it; add one that lists 'video'"))
                .pauses(List.of(
                        Pause.everything().because("moving house"),
                        Pause.of("music_generation").until(NINE)))
                .problems(List.of("the disk is full"))
                .recurring(List.of(
                        new RecurringStatus(
                                recurring("nightly", Schedule.daily(LocalTime.of(2, 30))),
                                NINE,
                                Optional.of(Instant.EPOCH),
                                1,
                                false),
                        new RecurringStatus(
                                recurring("poll", Schedule.every(Duration.ofSeconds(10))),
                                NINE,
                                Optional.empty(),
                                0,
                                true)))
                .skills(List.of(
                        new SkillRow("posts", "1.2.0", "posts.jar", 1200, OptionalDouble.of(0.9999)),
                        new SkillRow("tracks", "0.1", "class path", 1, OptionalDouble.empty())))
                .running(List.of(new RunningRow("t-1", "content_generation", "posts", 0.4, "post 4 of 10", NINE)));
    }

    private static Recurring recurring(String name, Schedule schedule) {
        return Recurring.of(name, schedule, Task.of("t").build());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(DashboardTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
