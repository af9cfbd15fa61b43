package io.victorhub;

import io.victorhub.audit.chain.AuditChain;
import io.victorhub.dispatch.DispatchSettings;
import io.victorhub.dispatch.Dispatcher;
import io.victorhub.dispatch.ProgressListener;
import io.victorhub.registry.SkillProblem;
import io.victorhub.registry.loading.RegistryBuilder;
import io.victorhub.registry.loading.SkillRegistry;
import io.victorhub.routing.SelectionPolicy;
import io.victorhub.scheduling.BudgetStatus;
import io.victorhub.scheduling.InboxReport;
import io.victorhub.scheduling.guard.Budgets;
import io.victorhub.scheduling.inbox.Inbox;
import io.victorhub.scheduling.inbox.InboxSettings;
import io.victorhub.scheduling.inbox.TaskSink;
import io.victorhub.scheduling.loop.LoopEvents;
import io.victorhub.scheduling.loop.LoopSettings;
import io.victorhub.scheduling.loop.WorkLoop;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.Submitted;
import io.victorhub.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Turns what a builder collected into the parts of a hub. Starts nothing. */
final class Wiring {

    private static final Duration LEASE_TTL = Duration.ofMinutes(1);
    private static final int STUCK_THREADS = 3;
    private static final Duration ASK_LIMIT = Duration.ofSeconds(1);

    private Wiring() {}

    static SkillRegistry registry(
            HubBuilder from, HubHome home, HubThreads threads, Runnable onChange, Consumer<SkillProblem> onProblem) {
        RegistryBuilder registry = SkillRegistry.builder()
                .filter(from.skillFilter)
                .settings(from.settings)
                .services(from.services)
                .clock(from.clock)
                .closer(work -> threads.start("victor-skill-end", work))
                .onChange(onChange)
                .onProblem(onProblem);
        Path plugins = from.pluginFolder(home);
        if (plugins != null) {
            registry.plugins(plugins, home.pluginCopies());
        }
        if (from.classLoader != null) {
            registry.classLoader(from.classLoader);
        }
        return registry.build();
    }

    static Dispatcher dispatcher(
            HubBuilder from,
            SelectionPolicy policy,
            HubFiles files,
            HubThreads threads,
            SkillRegistry registry,
            Budgets budgets,
            ProgressListener progress) {
        return new Dispatcher(
                registry,
                policy,
                files.workspaces,
                Stores.codec(),
                new DispatchSettings(
                        from.clock,
                        from.zone,
                        from.node,
                        from.timeLimit,
                        from.skillLimits,
                        from.maxResultBytes,
                        from.maxSubmissionBytes,
                        ASK_LIMIT,
                        STUCK_THREADS,
                        from.sensitive,
                        from.seed),
                threads.askers(),
                progress,
                budgets::usedUpSkills);
    }

    static Budgets budgets(HubBuilder from, HubThreads threads, Store store, Consumer<BudgetStatus> alarm) {
        return new Budgets(store.state(), from.clock, from.zone, from.budgets.values(), threads.timer(), alarm);
    }

    static AuditChain audit(HubBuilder from, HubHome home, HubThreads threads) {
        return home.isTemporary()
                ? AuditChain.inMemory(from.clock)
                : AuditChain.at(home.audit(), from.clock, threads.daemons());
    }

    static Inbox inbox(
            HubBuilder from, HubHome home, Intake intake, BooleanSupplier goesOn, Consumer<InboxReport> listener) {
        InboxSettings settings = new InboxSettings(
                home.tasks(),
                from.zone,
                from.checkInterval,
                InboxSettings.DEFAULT_QUIET,
                InboxSettings.DEFAULT_MAX_BYTES);
        TaskSink sink = new TaskSink() {
            @Override
            public List<Submitted> submit(List<Submission> all, boolean waits) {
                return intake.submitFromInbox(all, () -> waits && goesOn.getAsBoolean());
            }

            @Override
            public boolean awaitRoom(boolean waits) {
                return intake.awaitRoom(() -> waits && goesOn.getAsBoolean());
            }
        };
        return Inbox.of(settings, from.clock, sink, listener);
    }

    static WorkLoop loop(
            HubBuilder from,
            HubThreads threads,
            Store store,
            Dispatcher dispatcher,
            Budgets budgets,
            LoopEvents events) {
        LoopSettings settings = new LoopSettings(
                from.clock,
                from.node,
                from.workers,
                from.typeLimits,
                from.laneLimit,
                from.rateLimits,
                from.retry,
                LEASE_TTL,
                from.stuckAfter,
                Optional.ofNullable(from.skillWait),
                from.seed);
        return new WorkLoop(
                store, dispatcher, settings, threads.workers(), threads.loop(), threads.timer(), budgets, events);
    }
}
