package io.victorhub.dispatch;

import io.victorhub.registry.loading.SkillRegistry;
import io.victorhub.routing.BetaThompson;
import io.victorhub.routing.SelectionPolicy;
import io.victorhub.spi.Execution;
import io.victorhub.spi.SensitiveKeys;
import io.victorhub.spi.Skill;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Fence;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Progress;
import io.victorhub.store.Stores;
import io.victorhub.testing.Askers;
import io.victorhub.testing.RecordingSkill;
import io.victorhub.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A dispatcher with what it needs, and leases for it. */
final class DispatchBench {

    static final Duration TIME_LIMIT = Duration.ofMinutes(10);
    static final int MAX_RESULT_BYTES = 10_000;
    static final int MAX_FOLLOW_UP_BYTES = 20_000;

    final SettableClock clock = new SettableClock();
    final SkillRegistry registry = SkillRegistry.builder().clock(clock).build();
    final List<Progress> progress = new CopyOnWriteArrayList<>();
    final Path home;
    final ArtifactShelf artifacts;
    final Workspaces workspaces;
    final Dispatcher dispatcher;
    private long leases;

    DispatchBench(Path home) {
        this(home, BetaThompson.create(), Map.of());
    }

    DispatchBench(Path home, SelectionPolicy policy, Map<String, Integer> perSkill) {
        this(home, policy, perSkill, Askers.LIMIT);
    }

    DispatchBench(Path home, SelectionPolicy policy, Map<String, Integer> perSkill, Duration askLimit) {
        this(home, policy, perSkill, askLimit, Long.MAX_VALUE, Duration.ofDays(1));
    }

    /** With room for so many bytes of artifacts, and workspaces that stay so long. */
    static DispatchBench keeping(Path home, long quota, Duration retention) {
        return new DispatchBench(home, BetaThompson.create(), Map.of(), Askers.LIMIT, quota, retention);
    }

    private DispatchBench(
            Path home,
            SelectionPolicy policy,
            Map<String, Integer> perSkill,
            Duration askLimit,
            long quota,
            Duration retention) {
        this.home = home;
        this.artifacts = new ArtifactShelf(home, quota);
        this.workspaces = new Workspaces(home, artifacts, retention, clock);
        this.dispatcher = new Dispatcher(
                registry,
                policy,
                workspaces,
                Stores.codec(),
                new DispatchSettings(
                        clock,
                        ZoneOffset.UTC,
                        "node",
                        TIME_LIMIT,
                        perSkill,
                        MAX_RESULT_BYTES,
                        MAX_FOLLOW_UP_BYTES,
                        askLimit,
                        3,
                        SensitiveKeys.NONE,
                        42),
                Askers.THREADS,
                progress::add,
                Set::of);
    }

    DispatchBench with(Skill... skills) {
        List.of(skills).forEach(registry::register);
        return this;
    }

    Lease lease(Submission submission) {
        return lease(submission, 1);
    }

    Lease lease(Submission submission, int attempt) {
        return new Lease(submission, new Fence(1, ++leases), attempt, 1, clock.instant(), Optional.empty());
    }

    Plan plan(Submission submission) {
        return dispatcher.plan(lease(submission));
    }

    Plan plan(Task task) {
        return plan(Submission.of(task));
    }

    Attempt attempt(Task task) {
        return attempt(Submission.of(task));
    }

    Attempt attempt(Submission submission) {
        return ((Plan.Run) plan(submission)).attempt();
    }

    /** An attempt of a new skill that does this work. */
    Attempt attemptOf(RecordingSkill.Work work) {
        with(RecordingSkill.named("s", "t").doing(work));
        return attempt(task());
    }

    /** What came of an attempt of a new skill that does this work. */
    Ended run(RecordingSkill.Work work) {
        return attemptOf(work).run().orElseThrow();
    }

    Execution execution(RecordingSkill.Work work) {
        return run(work).execution();
    }

    static Task task() {
        return Task.of("t").id("t-1").build();
    }
}
