package io.victorhub.dashboard;

import io.victorhub.scheduling.Pause;
import io.victorhub.scheduling.RecurringStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a hub was doing at one moment.
 *
 * <pre>{@code
 * System.out.println(hub.dashboard().toText());
 * }</pre>
 *
 * <p>Immutable. Two dashboards are equal if all their figures are. The texts are kept as they came, but for halves of
 * characters; {@link #toText()} and {@link #toMarkdown()} let nothing through that a terminal or a browser would obey.
 *
 * @since 0.1
 */
public final class Dashboard {

    private final String status;
    private final Duration uptime;
    private final long tasksProcessed;
    private final OptionalDouble successRate;
    private final QueueFigures queue;
    private final Trends trends;
    private final List<String> recentLearnings;
    private final long deadLetters;
    private final Map<String, String> waitingTypes;
    private final List<Pause> pauses;
    private final List<RecurringStatus> recurring;
    private final List<String> problems;
    private final List<SkillRow> skills;
    private final List<RunningRow> running;

    /**
     * The queue.
     *
     * @param pending how many tasks wait
     * @param inProgress how many run
     * @param completedToday how many were done, wholly or in part, since midnight in the hub's zone
     * @since 0.1
     */
    public record QueueFigures(long pending, long inProgress, long completedToday) {}

    /**
     * The last week compared with the one before.
     *
     * @param successRate in points
     * @param averageDuration in relation
     * @param throughput in relation
     * @since 0.1
     */
    public record Trends(DashboardTrend successRate, DashboardTrend averageDuration, DashboardTrend throughput) {

        /** Nothing can be said yet. */
        public static final Trends UNKNOWN = new Trends(
                DashboardTrend.notEnoughData(), DashboardTrend.notEnoughData(), DashboardTrend.notEnoughData());

        /** Checks that nothing is missing. */
        public Trends {
            Objects.requireNonNull(successRate, "successRate");
            Objects.requireNonNull(averageDuration, "averageDuration");
            Objects.requireNonNull(throughput, "throughput");
        }
    }

    /**
     * A skill.
     *
     * @param name its name
     * @param version its version
     * @param source where it was found
     * @param attempts how many attempts it made
     * @param successRate how many of them succeeded, 0 to 1, empty if that cannot be said
     * @since 0.1
     */
    public record SkillRow(String name, String version, String source, long attempts, OptionalDouble successRate) {
        /** @throws IllegalArgumentException if the rate is not 0 to 1 */
        public SkillRow {
            name = Plain.whole(name);
            version = Plain.whole(version);
            source = Plain.whole(source);
            requireRate("the success rate of a skill", successRate);
        }
    }

    /**
     * A task that runs.
     *
     * @param id its id
     * @param type its type
     * @param skill the skill that does it
     * @param fraction how much of it is done, 0 to 1
     * @param message what the skill says it is doing; may be empty
     * @param since when the attempt began
     * @since 0.1
     */
    public record RunningRow(String id, String type, String skill, double fraction, String message, Instant since) {
        /** @throws IllegalArgumentException if the fraction is not 0 to 1 */
        public RunningRow {
            id = Plain.whole(id);
            type = Plain.whole(type);
            skill = Plain.whole(skill);
            message = Plain.whole(message);
            Objects.requireNonNull(since, "since");
            requireRate("the progress of a task", OptionalDouble.of(fraction));
        }
    }

    private Dashboard(Builder builder) {
        this.status = builder.status;
        this.uptime = builder.uptime;
        this.tasksProcessed = builder.tasksProcessed;
        this.successRate = builder.successRate;
        this.queue = builder.queue;
        this.trends = builder.trends;
        this.recentLearnings = builder.recentLearnings;
        this.deadLetters = builder.deadLetters;
        this.waitingTypes = builder.waitingTypes;
        this.pauses = builder.pauses;
        this.recurring = builder.recurring;
        this.problems = builder.problems;
        this.skills = builder.skills;
        this.running = builder.running;
    }

    /** {@return a builder of a dashboard on which nothing has happened} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return what the hub does as a whole, in a word, such as {@code Active}} */
    public String status() {
        return status;
    }

    /** {@return how long the hub has been there} */
    public Duration uptime() {
        return uptime;
    }

    /** {@return how many times a task was settled, ever; one that was requeued counts again} */
    public long tasksProcessed() {
        return tasksProcessed;
    }

    /** {@return how many of them succeeded, 0 to 1; empty where that cannot be said} */
    public OptionalDouble successRate() {
        return successRate;
    }

    /** {@return the queue} */
    public QueueFigures queue() {
        return queue;
    }

    /** {@return the last week compared with the one before} */
    public Trends trends() {
        return trends;
    }

    /** {@return what was learned, in sentences, the most recent first} */
    public List<String> recentLearnings() {
        return recentLearnings;
    }

    /** {@return how many tasks failed for good and wait for a person} */
    public long deadLetters() {
        return deadLetters;
    }

    /** {@return the types whose tasks wait because nobody serves them, with what is missing} */
    public Map<String, String> waitingTypes() {
        return waitingTypes;
    }

    /** {@return what is paused} */
    public List<Pause> pauses() {
        return pauses;
    }

    /** {@return the tasks that come again and again} */
    public List<RecurringStatus> recurring() {
        return recurring;
    }

    /** {@return what somebody should look at, in sentences} */
    public List<String> problems() {
        return problems;
    }

    /** {@return the skills} */
    public List<SkillRow> skills() {
        return skills;
    }

    /** {@return the tasks that run} */
    public List<RunningRow> running() {
        return running;
    }

    /** {@return all of it as indented lines, which end with a line feed} */
    public String toText() {
        return new TextView(this).render();
    }

    /** {@return all of it as a JSON object: durations in seconds, rates 0 to 1, null for what cannot be said} */
    public String toJson() {
        return JsonView.render(this);
    }

    /** {@return all of it as GitHub-flavoured Markdown} */
    public String toMarkdown() {
        return new MarkdownView(this).render();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Dashboard that && figures().equals(that.figures());
    }

    @Override
    public int hashCode() {
        return figures().hashCode();
    }

    @Override
    public String toString() {
        return "Dashboard[status=" + status + ", uptime=" + uptime + ", tasksProcessed=" + tasksProcessed + ", queue="
                + queue + "]";
    }

    private List<Object> figures() {
        return List.of(
                status,
                uptime,
                tasksProcessed,
                successRate,
                queue,
                trends,
                recentLearnings,
                deadLetters,
                waitingTypes,
                pauses,
                recurring,
                problems,
                skills,
                running);
    }

    private static void requireRate(String what, OptionalDouble rate) {
        if (rate.isPresent() && !(rate.getAsDouble() >= 0 && rate.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(what + " is " + rate.getAsDouble() + "; it must be 0..1");
        }
    }

    /** Collects the figures. Not safe for use by several threads. */
    public static final class Builder {
        private String status = "Idle";
        private Duration uptime = Duration.ZERO;
        private long tasksProcessed;
        private OptionalDouble successRate = OptionalDouble.empty();
        private QueueFigures queue = new QueueFigures(0, 0, 0);
        private Trends trends = Trends.UNKNOWN;
        private List<String> recentLearnings = List.of();
        private long deadLetters;
        private Map<String, String> waitingTypes = Map.of();
        private List<Pause> pauses = List.of();
        private List<RecurringStatus> recurring = List.of();
        private List<String> problems = List.of();
        private List<SkillRow> skills = List.of();
        private List<RunningRow> running = List.of();

        private Builder() {}

        /** Says what the hub does as a whole, in a word. */
        public Builder status(String status) {
            this.status = Plain.whole(status);
            return this;
        }

        /** Says how long the hub has been there; a negative duration, after a clock was set back, counts as none. */
        public Builder uptime(Duration uptime) {
            this.uptime = uptime.isNegative() ? Duration.ZERO : uptime;
            return this;
        }

        /** Says how many tasks were settled. */
        public Builder tasksProcessed(long tasksProcessed) {
            this.tasksProcessed = tasksProcessed;
            return this;
        }

        /**
         * Says how many of them succeeded.
         *
         * @throws IllegalArgumentException if the rate is not 0 to 1
         */
        public Builder successRate(OptionalDouble rate) {
            requireRate("the success rate", rate);
            this.successRate = rate;
            return this;
        }

        /** Sets the figures of the queue. */
        public Builder queue(QueueFigures queue) {
            this.queue = Objects.requireNonNull(queue, "queue");
            return this;
        }

        /** Sets the trends. */
        public Builder trends(Trends trends) {
            this.trends = Objects.requireNonNull(trends, "trends");
            return this;
        }

        /** Sets what was learned, the most recent first. */
        public Builder recentLearnings(List<String> sentences) {
            this.recentLearnings = Plain.whole(sentences);
            return this;
        }

        /** Says how many tasks failed for good. */
        public Builder deadLetters(long deadLetters) {
            this.deadLetters = deadLetters;
            return this;
        }

        /** Sets the types whose tasks wait, with what is missing; their order is kept. */
        public Builder waitingTypes(Map<String, String> waitingTypes) {
            Map<String, String> copy = new LinkedHashMap<>();
            waitingTypes.forEach((type, missing) -> copy.put(Plain.whole(type), Plain.whole(missing)));
            this.waitingTypes = Collections.unmodifiableMap(copy);
            return this;
        }

        /** Sets what is paused. */
        public Builder pauses(List<Pause> pauses) {
            this.pauses = List.copyOf(pauses);
            return this;
        }

        /** Sets the tasks that come again and again. */
        public Builder recurring(List<RecurringStatus> recurring) {
            this.recurring = List.copyOf(recurring);
            return this;
        }

        /** Sets what somebody should look at. */
        public Builder problems(List<String> sentences) {
            this.problems = Plain.whole(sentences);
            return this;
        }

        /** Sets the skills. */
        public Builder skills(List<SkillRow> skills) {
            this.skills = List.copyOf(skills);
            return this;
        }

        /** Sets the tasks that run. */
        public Builder running(List<RunningRow> running) {
            this.running = List.copyOf(running);
            return this;
        }

        /** {@return the dashboard} */
        public Dashboard build() {
            return new Dashboard(this);
        }
    }
}
