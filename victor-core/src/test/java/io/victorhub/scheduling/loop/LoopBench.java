package io.victorhub.scheduling.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.victorhub.dispatch.DispatchSettings;
import io.victorhub.dispatch.Dispatcher;
import io.victorhub.registry.loading.SkillRegistry;
import io.victorhub.routing.BetaThompson;
import io.victorhub.scheduling.RateLimit;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.scheduling.guard.Budgets;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.SensitiveKeys;
import io.victorhub.spi.Skill;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.store.Stores;
import io.victorhub.testing.Askers;
import io.victorhub.testing.RecordingSkill;
import io.victorhub.testing.SettableClock;
import io.victorhub.testing.StoreContexts;
import io.victorhub.testing.TestWorkspaces;
import io.victorhub.testing.WrappedStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A loop with all it needs: a store in memory, a settable clock, and workers of its own or none. */
final class LoopBench implements AutoCloseable {

    final SettableClock clock = new SettableClock();
    final WrappedStore store;
    final SkillRegistry registry;
    final RecordingEvents events = new RecordingEvents();
    final WorkLoop loop;
    final Dispatcher dispatcher;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ThreadFactory daemons = work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    };
    private final ExecutorService pool = Executors.newCachedThreadPool(daemons);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(daemons);

    private LoopBench(Options options) {
        store = new WrappedStore(
                options.store == null ? Stores.memory().open(StoreContexts.inMemory(clock)) : options.store);
        registry = SkillRegistry.builder()
                .clock(clock)
                .onChange(this::skillsChanged)
                .build();
        Path home = Path.of(
                System.getProperty("java.io.tmpdir"),
                "loop-bench-" + ProcessHandle.current().pid());
        dispatcher = new Dispatcher(
                registry,
                BetaThompson.create(),
                TestWorkspaces.in(home, clock),
                Stores.codec(),
                new DispatchSettings(
                        clock,
                        ZoneOffset.UTC,
                        "node",
                        options.timeLimit,
                        options.perSkill,
                        1 << 20,
                        1 << 20,
                        Askers.LIMIT,
                        3,
                        SensitiveKeys.NONE,
                        42),
                Askers.THREADS,
                progress -> {},
                Set::of);
        loop = new WorkLoop(
                store,
                dispatcher,
                new LoopSettings(
                        options.clock == null ? clock : options.clock,
                        "node",
                        options.workers,
                        options.perType,
                        options.perLane,
                        options.rates,
                        options.retry,
                        Duration.ofMinutes(1),
                        options.stuckAfter,
                        Optional.ofNullable(options.skillWait),
                        42),
                options.workers(pool),
                daemons,
                timer,
                new Budgets(store.state(), clock, ZoneOffset.UTC, List.of(), timer, used -> {}),
                options.events == null ? events : options.events);
    }

    private void skillsChanged() {
        if (loop != null) {
            loop.skillsChanged();
        }
    }

    static Options options() {
        return new Options();
    }

    /** Skills run in the thread that calls {@link WorkLoop#runPending}. */
    static LoopBench inThisThread() {
        return options().inThisThread().open();
    }

    /** Skills run in threads of their own, as many as there are workers. */
    static LoopBench workers(int workers) {
        return options().workers(workers).open();
    }

    LoopBench with(Skill... skills) {
        Stream.of(skills).forEach(registry::register);
        return this;
    }

    LoopBench submit(Submission... submissions) {
        store.tasks().submit(List.of(submissions));
        return this;
    }

    /** Submits tasks of type {@code t} with these ids. */
    LoopBench submit(String... ids) {
        Stream.of(ids).forEach(id -> submit(task(id).build()));
        return this;
    }

    static Submission.Builder task(String id) {
        return task(id, "t");
    }

    static Submission.Builder task(String id, String type) {
        return Submission.builder(Task.of(type).id(id).build());
    }

    static Submission due(String id, Instant deadline) {
        return Submission.of(Task.of("t").id(id).deadline(deadline).build());
    }

    TaskState find(String id) {
        return store.tasks().find(id).orElseThrow();
    }

    TaskStatus status(String id) {
        return find(id).status();
    }

    void awaitStatus(String id, TaskStatus status) {
        await(id + " is " + status).until(() -> status(id) == status);
    }

    void awaitAllDone(int tasks) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> store.tasks().stats().count(TaskStatus.DONE).orElseThrow() == tasks);
    }

    List<LogEntry> log() {
        List<LogEntry> entries = new ArrayList<>();
        LogPage page = store.log().read(Position.START, 1000);
        while (!page.entries().isEmpty()) {
            page.entries().forEach(logged -> entries.add(logged.entry()));
            page = store.log().read(page.end(), 1000);
        }
        return entries;
    }

    /** The executions of a task, in their order. */
    List<Execution> executions(String id) {
        return log().stream()
                .filter(entry -> entry instanceof Execution && entry.taskId().equals(id))
                .map(Execution.class::cast)
                .toList();
    }

    Execution execution(String id) {
        List<Execution> all = executions(id);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** The same while time passes: a task that was put aside for a moment comes again. */
    void awaitAllDoneInTime(int tasks) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            clock.advance(Duration.ofMillis(300));
            return store.tasks().stats().count(TaskStatus.DONE).orElseThrow() == tasks;
        });
    }

    /** Waits until the loop's own thread sleeps. */
    void awaitSchedulerAsleep() {
        await().until(() -> threads.stream()
                .filter(thread -> thread.getName().equals("victor-scheduler"))
                .allMatch(LoopBench::sleeps));
    }

    /** Waits until the loop's own thread sleeps, and so do those of workers, or they wait for a test. */
    void awaitAsleep() {
        await().until(() -> threads.stream().allMatch(LoopBench::sleeps));
    }

    private static boolean sleeps(Thread thread) {
        return EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED)
                .contains(thread.getState());
    }

    /** A skill that serves type {@code t}. */
    static RecordingSkill skill() {
        return RecordingSkill.named("s", "t");
    }

    @Override
    public void close() {
        loop.stopLeasing();
        loop.interruptAll();
        loop.abandonAll();
        loop.stop();
        timer.shutdownNow();
        pool.shutdownNow();
        store.close();
    }

    /** How a loop differs from the usual. */
    static final class Options {
        private WrappedStore store;
        private int workers = 4;
        private Map<String, Integer> perType = Map.of();
        private int perLane = Integer.MAX_VALUE;
        private Map<String, Integer> perSkill = Map.of();
        private Map<String, RateLimit> rates = Map.of();
        private RetryPolicy retry = RetryPolicy.immediate(3);
        private Duration timeLimit = Duration.ofMinutes(10);
        private Duration stuckAfter = Duration.ofMinutes(10);
        private Duration skillWait;
        private InstantSource clock;
        private Executor executor;
        private UnaryOperator<Executor> own = UnaryOperator.identity();
        private LoopEvents events;

        Options store(WrappedStore store) {
            this.store = store;
            return this;
        }

        Options workers(int workers) {
            this.workers = workers;
            return this;
        }

        Options perType(Map<String, Integer> perType) {
            this.perType = perType;
            return this;
        }

        Options perLane(int perLane) {
            this.perLane = perLane;
            return this;
        }

        Options perSkill(Map<String, Integer> perSkill) {
            this.perSkill = perSkill;
            return this;
        }

        Options rates(Map<String, RateLimit> rates) {
            this.rates = rates;
            return this;
        }

        Options retry(RetryPolicy retry) {
            this.retry = retry;
            return this;
        }

        Options timeLimit(Duration timeLimit) {
            this.timeLimit = timeLimit;
            return this;
        }

        Options stuckAfter(Duration stuckAfter) {
            this.stuckAfter = stuckAfter;
            return this;
        }

        Options skillWait(Duration skillWait) {
            this.skillWait = skillWait;
            return this;
        }

        /** As the hub's own threads would, but for what the test adds. */
        Options ownThreads(UnaryOperator<Executor> around) {
            this.own = around;
            return this;
        }

        Workers workers(Executor pool) {
            return executor == null ? new Workers(own.apply(pool), true) : new Workers(executor, false);
        }

        /** What tells the loop the time, beside the store and the skills. */
        Options clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        Options inThisThread() {
            return executor(Runnable::run);
        }

        Options executor(Executor executor) {
            this.executor = executor;
            return this;
        }

        Options events(LoopEvents events) {
            this.events = events;
            return this;
        }

        LoopBench open() {
            return new LoopBench(this);
        }
    }
}
