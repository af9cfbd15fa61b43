package io.victorhub.examples.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The figures as Markdown. */
final class Report {

    private static final String NOT_MEASURED = "not measured";

    private final Figures figures;
    private final StringBuilder text = new StringBuilder();

    Report(Figures figures) {
        this.figures = figures;
    }

    /** {@return the tables} */
    String of(List<String> head, List<Contestant> contestants, List<Target> targets, boolean judged) {
        text.append("## Measured\n\n");
        head.forEach(line -> text.append("- ").append(line).append('\n'));
        for (String section : contestants.stream()
                .map(Contestant::section)
                .distinct()
                .sorted((a, b) -> Integer.compare(Catalogue.SECTIONS.indexOf(a), Catalogue.SECTIONS.indexOf(b)))
                .toList()) {
            text.append("\n### ").append(Catalogue.title(section)).append("\n\n");
            line("what", "median", "each round");
            line("---", "---:", "---");
            contestants.stream()
                    .filter(contestant -> contestant.section().equals(section))
                    .forEach(contestant -> contestant.rows().forEach(row -> row(contestant, row)));
        }
        if (targets.isEmpty()) {
            return text.toString();
        }
        text.append("\n### Targets\n\n");
        if (!judged) {
            text.append("With these sizes nothing can be said on whether they are met.\n\n");
        }
        line("what, both in the same round", "wanted", "median", "each round", "");
        line("---", "---:", "---:", "---", "---");
        targets.forEach(target -> target(target, judged));
        return text.toString();
    }

    private void row(Contestant contestant, Row row) {
        double[] values = figures.of(row);
        String why = figures.missing(contestant).map(Report::oneLine).orElse("");
        if (values.length == 0) {
            line(row.label(), NOT_MEASURED, why);
        } else {
            line(row.label(), row.unit().show(Figures.median(values)), all(values) + (why.isEmpty() ? "" : "; " + why));
        }
    }

    private void target(Target target, boolean judged) {
        double[] values = figures.each(target.of());
        if (values.length == 0) {
            line(target.label(), target.wanted(), NOT_MEASURED, "", "");
            return;
        }
        double median = Figures.median(values);
        line(
                target.label(),
                target.wanted(),
                target.unit().show(median),
                all(values),
                judged ? verdict(target, median) : "");
    }

    private static String verdict(Target target, double median) {
        return target.isMet(median) ? "met" : "**missed**";
    }

    private void line(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String all(double[] values) {
        return Arrays.stream(values).mapToObj(Unit::digits).collect(Collectors.joining(" · "));
    }

    private static String oneLine(String why) {
        String first = why.lines().findFirst().orElse("");
        return first.replace("|", "/");
    }
}
