package io.victorhub.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The seed's three rules, held to evidence. */
final class InsightRules {

    private final ReviewSettings settings;

    InsightRules(ReviewSettings settings) {
        this.settings = settings;
    }

    /** Strongest evidence first; what is equally strong in the order of names. */
    List<Insight> of(Optional<Rate> overall, Map<String, Rate> skills) {
        List<Insight> insights = new ArrayList<>();
        overall.filter(rate -> isBelow(rate, settings.overallLow()))
                .ifPresent(rate -> insights.add(new Insight.LowOverallSuccess(rate, settings.overallLow())));
        skills.forEach((skill, rate) -> {
            if (isBelow(rate, settings.skillLow())) {
                insights.add(new Insight.LowSkillSuccess(skill, rate, settings.skillLow()));
            } else if (isAbove(rate, settings.skillExcellent())) {
                insights.add(new Insight.ExcellentSkill(skill, rate, settings.skillExcellent()));
            }
        });
        // the order of names comes from the map; sorting keeps it
        insights.sort(Comparator.comparingDouble(InsightRules::strength).reversed());
        return List.copyOf(insights);
    }

    private boolean isBelow(Rate rate, double threshold) {
        return rate.of() >= settings.minimumResults() && rate.high() < threshold;
    }

    private boolean isAbove(Rate rate, double threshold) {
        return rate.of() >= settings.minimumResults() && rate.low() > threshold;
    }

    /** How many standard errors the rate lies from the threshold, were the threshold true. */
    private static double strength(Insight insight) {
        double threshold = insight.threshold();
        double standardError =
                Math.sqrt(threshold * (1 - threshold) / insight.rate().of());
        return Math.abs(insight.rate().value() - threshold) / standardError;
    }
}
