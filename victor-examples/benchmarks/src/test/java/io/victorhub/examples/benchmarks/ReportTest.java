package io.victorhub.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final Contestant slow = Contestant.of("submit", "slow").row("slow one", Unit.PER_SECOND);
    private final Contestant quick = Contestant.of("submit", "quick").row("quick one", Unit.PER_SECOND);
    private final Target threeTimes = Target.ratioAtLeast("quick ÷ slow", "submit/quick", "submit/slow", 3);
    private final Figures figures = new Figures();

    @Test
    void showsTheMedianAndAllValues() {
        round(10, 30);
        round(12_345.6, 37_000);
        round(20, 70);

        assertThat(report(true))
                .contains("| slow one | 20.0 /s | 10.0 · 12,346 · 20.0 |")
                .contains("| quick one | 70.0 /s | 30.0 · 37,000 · 70.0 |");
    }

    @Test
    void dividesWithinEachRoundBeforeItTakesTheMedian() {
        round(10, 29);
        round(100, 400);
        round(20, 50);

        assertThat(report(true)).contains("| quick ÷ slow | ≥ 3.00 × | 2.90 × | 2.90 · 4.00 · 2.50 | **missed** |");
    }

    @Test
    void saysWhatIsMet() {
        round(10, 31);

        assertThat(report(true)).contains("| 3.10 × | 3.10 | met |");
        assertThat(new Report(figures).of(List.of(), List.of(slow, quick), List.of(threeTimes), false))
                .contains("| 3.10 × | 3.10 |  |")
                .doesNotContain("met |");
    }

    @Test
    void saysWhatIsNotMeasuredAndWhy() {
        figures.nextRound();
        figures.add(Map.of("submit/slow", 10.0));
        figures.missing(quick, "failed: a | b\nand more");

        assertThat(report(true))
                .contains("| quick one | not measured | failed: a / b |")
                .contains("| quick ÷ slow | ≥ 3.00 × | not measured |");
    }

    private String report(boolean judged) {
        return new Report(figures).of(List.of("a machine"), List.of(slow, quick), List.of(threeTimes), judged);
    }

    private void round(double slowly, double quickly) {
        figures.nextRound();
        figures.add(Map.of("submit/slow", slowly, "submit/quick", quickly));
    }
}
