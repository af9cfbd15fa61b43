package io.victorhub.review;

import java.util.Objects;

/**
 * Something worth knowing, with its evidence. There is one only where enough results speak for it, and where the whole
 * interval of the rate lies on one side of the threshold.
 *
 * @since 0.1
 */
public sealed interface Insight {

    /** {@return the rate it rests on, with counts and interval} */
    Rate rate();

    /** {@return the threshold that the whole interval lies beyond, 0 to 1} */
    double threshold();

    /**
     * Fewer tasks succeed than should.
     *
     * @param rate of all tasks that were settled and count
     * @param threshold what it should be
     */
    record LowOverallSuccess(Rate rate, double threshold) implements Insight {
        /** Checks that nothing is missing. */
        public LowOverallSuccess {
            Objects.requireNonNull(rate, "rate");
        }
    }

    /**
     * Fewer attempts of a skill succeed than should.
     *
     * @param skill the skill's name
     * @param rate of its attempts that count
     * @param threshold what it should be
     */
    record LowSkillSuccess(String skill, Rate rate, double threshold) implements Insight {
        /** Checks that nothing is missing. */
        public LowSkillSuccess {
            Objects.requireNonNull(skill, "skill");
            Objects.requireNonNull(rate, "rate");
        }
    }

    /**
     * Nearly all attempts of a skill succeed.
     *
     * @param skill the skill's name
     * @param rate of its attempts that count
     * @param threshold what it takes
     */
    record ExcellentSkill(String skill, Rate rate, double threshold) implements Insight {
        /** Checks that nothing is missing. */
        public ExcellentSkill {
            Objects.requireNonNull(skill, "skill");
            Objects.requireNonNull(rate, "rate");
        }
    }
}
