package io.victorhub.review;

import static io.victorhub.review.Entries.failure;
import static io.victorhub.review.Entries.learn;
import static io.victorhub.review.Entries.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.review.Insight.ExcellentSkill;
import io.victorhub.review.Insight.LowOverallSuccess;
import io.victorhub.review.Insight.LowSkillSuccess;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InsightsTest {

    private final Reviewer reviewer = Reviewer.of(ReviewSettings.DEFAULT);

    @Test
    void findsTheSeedsThreeKinds() {
        results("research_agent", 73, 47);
        results("content_generator", 200, 0);
        results("music_generator", 30, 70);

        assertThat(reviewer.insights())
                .extracting(InsightSentences::of)
                .containsExactly(
                        "Skill 'music_generator' has a low success rate (30.0 % of 100, 22..40 %). May need improvement.",
                        "Overall success rate is low (72.1 % of 420, 68..76 %). Consider reviewing failed tasks.",
                        "Skill 'content_generator' is performing excellently (100.0 % of 200, 98..100 %).",
                        "Skill 'research_agent' has a low success rate (60.8 % of 120, 52..69 %). May need improvement.");
    }

    @Test
    void carriesTheEvidence() {
        results("s", 10, 90);

        Insight insight = reviewer.insights().get(1);

        Rate rate = reviewer.statistics().skills().get("s").successRate().orElseThrow();
        assertThat(insight).isEqualTo(new LowSkillSuccess("s", rate, .7));
        assertThat(insight.rate().successes()).isEqualTo(10);
        assertThat(insight.rate().of()).isEqualTo(100);
    }

    @Test
    void saysNothingFromAHandfulOfRuns() {
        results("poor", 0, 19);

        assertThat(reviewer.insights()).isEmpty();

        results("poor", 0, 1);
        assertThat(reviewer.insights())
                .extracting(Object::getClass)
                .containsExactly(LowOverallSuccess.class, LowSkillSuccess.class);
    }

    @Test
    void saysNothingWhileTheIntervalHoldsTheThreshold() {
        results("perhaps-low", 66, 34);
        results("perhaps-excellent", 97, 3);
        results("fine", 900, 100);

        assertThat(reviewer.insights()).isEmpty();
    }

    @Test
    void followsTheThresholdsOfTheHost() {
        Reviewer strict = Reviewer.of(ReviewSettings.builder()
                .overallLow(.99)
                .skillLow(.9)
                .skillExcellent(.9)
                .minimumResults(5)
                .confidence(.5)
                .build());
        learn(strict, 10, success("good"));
        learn(strict, 3, success("poor"));
        learn(strict, 2, failure("poor"));

        assertThat(strict.insights())
                .extracting(Object::getClass)
                .containsExactlyInAnyOrder(LowOverallSuccess.class, LowSkillSuccess.class, ExcellentSkill.class);
    }

    @Test
    void neverCallsWhatItCountsTogetherASkill() {
        for (int i = 0; i < Statistics.MAX_NAMES; i++) {
            learn(reviewer, 1, success("s-" + i));
        }
        results("one-more", 0, 100);

        assertThat(reviewer.statistics().skills()).containsKey(Statistics.OTHER);
        assertThat(reviewer.insights()).isEmpty();
    }

    /** By the seed's rules such a skill is called low at once, and excellent later. */
    @Test
    void isNotMisledByAGoodSkillWhoseFirstRunsAreBad() {
        results("s", 0, 5);
        assertThat(reviewer.insights()).isEmpty();

        for (int i = 0; i < 400; i++) {
            learn(reviewer, 1, success("s"));
            assertThat(reviewer.insights()).noneMatch(LowSkillSuccess.class::isInstance);
        }
        assertThat(reviewer.insights()).hasSize(1).allMatch(ExcellentSkill.class::isInstance);
    }

    /**
     * By the seed's rules a skill of rate .85, looked at after each of its first 100 results, is called low in 46 of 100
     * histories, excellent in 86, and both in 32.
     */
    @Test
    void hardlyEverJudgesAMiddlingSkillHoweverOftenItIsLookedAt() {
        SplittableRandom random = new SplittableRandom(11);
        int low = 0;
        int excellent = 0;
        for (int history = 0; history < 300; history++) {
            Reviewer looking = Reviewer.of(ReviewSettings.DEFAULT);
            boolean everLow = false;
            boolean everExcellent = false;
            for (int i = 0; i < 100; i++) {
                learn(looking, 1, random.nextDouble() < .85 ? success("s") : failure("s"));
                everLow |= looking.insights().stream().anyMatch(LowSkillSuccess.class::isInstance);
                everExcellent |= looking.insights().stream().anyMatch(ExcellentSkill.class::isInstance);
            }
            assertThat(everLow && everExcellent).isFalse();
            low += everLow ? 1 : 0;
            excellent += everExcellent ? 1 : 0;
        }

        assertThat(low).isLessThanOrEqualTo(3);
        assertThat(excellent).isLessThanOrEqualTo(3);
    }

    private void results(String skill, int successes, int failures) {
        learn(reviewer, successes, success(skill));
        learn(reviewer, failures, failure(skill));
    }
}
