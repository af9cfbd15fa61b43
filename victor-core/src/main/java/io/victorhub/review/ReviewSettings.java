package io.victorhub.review;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * When a {@link Reviewer} speaks up, and which day it is for it. Immutable.
 *
 * @since 0.1
 */
public final class ReviewSettings {

    /** Days in UTC, and the defaults that {@link Builder} names. */
    public static final ReviewSettings DEFAULT = builder().build();

    private final ZoneId zone;
    private final double overallLow;
    private final double skillLow;
    private final double skillExcellent;
    private final int minimumResults;
    private final double confidence;

    private ReviewSettings(Builder builder) {
        this.zone = builder.zone;
        this.overallLow = requireRate("overallLow", builder.overallLow);
        this.skillLow = requireRate("skillLow", builder.skillLow);
        this.skillExcellent = requireRate("skillExcellent", builder.skillExcellent);
        this.minimumResults = builder.minimumResults;
        this.confidence = builder.confidence;
        if (skillLow > skillExcellent) {
            throw new IllegalArgumentException("skillLow is " + skillLow + " and skillExcellent is " + skillExcellent
                    + "; the first must not exceed the second");
        }
        if (minimumResults < 2) {
            throw new IllegalArgumentException("minimumResults is " + minimumResults + "; it must be 2 or more");
        }
        if (!(confidence >= .5 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "confidence is " + confidence + "; it must be 0.5 or more and below 1, such as 0.95");
        }
    }

    /** {@return a builder that begins with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that begins with everything in these settings} */
    public Builder toBuilder() {
        return builder()
                .zone(zone)
                .overallLow(overallLow)
                .skillLow(skillLow)
                .skillExcellent(skillExcellent)
                .minimumResults(minimumResults)
                .confidence(confidence);
    }

    /** {@return the zone of all days} */
    public ZoneId zone() {
        return zone;
    }

    /** {@return the rate of success of all tasks below which it is called low, 0 to 1} */
    public double overallLow() {
        return overallLow;
    }

    /** {@return the rate of success of a skill below which it is called low, 0 to 1} */
    public double skillLow() {
        return skillLow;
    }

    /** {@return the rate of success of a skill above which it is called excellent, 0 to 1} */
    public double skillExcellent() {
        return skillExcellent;
    }

    /** {@return how many results an insight, or each side of a trend, needs at least} */
    public int minimumResults() {
        return minimumResults;
    }

    /** {@return the confidence of every interval, above 0 and below 1} */
    public double confidence() {
        return confidence;
    }

    private static double requireRate(String name, double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(name + " is " + rate + "; it must be 0..1");
        }
        return rate;
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {
        private ZoneId zone = ZoneOffset.UTC;
        private double overallLow = .8;
        private double skillLow = .7;
        private double skillExcellent = .95;
        private int minimumResults = 20;
        private double confidence = .95;

        private Builder() {}

        /** Sets the zone of all days; UTC by default. */
        public Builder zone(ZoneId zone) {
            this.zone = Objects.requireNonNull(zone, "zone");
            return this;
        }

        /** Sets below which rate of success all tasks together are doing badly; .8 by default. */
        public Builder overallLow(double rate) {
            this.overallLow = rate;
            return this;
        }

        /** Sets below which rate of success a skill is doing badly; .7 by default. */
        public Builder skillLow(double rate) {
            this.skillLow = rate;
            return this;
        }

        /** Sets above which rate of success a skill is excellent; .95 by default. */
        public Builder skillExcellent(double rate) {
            this.skillExcellent = rate;
            return this;
        }

        /** Sets how many results it takes to say anything, 2 or more; 20 by default. */
        public Builder minimumResults(int results) {
            this.minimumResults = results;
            return this;
        }

        /** Sets how sure to be, .5 to below 1; .95 by default. */
        public Builder confidence(double confidence) {
            this.confidence = confidence;
            return this;
        }

        /**
         * {@return the settings}
         *
         * @throws IllegalArgumentException if one is out of its range
         */
        public ReviewSettings build() {
            return new ReviewSettings(this);
        }
    }
}
