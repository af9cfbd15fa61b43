package io.victorhub.review;

import java.util.Locale;

/**
 * Insights as sentences, for people. Never parse them back: an {@link Insight} has every number.
 *
 * @since 0.1
 */
public final class InsightSentences {

    private InsightSentences() {}

    /** {@return the insight in English, with its rate, number of results and interval} */
    public static String of(Insight insight) {
        String evidence = evidence(insight.rate());
        if (insight instanceof Insight.LowSkillSuccess low) {
            return "Skill '" + low.skill() + "' has a low success rate (" + evidence + "). May need improvement.";
        } else if (insight instanceof Insight.ExcellentSkill excellent) {
            return "Skill '" + excellent.skill() + "' is performing excellently (" + evidence + ").";
        }
        return "Overall success rate is low (" + evidence + "). Consider reviewing failed tasks.";
    }

    private static String evidence(Rate rate) {
        return String.format(
                Locale.ROOT,
                "%.1f %% of %d, %.0f..%.0f %%",
                100 * rate.value(),
                rate.of(),
                100 * rate.low(),
                100 * rate.high());
    }
}
