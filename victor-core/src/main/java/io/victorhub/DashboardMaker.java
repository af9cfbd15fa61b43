package io.victorhub;

import io.victorhub.dashboard.Dashboard;
import io.victorhub.dashboard.DashboardTrend;
import io.victorhub.registry.Origin;
import io.victorhub.registry.SkillProblem;
import io.victorhub.review.InsightSentences;
import io.victorhub.review.Rate;
import io.victorhub.review.Reviewer;
import io.victorhub.review.Statistics;
import io.victorhub.review.Trend;
import io.victorhub.review.Trends;
import io.victorhub.scheduling.RecurringTasks;
import io.victorhub.scheduling.RunningTask;
import io.victorhub.scheduling.Scheduler;
import io.victorhub.spi.store.StoreStats;
import io.victorhub.spi.store.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Collects the figures of all rooms for one look at the hub. */
final class DashboardMaker {

    private final InstantSource clock;
    private final Instant since;
    private final Supplier<StoreStats> stats;
    private final Scheduler scheduler;
    private final RecurringTasks recurring;
    private final HubGuard guard;
    private final Skills skills;
    private final Supplier<Optional<String>> inboxTrouble;

    DashboardMaker(
            InstantSource clock,
            Supplier<StoreStats> stats,
            Scheduler scheduler,
            RecurringTasks recurring,
            HubGuard guard,
            Skills skills,
            Supplier<Optional<String>> inboxTrouble) {
        this.clock = clock;
        this.since = clock.instant();
        this.stats = stats;
        this.scheduler = scheduler;
        this.recurring = recurring;
        this.guard = guard;
        this.skills = skills;
        this.inboxTrouble = inboxTrouble;
    }

    Dashboard make(HubStatus status, Reviewer reviewer) {
        Instant now = clock.instant();
        Statistics statistics = reviewer.statistics();
        StoreStats counts = stats.get();
        return Dashboard.builder()
                .status(word(status))
                .uptime(Duration.between(since, now))
                .tasksProcessed(statistics.totals().settled())
                .successRate(statistics
                        .successRate()
                        .map(Rate::value)
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty()))
                .queue(new Dashboard.QueueFigures(
                        pending(counts), counts.count(TaskStatus.RUNNING).orElse(0), reviewer.completedToday(now)))
                .trends(trends(reviewer.trends(now)))
                .recentLearnings(
                        reviewer.insights().stream().map(InsightSentences::of).toList())
                .deadLetters(counts.count(TaskStatus.DEAD).orElse(0))
                .waitingTypes(scheduler.waitingForSkill())
                .pauses(scheduler.pauses())
                .recurring(recurring.all())
                .problems(problems())
                .skills(skills.all().stream().map(DashboardMaker::row).toList())
                .running(scheduler.running().stream().map(DashboardMaker::row).toList())
                .build();
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>(guard.problems());
        skills.problems().stream().map(SkillProblem::message).forEach(problems::add);
        inboxTrouble.get().ifPresent(problems::add);
        int stuck = scheduler.stuckThreads();
        if (stuck > 0) {
            problems.add(stuck + (stuck == 1 ? " thread is" : " threads are")
                    + " lost to skills that ignored their interruption; mend those skills");
        }
        return problems;
    }

    private static long pending(StoreStats counts) {
        return Stream.of(TaskStatus.HELD, TaskStatus.DELAYED, TaskStatus.READY)
                .mapToLong(status -> counts.count(status).orElse(0))
                .sum();
    }

    private static Dashboard.Trends trends(Trends trends) {
        return new Dashboard.Trends(
                trend(trends.successRate(), DashboardTrend::inPoints),
                trend(trends.duration(), DashboardTrend::relative),
                trend(trends.throughput(), DashboardTrend::relative));
    }

    private static DashboardTrend trend(Trend trend, DoubleFunction<DashboardTrend> shown) {
        return trend instanceof Trend.Change change && Double.isFinite(change.change())
                ? shown.apply(change.change())
                : DashboardTrend.notEnoughData();
    }

    private static Dashboard.SkillRow row(SkillStatus status) {
        return new Dashboard.SkillRow(
                status.name(),
                status.descriptor().version(),
                where(status.skill().origin()) + (status.skill().enabled() ? "" : " (disabled)"),
                status.attempts(),
                status.successRate());
    }

    /** Short: the name of the jar is enough for a reader. */
    private static String where(Origin origin) {
        if (origin instanceof Origin.ClassPath found && found.location().endsWith(".jar")) {
            return "class path " + found.location().substring(found.location().lastIndexOf('/') + 1);
        }
        return origin.text();
    }

    private static Dashboard.RunningRow row(RunningTask task) {
        return new Dashboard.RunningRow(
                task.taskId(), task.type(), task.skill().toString(), task.fraction(), task.message(), task.since());
    }

    private static String word(HubStatus status) {
        return status.name().charAt(0) + status.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
