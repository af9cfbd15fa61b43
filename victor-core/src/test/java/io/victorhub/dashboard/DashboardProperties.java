package io.victorhub.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.dashboard.Dashboard.QueueFigures;
import io.victorhub.dashboard.Dashboard.RunningRow;
import io.victorhub.dashboard.Dashboard.SkillRow;
import io.victorhub.dashboard.Dashboard.Trends;
import io.victorhub.json.Json;
import io.victorhub.json.JsonLimits;
import io.victorhub.scheduling.Pause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.assertj.core.api.InstanceOfAssertFactories;

/** Whatever stands in names and sentences, the views stay what they are. */
class DashboardProperties {

    @Property(tries = 300)
    void noViewLetsAControlCharacterThrough(@ForAll("boards") Dashboard board) {
        assertThat(board.toText().chars().filter(DashboardProperties::isObeyed)).isEmpty();
        assertThat(board.toMarkdown().chars().filter(DashboardProperties::isObeyed))
                .isEmpty();
        assertThat(board.toJson().chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
    }

    @Property(tries = 200)
    void theSameFiguresGiveTheSameLines(@ForAll("boards") Dashboard board) {
        assertThat(board.toText()).isEqualTo(board.toText()).endsWith("\n");
        assertThat(board.toMarkdown()).isEqualTo(board.toMarkdown()).endsWith("\n");
        assertThat(board.toJson()).isEqualTo(board.toJson());
    }

    @Property(tries = 300)
    void everyMarkdownTableHasAsManyCellsInEachRow(@ForAll("boards") Dashboard board) {
        int cells = 0;
        for (String line : board.toMarkdown().split("\n", -1)) {
            boolean inTable = line.startsWith("|");
            int here = line.replaceAll("\\\\[\\\\|]", "").replaceAll("[^|]", "").length();
            assertThat(inTable && cells > 0 ? here : 0).isEqualTo(inTable && cells > 0 ? cells : 0);
            cells = inTable ? here : 0;
        }
    }

    @Property(tries = 200)
    void theTextHasOneLineForEachThing(@ForAll("boards") Dashboard board) {
        long sentences = Math.max(1, board.recentLearnings().size())
                + board.problems().size()
                + board.pauses().size();
        long rows = board.skills().size()
                + board.running().size()
                + board.waitingTypes().size();

        assertThat(board.toText().lines().filter(line -> line.startsWith("    - ")))
                .hasSize((int) (6 + sentences + rows));
    }

    @Property(tries = 200)
    void jsonKeepsEveryTextAsItCame(@ForAll("boards") Dashboard board) {
        Object parsed = Json.parse(board.toJson().getBytes(StandardCharsets.UTF_8), new JsonLimits(1 << 22, 50));

        assertThat(parsed)
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("status", board.status())
                .containsEntry("recent_learnings", board.recentLearnings())
                .containsEntry("problems", board.problems())
                .containsEntry("waiting_types", board.waitingTypes());
    }

    @Provide
    Arbitrary<Dashboard> boards() {
        Arbitrary<String> texts = texts();
        Arbitrary<List<String>> sentences = texts.list().ofMaxSize(4);
        Arbitrary<OptionalDouble> rates = Arbitraries.doubles()
                .between(0, 1)
                .map(OptionalDouble::of)
                .injectNull(0.2)
                .map(rate -> rate == null ? OptionalDouble.empty() : rate);
        Arbitrary<DashboardTrend> trends = Arbitraries.oneOf(
                Arbitraries.just(DashboardTrend.notEnoughData()),
                Arbitraries.doubles().map(DashboardTrend::relative),
                Arbitraries.doubles().between(-1, 1).map(DashboardTrend::inPoints));
        Arbitrary<List<SkillRow>> skills = Combinators.combine(texts, texts, texts, Arbitraries.longs(), rates)
                .as(SkillRow::new)
                .list()
                .ofMaxSize(3);
        Arbitrary<List<RunningRow>> running = Combinators.combine(
                        texts, Arbitraries.doubles().between(0, 1))
                .as((text, fraction) -> new RunningRow(text, text, text, fraction, text, Instant.EPOCH))
                .list()
                .ofMaxSize(3);
        Arbitrary<List<Pause>> pauses = texts.map(DashboardProperties::whole)
                .map(Pause.of("t").until(Instant.EPOCH)::because)
                .list()
                .ofMaxSize(2);
        Arbitrary<Map<String, String>> waiting = Arbitraries.maps(texts, texts).ofMaxSize(3);
        Arbitrary<Dashboard.Builder> figures = Combinators.combine(
                        Arbitraries.longs(), Arbitraries.longs().between(Long.MIN_VALUE, Long.MAX_VALUE), rates, trends)
                .as((count, seconds, rate, trend) -> Dashboard.builder()
                        .tasksProcessed(count)
                        .uptime(Duration.ofSeconds(seconds, 5))
                        .successRate(rate)
                        .queue(new QueueFigures(count, count, count))
                        .trends(new Trends(trend, trend, trend)));
        return Combinators.combine(figures, texts, sentences, sentences, skills, running, waiting, pauses)
                .as((board, status, learnings, problems, skillRows, rows, missing, paused) -> board.status(status)
                        .recentLearnings(learnings)
                        .problems(problems)
                        .skills(skillRows)
                        .running(rows)
                        .waitingTypes(missing)
                        .pauses(paused)
                        .build());
    }

    private static Arbitrary<String> texts() {
        Arbitrary<Character> nasty =
                Arbitraries.of('|', '\\', '\n', '\r', '\u001B', '\u0085', '\u2028', '\u202E', '\uFEFF');
        return Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.chars().all()),
                        Tuple.of(2, nasty),
                        Tuple.of(3, Arbitraries.chars().ascii()))
                .list()
                .ofMaxSize(20)
                .map(chars -> {
                    StringBuilder text = new StringBuilder();
                    chars.forEach(text::append);
                    return text.toString();
                });
    }

    /** Without halves of characters, which a pause refuses. */
    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static boolean isObeyed(int c) {
        boolean joiner = c == 0x200C || c == 0x200D;
        int type = Character.getType(c);
        return c != '\n'
                && !joiner
                && (type == Character.CONTROL
                        || type == Character.FORMAT
                        || type == Character.LINE_SEPARATOR
                        || type == Character.PARAGRAPH_SEPARATOR);
    }
}
