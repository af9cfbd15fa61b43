package io.victorhub;

import io.victorhub.audit.Audit;
import io.victorhub.audit.chain.AuditChain;
import io.victorhub.dashboard.Dashboard;
import io.victorhub.dispatch.ArtifactShelf;
import io.victorhub.dispatch.Dispatcher;
import io.victorhub.history.History;
import io.victorhub.registry.SkillProblem;
import io.victorhub.registry.loading.SkillRegistry;
import io.victorhub.review.Insight;
import io.victorhub.review.Reviewer;
import io.victorhub.routing.SelectionPolicy;
import io.victorhub.scheduling.BatchStatus;
import io.victorhub.scheduling.BudgetStatus;
import io.victorhub.scheduling.InboxReport;
import io.victorhub.scheduling.RecurringTasks;
import io.victorhub.scheduling.Scheduler;
import io.victorhub.scheduling.agenda.Agenda;
import io.victorhub.scheduling.agenda.Batches;
import io.victorhub.scheduling.agenda.Recurrences;
import io.victorhub.scheduling.guard.Budgets;
import io.victorhub.scheduling.loop.WorkLoop;
import io.victorhub.spi.Imported;
import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskPage;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStore;
import io.victorhub.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hub: wires the rooms, and hands each call to the one it belongs to. */
final class VictorHub implements Hub {

    private static final Logger log = LoggerFactory.getLogger(Hub.class);

    private final HubBuilder settings;
    private final HubHome home;
    private final HubThreads threads;
    private final Store store;
    private final AuditChain audit;
    private final Budgets budgets;
    private final HubGuard guard;
    private final Autonomy autonomy;
    private final StopSwitch stop;
    private final HubFiles files;
    private final Listeners listeners;
    private final Observation observation;
    private final SkillRegistry registry;
    private final WorkLoop loop;
    private final QueueGate gate;
    private final Intake intake;
    private final AtOnce atOnce;
    private final Agenda agenda;
    private final Batches batches;
    private final Recurrences recurring;
    private final Scheduler scheduler;
    private final LogFollower follower;
    private final Reviewer reviewer;
    private final Skills skills;
    private final HubInbox inbox;
    private final TaskEraser eraser;
    private final DashboardMaker dashboards;
    private final TaskDetails details;
    private final HealthLook health;
    private final Closing closing;
    private final AtomicReference<HubStatus> lastStatus = new AtomicReference<>(HubStatus.IDLE);

    private VictorHub(
            HubBuilder builder,
            HubHome home,
            HubThreads threads,
            Store store,
            AuditChain audit,
            Observation observation) {
        this.settings = builder;
        this.home = home;
        this.threads = threads;
        this.store = store;
        this.audit = audit;
        this.observation = observation;
        this.files = new HubFiles(builder, home);
        this.listeners = new Listeners(builder.listeners, observation.feed());
        this.budgets = Wiring.budgets(builder, threads, store, this::budgetUsedUp);
        this.reviewer =
                Reviewer.of(builder.review.toBuilder().zone(builder.zone).build());
        Completions completions = new Completions(store.tasks());
        SelectionPolicy policy = builder.policy();
        this.follower = new LogFollower(
                store.log(),
                new Learning(
                        policy, reviewer, budgets, completions, listeners, observation, this::closedWithoutAttempt));
        this.registry = Wiring.registry(builder, home, threads, this::skillsChanged, this::skillProblem);
        ProgressRelay progress = new ProgressRelay(store.tasks(), threads.timer());
        Dispatcher dispatcher =
                Wiring.dispatcher(builder, policy, files, threads, registry, budgets, progress::progressed);
        this.gate = new QueueGate(builder.queueLimit, store.tasks()::stats);
        this.agenda = new Agenda(builder.clock, threads.daemons(), this::storageFailed);
        this.batches = new Batches(store, Stores.codec(), builder.clock, agenda::poke, this::batchEnded);
        agenda.add(batches);
        HubEvents events = new HubEvents(
                observation, listeners, follower, gate, agenda, batches, this::statusMayDiffer, this::pausesChanged);
        this.loop = Wiring.loop(builder, threads, store, dispatcher, budgets, events);
        this.autonomy = new Autonomy(
                home.root(),
                builder.checkInterval,
                threads,
                loop,
                this::inbox,
                this::stop,
                agenda::poke,
                this::statusMayDiffer);
        this.stop = new StopSwitch(home.root(), store.state(), audit, builder.clock, autonomy);
        this.guard = new HubGuard(
                this::requireOpen,
                store.tasks(),
                builder.approvalRequired,
                audit,
                budgets,
                this::followLogForBudgets,
                stop,
                id -> cancelled(List.of(id)));
        this.atOnce = new AtOnce(store.tasks(), loop, guard, stop, follower::poke);
        this.intake = new Intake(
                store.tasks(),
                loop,
                builder.authorizer,
                atOnce::isDoing,
                gate,
                this::waitsForRoom,
                completions,
                observation);
        this.recurring = new Recurrences(
                store,
                Stores.codec(),
                builder.clock,
                builder.zone,
                new RecurringOwner(this::requireOpen, intake, loop, agenda, listeners));
        agenda.add(recurring);
        this.skills = new SkillsView(registry, () -> reviewer().statistics().skills());
        this.inbox = new HubInbox(goesOn -> Wiring.inbox(builder, home, intake, goesOn, this::inboxRead), gate::wake);
        this.eraser = new TaskEraser(home.root(), store, files, inbox, atOnce, follower::catchUp);
        this.dashboards = new DashboardMaker(
                builder.clock, () -> tasks().stats(), loop, recurring, guard, skills, inbox::trouble);
        this.closing = new Closing(
                builder, home, threads, store, registry, loop, inbox, agenda, follower, completions, budgets, audit);
        this.scheduler = new HubScheduler(loop, agenda, stop, closing::isRequested);
        this.details = new TaskDetails(store, loop);
        this.health = new HealthProbes(
                        builder,
                        closing::isRequested,
                        store,
                        loop,
                        dispatcher,
                        registry,
                        inbox,
                        follower,
                        observation.deaths())
                .look();
        closing.lastly(this::closeObservation);
        observation.measure(store, loop, follower::behind);
    }

    private void closeObservation() {
        observation.close();
        threads.closeEvents();
    }

    static Hub open(HubBuilder builder) {
        HubHome home = builder.inMemory ? HubHome.temporary() : HubHome.at(builder.home);
        HubThreads threads = new HubThreads(builder.threads, builder.executor);
        try {
            return open(builder, home, threads, Observation.of(builder, threads));
        } catch (RuntimeException | Error e) {
            threads.close(Duration.ZERO);
            threads.closeEvents();
            home.close();
            throw e;
        }
    }

    private static Hub open(HubBuilder builder, HubHome home, HubThreads threads, Observation observation) {
        try {
            Store store = observation.watching(HeldTasks.of(
                    HubStore.open(builder, home, threads, observation.meters()), builder.approvalRequired));
            try {
                return open(builder, home, threads, store, Wiring.audit(builder, home, threads), observation);
            } catch (RuntimeException | Error e) {
                store.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            observation.close();
            throw e;
        }
    }

    private static Hub open(
            HubBuilder builder,
            HubHome home,
            HubThreads threads,
            Store store,
            AuditChain audit,
            Observation observation) {
        try {
            VictorHub hub = new VictorHub(builder, home, threads, store, audit, observation);
            hub.start();
            return hub;
        } catch (RuntimeException | Error e) {
            audit.close();
            throw e;
        }
    }

    /** Reads what was there before, and finds the skills. */
    private void start() {
        ArtifactShelf.Sweep sweep = files.artifacts.sweep();
        long entries = follower.replay(sweep::see); // so whoever lets it begin later must let the sweep read the rest
        sweep.end();
        if (budgets.areThere()) {
            followLogForBudgets();
        }
        stop.open();
        try {
            for (Skill skill : settings.skills) {
                registry.register(skill);
            }
            if (settings.discover) {
                registry.discover();
            }
            registry.scan();
            closing.watchPlugins();
            closing.follow(threads.start("victor-review", follower::run));
            new Forgetter(store.log(), settings.logRetention, settings.clock, this::learnAll, files.artifacts)
                    .start(threads.timer(), work -> threads.start("victor-retention", work));
            files.start(threads.timer(), work -> threads.start("victor-retention", work));
            agenda.poke();
        } catch (RuntimeException | Error e) {
            closing.unwatchPlugins();
            registry.close(Duration.ofSeconds(1));
            throw e;
        }
        log.info(
                "hub {} is open in {}: {} skills, {} entries in its log",
                version(),
                home.root(),
                registry.skills().size(),
                entries);
    }

    @Override
    public TaskHandle submit(Submission submission) {
        closing.requireOpen();
        return intake.handle(intake.submit(submission), this);
    }

    @Override
    public List<TaskHandle> submitAll(Collection<Submission> submissions) {
        closing.requireOpen();
        return intake.handles(intake.submitAll(submissions), this);
    }

    /** Whoever waited in an attempt or on a thread of the hub could keep the room from ever coming. */
    private boolean waitsForRoom() {
        closing.requireOpen();
        return settings.whenFull == WhenFull.BLOCK && !loop.isInsideAttempt() && !threads.isOwn();
    }

    @Override
    public Result execute(Task task) {
        closing.requireOpen();
        return atOnce.execute(task, intake);
    }

    @Override
    public Batch batch(String id) {
        return new HubBatch(id, batches, intake, this, this::requireOpen, batch -> tasks().unsettled(batch));
    }

    @Override
    public List<Batch> batches() {
        return batches.open().stream().map(this::batch).toList();
    }

    @Override
    public Optional<TaskState> find(String id) {
        return tasks().find(id);
    }

    @Override
    public Optional<TaskDetail> task(String id) {
        closing.requireStore();
        return details.of(id);
    }

    @Override
    public TaskPage tasks(TaskQuery query) {
        return tasks().tasks(query);
    }

    @Override
    public TaskHandle handle(String id) {
        return intake.handle(new Submitted.Known(id), this);
    }

    @Override
    public boolean cancel(String id) {
        closing.requireOpen();
        boolean cancelled = tasks().cancel(List.of(id)).get(0) == Outcome.RECORDED;
        if (cancelled) {
            cancelled(List.of(id));
        }
        return cancelled;
    }

    /** Tasks that may run are cancelled in the store. */
    private void cancelled(List<String> ids) {
        loop.cancel(ids);
        gate.wake();
        follower.poke();
    }

    @Override
    public boolean requeue(String id) {
        closing.requireOpen();
        return tasks().requeue(List.of(id)).get(0) == Outcome.RECORDED;
    }

    @Override
    public Bulk bulk(TaskQuery query) {
        closing.requireOpen();
        return new BulkChange(
                query, new HubBulk(this, store.tasks(), settings.approvalRequired, this::requireOpen, this::cancelled));
    }

    @Override
    public boolean release(String id) {
        closing.requireOpen();
        guard.requireNoApproval(id);
        return tasks().release(List.of(id)).get(0) == Outcome.RECORDED;
    }

    @Override
    public void enableAutonomousMode() {
        closing.requireOpen();
        stop.requireGoing();
        autonomy.enable();
    }

    @Override
    public void disableAutonomousMode() {
        autonomy.disable();
    }

    @Override
    public HubStatus status() {
        if (closing.isRequested()) {
            return HubStatus.STOPPING;
        } else if (loop.isInTrouble()) {
            return HubStatus.REFUSING;
        } else if (stop.order().isPresent()) {
            return HubStatus.STOPPED;
        } else if (!loop.isLeasing()) {
            return HubStatus.IDLE;
        }
        return loop.isPaused() ? HubStatus.PAUSED : HubStatus.ACTIVE;
    }

    @Override
    public Health health() {
        return health.look();
    }

    @Override
    public Events events() {
        return observation.feed().events();
    }

    @Override
    public void importHistory(Collection<Imported> entries) {
        closing.requireOpen();
        store.log().append(List.copyOf(entries));
        follower.poke();
    }

    @Override
    public List<InboxReport> readInbox() {
        closing.requireOpen();
        return inbox.readNow();
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public GuardRails guard() {
        return guard;
    }

    @Override
    public Audit audit() {
        closing.requireStore();
        return audit;
    }

    @Override
    public RecurringTasks recurring() {
        return recurring;
    }

    @Override
    public Skills skills() {
        return skills;
    }

    @Override
    public Reviewer reviewer() {
        if (!closing.isDone()) {
            follower.catchUp();
        }
        return reviewer;
    }

    @Override
    public List<Insight> insights() {
        return reviewer().insights();
    }

    @Override
    public History history() {
        closing.requireStore();
        return History.of(store.log());
    }

    @Override
    public Dashboard dashboard() {
        return dashboards.make(status(), reviewer());
    }

    @Override
    public List<KeptArtifact> artifacts(String taskId) {
        return files.artifacts(tasks(), taskId);
    }

    @Override
    public List<Path> workspaces(String taskId) {
        return files.workspaces(taskId);
    }

    @Override
    public List<Erasure> eraseAll(Collection<String> taskIds) {
        closing.requireOpen();
        return eraser.erase(new LinkedHashSet<>(taskIds));
    }

    @Override
    public Path home() {
        return home.root();
    }

    @Override
    public String version() {
        return Version.TEXT;
    }

    @Override
    public void close() {
        closing.close(() -> {
            statusMayDiffer();
            gate.wake();
        });
    }

    @Override
    public String toString() {
        return "Hub[" + home.root() + ", " + lastStatus.get() + "]";
    }

    private void requireOpen() {
        closing.requireOpen();
    }

    private HubInbox inbox() {
        return inbox;
    }

    private StopSwitch stop() {
        return stop;
    }

    private void storageFailed(StorageException trouble) {
        loop.storageFailed(trouble);
    }

    private void budgetUsedUp(BudgetStatus budget) {
        log.warn("{}; hub.guard().grant(…) allows more until then", budget.text());
        listeners.tell(listener -> listener.budgetUsedUp(budget));
    }

    private void followLogForBudgets() {
        if (!budgets.isFollowing()) {
            follower.tellPosition(position -> budgets.recover(store.log(), position));
        }
    }

    /** What is dropped from the log is in everything that is made of it. */
    private void learnAll() {
        follower.catchUp();
        budgets.save();
    }

    private void batchEnded(BatchStatus status) {
        listeners.tell(listener -> listener.batchEnded(status));
    }

    private void closedWithoutAttempt() {
        batches.anySettled();
    }

    private TaskStore tasks() {
        closing.requireStore();
        return store.tasks();
    }

    private void statusMayDiffer() {
        HubStatus now = status();
        HubStatus before = lastStatus.getAndSet(now);
        if (before != now) {
            var unused = health.look(); // so that it knows since when
            listeners.tell(listener -> listener.statusChanged(before, now));
        }
    }

    private void inboxRead(InboxReport report) {
        listeners.tell(listener -> listener.inboxRead(report));
    }

    private void pausesChanged() {
        observation.feed().pausesChanged(loop::pauses);
    }

    private void skillsChanged() {
        loop.skillsChanged();
        observation.skillsChanged();
        listeners.tell(HubListener::skillsChanged);
    }

    private void skillProblem(SkillProblem problem) {
        listeners.tell(listener -> listener.skillProblem(problem));
    }
}
