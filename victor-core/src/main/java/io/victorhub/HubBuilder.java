package io.victorhub;

import io.victorhub.registry.SkillLoadException;
import io.victorhub.registry.loading.SkillSettings;
import io.victorhub.review.ReviewSettings;
import io.victorhub.routing.BetaThompson;
import io.victorhub.routing.SelectionPolicy;
import io.victorhub.scheduling.Budget;
import io.victorhub.scheduling.RateLimit;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Result;
import io.victorhub.spi.SensitiveKeys;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Task;
import io.victorhub.spi.meter.Meters;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.StoreFactory;
import io.victorhub.store.Durability;
import io.victorhub.store.Stores;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Collects how a hub shall work. Everything has a default. Nothing is on disk and no thread is started before
 * {@link #build()}. Not safe for use by several threads.
 *
 * @since 0.1
 */
public final class HubBuilder {

    static final Path NO_HOME = Path.of("");

    /** A century is as good as for ever, and can be counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    final Path home;
    final boolean inMemory;
    final Map<String, Integer> typeLimits = new LinkedHashMap<>();
    final Map<String, Integer> skillLimits = new LinkedHashMap<>();
    final Map<String, RateLimit> rateLimits = new LinkedHashMap<>();
    final Map<Budget.Scope, Budget> budgets = new LinkedHashMap<>();
    final Set<String> approvalRequired = new LinkedHashSet<>();
    final List<HubListener> listeners = new ArrayList<>();
    final List<Skill> skills = new ArrayList<>();
    final Map<Class<?>, Object> services = new LinkedHashMap<>();
    int workers = Math.max(4, Runtime.getRuntime().availableProcessors());
    int laneLimit = 1;
    int queueLimit;
    WhenFull whenFull = WhenFull.REJECT;
    RetryPolicy retry = RetryPolicy.DEFAULT;
    Duration timeLimit = Duration.ofHours(1);
    Duration stuckAfter = Duration.ofSeconds(10);
    Duration drainTimeout = Duration.ofSeconds(30);
    Duration checkInterval = Duration.ofSeconds(60);
    Duration ageingStep = Duration.ofMinutes(10);

    @Nullable Duration skillWait;

    int maxSubmissionBytes = Stores.DEFAULT_MAX_SUBMISSION_BYTES;
    Durability durability = Durability.SYNC;
    boolean strictAck;
    HealthLimits healthLimits = HealthLimits.DEFAULT;
    LogRetention logRetention = LogRetention.FOREVER;
    int maxResultBytes = 1 << 20;
    long artifactQuota = Long.MAX_VALUE;
    Duration workspaceRetention = Duration.ofDays(1);
    SensitiveKeys sensitive = SensitiveKeys.NONE;

    @Nullable Executor executor;

    @Nullable ThreadFactory threads;

    InstantSource clock = InstantSource.system();
    ZoneId zone = ZoneId.systemDefault();
    String node = "local";

    @Nullable StoreFactory store;

    @Nullable String storeName;

    @Nullable SelectionPolicy policy;

    @Nullable Meters meters;

    Authorizer authorizer = (submission, source) -> Optional.empty();
    SkillSettings settings = SkillSettings.none();
    Predicate<String> skillFilter = name -> true;
    boolean discover = true;

    @Nullable ClassLoader classLoader;

    @Nullable Path pluginFolder;

    ReviewSettings review = ReviewSettings.DEFAULT;
    long seed = 0x5EED;

    HubBuilder(Path home, boolean inMemory) {
        this.home = Objects.requireNonNull(home, "home");
        this.inMemory = inMemory;
    }

    /** Sets how many attempts may run at once, 1 or more; default: the number of processors, at least 4. */
    public HubBuilder workers(int workers) {
        this.workers = positive("workers", workers);
        return this;
    }

    /** Sets how many attempts at tasks of one type may run at once, 1 or more; default: as many as there are workers. */
    public HubBuilder typeLimit(String type, int attempts) {
        Task.of(type); // refuses what is no name
        typeLimits.put(type, positive("limit of type " + type, attempts));
        return this;
    }

    /** Sets how many attempts of one skill may run at once, 1 or more; default: as many as there are workers. */
    public HubBuilder skillLimit(String skill, int attempts) {
        SkillDescriptor.of(skill); // refuses what is no name
        skillLimits.put(skill, positive("limit of skill " + skill, attempts));
        return this;
    }

    /** Sets how many attempts of one lane of a type may run at once, 1 or more; default 1. */
    public HubBuilder laneLimit(int attempts) {
        this.laneLimit = positive("limit of lanes", attempts);
        return this;
    }

    /**
     * Sets how many tasks may wait (held, delayed or ready ones), 1 or more, and what becomes of a submission when as many do;
     * default: any number. It holds for {@link Hub#submit}, {@link Hub#submitAll} and the inbox, which leaves files
     * where they are until there is room. What the hub queues itself is let in above it: follow-ups, retries, requeues and
     * recurring tasks. A store that cannot count its tasks takes any number.
     */
    public HubBuilder queueLimit(int tasks, WhenFull whenFull) {
        this.queueLimit = positive("queue limit", tasks);
        this.whenFull = Objects.requireNonNull(whenFull, "whenFull");
        return this;
    }

    /**
     * Sets how many tasks of one type may begin in a time, such as 100 an hour; default: any number. Up to so many begin at
     * once after a rest; then they begin evenly spread. Attempts count that the loop begins, further attempts at the same
     * task too; {@link Hub#execute} neither waits nor counts. It is counted in memory, and begins with nothing saved up: so a
     * process that is started again and again does not exceed it.
     */
    public HubBuilder rateLimit(String type, int tasks, Duration per) {
        Task.of(type); // refuses what is no name
        rateLimits.put(type, new RateLimit(tasks, per));
        return this;
    }

    /**
     * Limits what the hub, a type or a skill may spend in an hour and on a day, in place of an earlier budget of the same;
     * default: nothing is limited. What a person {@linkplain GuardRails#change changed} comes before it.
     */
    public HubBuilder budget(Budget budget) {
        budgets.put(budget.scope(), budget);
        return this;
    }

    /**
     * Adds types whose tasks wait, as held ones, until a person {@linkplain GuardRails#approve approves} of each; default:
     * none. It holds however they come: submitted, from the inbox, by a skill, recurring, behind a batch, or requeued. What
     * was queued before, by a hub that did not ask, is not held.
     */
    public HubBuilder approvalRequired(String... types) {
        for (String type : types) {
            Task.of(type); // refuses what is no name
            approvalRequired.add(type);
        }
        return this;
    }

    /** Sets how often and how soon a failed task is tried again; default {@link RetryPolicy#DEFAULT}. */
    public HubBuilder retry(RetryPolicy retry) {
        this.retry = Objects.requireNonNull(retry, "retry");
        return this;
    }

    /** Sets how long an attempt may take where neither its submission nor its skill says; default 1 hour. */
    public HubBuilder timeLimit(Duration limit) {
        this.timeLimit = positive("time limit", limit);
        return this;
    }

    /** Sets how long an attempt may go on after it was interrupted before it is given up; default 10 seconds. */
    public HubBuilder stuckAfter(Duration wait) {
        this.stuckAfter = positive("stuckAfter", wait);
        return this;
    }

    /** Sets how long {@link Hub#close()} lets running attempts go on before it interrupts them; default 30 seconds. */
    public HubBuilder drainTimeout(Duration wait) {
        this.drainTimeout = notNegative("drain timeout", wait);
        return this;
    }

    /** Sets how often inbox and plug-in folder are looked at when no event tells of a change; default 60 seconds. */
    public HubBuilder checkInterval(Duration interval) {
        this.checkInterval = positive("check interval", interval);
        return this;
    }

    /**
     * Sets by how much a task counts as older for each level of priority; default 10 minutes. The longer, the more
     * priority counts; whatever the step, no task waits for ever.
     */
    public HubBuilder ageingStep(Duration step) {
        this.ageingStep = notNegative("ageing step", step);
        return this;
    }

    /** Sets how long a task may wait for a skill to serve its type before it is a dead letter; default: for ever. */
    public HubBuilder skillWait(Duration wait) {
        this.skillWait = positive("skill wait", wait);
        return this;
    }

    /** Sets how large a submission may be, in bytes of JSON; default 1 MiB. Not used with a store of the host's own. */
    public HubBuilder maxSubmissionBytes(int bytes) {
        this.maxSubmissionBytes = positive("maximum of a submission", bytes);
        return this;
    }

    /** Sets how large a result may be, in bytes of JSON; default 1 MiB. What is larger belongs into an artifact. */
    public HubBuilder maxResultBytes(int bytes) {
        this.maxResultBytes = positive("maximum of a result", bytes);
        return this;
    }

    /**
     * Runs skills in the host's executor, such as one of virtual threads; default: platform threads of the hub's own, one
     * for each attempt under way. The host shuts it down, after the hub.
     */
    public HubBuilder executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /** Makes the hub's threads with the host's factory; default: daemon threads, but for the loop of autonomous mode. */
    public HubBuilder threadFactory(ThreadFactory threads) {
        this.threads = Objects.requireNonNull(threads, "threads");
        return this;
    }

    /** Sets the time; default: the system's. */
    public HubBuilder clock(InstantSource clock) {
        this.clock = new HostClock(Objects.requireNonNull(clock, "clock"), InstantSource.system());
        return this;
    }

    /** Sets the zone of all days and hours; default: the system's. */
    public HubBuilder zone(ZoneId zone) {
        this.zone = Objects.requireNonNull(zone, "zone");
        return this;
    }

    /** Names this node in executions; default {@code local}. */
    public HubBuilder node(String node) {
        this.node = Objects.requireNonNull(node, "node");
        return this;
    }

    /**
     * Sets what a submit waits for in the store on disk; default {@link Durability#SYNC}. Not used with a store of the
     * host's own.
     */
    public HubBuilder durability(Durability durability) {
        this.durability = Objects.requireNonNull(durability, "durability");
        return this;
    }

    /**
     * Says whether the end of a task, too, must be forced to the disk before it counts; default no: it is within 2 ms, and a
     * power cut in that time lets the task run again. Not used with a store of the host's own.
     */
    public HubBuilder strictAck(boolean strict) {
        this.strictAck = strict;
        return this;
    }

    /** Sets how much of the log is kept; default {@link LogRetention#FOREVER}. */
    public HubBuilder logRetention(LogRetention retention) {
        this.logRetention = Objects.requireNonNull(retention, "retention");
        return this;
    }

    /** Sets where tasks, log and state live; default {@link Stores#embedded()}, or in memory {@link Stores#memory()}. */
    public HubBuilder store(StoreFactory store) {
        this.store = Objects.requireNonNull(store, "store");
        return this;
    }

    /**
     * Sets the store by its name: {@code embedded}, {@code memory}, or that of a {@link StoreFactory} that
     * {@link java.util.ServiceLoader} finds.
     */
    public HubBuilder store(String name) {
        this.storeName = Objects.requireNonNull(name, "name");
        return this;
    }

    /** Sets who chooses among several skills; default {@link BetaThompson}. One policy serves one hub. */
    public HubBuilder selectionPolicy(SelectionPolicy policy) {
        this.policy = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /** Sets who decides what may be submitted; default: everything may. */
    public HubBuilder authorizer(Authorizer authorizer) {
        this.authorizer = Objects.requireNonNull(authorizer, "authorizer");
        return this;
    }

    /** Adds somebody who hears what happens. */
    public HubBuilder listener(HubListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Sets where figures go, such as a {@link io.victorhub.metrics.MemoryMeters}; default: what {@link java.util.ServiceLoader}
     * finds, and if there is nothing, the hub does not measure.
     */
    public HubBuilder meters(Meters meters) {
        this.meters = Objects.requireNonNull(meters, "meters");
        return this;
    }

    /** Sets from when on {@link Hub#health()} says that something is wrong; default {@link HealthLimits#DEFAULT}. */
    public HubBuilder healthLimits(HealthLimits limits) {
        this.healthLimits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /**
     * Sets how many bytes all artifacts of this home together may have, 1 or more; default: any number. An attempt whose
     * artifacts do not fit any more fails as {@link Result.Reason#RESOURCE} and is tried again. Room comes when the log is
     * shortened ({@link #logRetention}), or tasks are erased.
     */
    public HubBuilder artifactQuota(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("the quota of artifacts is " + bytes + " bytes; it must be 1 or more");
        }
        this.artifactQuota = bytes;
        return this;
    }

    /**
     * Sets what is sensitive in inputs and context, by patterns such as {@code *.password}, see {@link SensitiveKeys}; default
     * nothing. Where such a value stands in a message, a log line or the progress of an attempt, it is replaced by
     * {@value SensitiveKeys#HIDDEN} before anybody sees it. Skills get the real values, and the store keeps them.
     *
     * @throws IllegalArgumentException if a pattern is malformed
     */
    public HubBuilder sensitive(String... keys) {
        this.sensitive = SensitiveKeys.of(keys);
        return this;
    }

    /**
     * Sets how long a workspace stays after its attempt, with what no artifact names; default a day. None is removed
     * while its attempt runs; with {@link Duration#ZERO} it goes with its attempt.
     */
    public HubBuilder workspaceRetention(Duration time) {
        this.workspaceRetention = notNegative("workspace retention", time);
        return this;
    }

    /** Adds a skill of the host's own, which the hub opens and closes. */
    public HubBuilder skill(Skill skill) {
        skills.add(Objects.requireNonNull(skill, "skill"));
        return this;
    }

    /** Says whether skills are looked for on the class path and the module path; default yes. */
    public HubBuilder discoverSkills(boolean discover) {
        this.discover = discover;
        return this;
    }

    /** Lets in only the skills whose names pass, wherever they are found; default: all. */
    public HubBuilder skillFilter(Predicate<String> byName) {
        this.skillFilter = Objects.requireNonNull(byName, "byName");
        return this;
    }

    /** Sets where skills are looked for, and what plug-ins see of the host; default: the context class loader. */
    public HubBuilder classLoader(ClassLoader loader) {
        this.classLoader = Objects.requireNonNull(loader, "loader");
        return this;
    }

    /** Sets the folder of plug-in jars; default {@code skills} below the home, and none in memory. */
    public HubBuilder pluginFolder(Path folder) {
        this.pluginFolder = Objects.requireNonNull(folder, "folder");
        return this;
    }

    /** Tells a skill one of its settings. Comes before the properties file, which comes before the environment. */
    public HubBuilder setting(String skill, String key, String value) {
        this.settings = settings.with(skill, key, value);
        return this;
    }

    /**
     * Tells skills what a properties file says: {@code skill.key=value}, in UTF-8.
     *
     * @throws StorageException if the file cannot be read
     */
    public HubBuilder settings(Path propertiesFile) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(propertiesFile, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new StorageException(
                    "the settings of skills in " + propertiesFile + " cannot be read: " + e
                            + "; it must be a properties file in UTF-8",
                    e);
        }
        this.settings = settings.with(properties);
        return this;
    }

    /** Lends skills an object of the host's, under its type. */
    public <T> HubBuilder service(Class<T> type, T service) {
        services.put(Objects.requireNonNull(type, "type"), Objects.requireNonNull(service, "service"));
        return this;
    }

    /** Sets from when on numbers are worth telling a person; default {@link ReviewSettings#DEFAULT}. Its zone is the hub's. */
    public HubBuilder review(ReviewSettings settings) {
        this.review = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /** Sets what the hub's randomness is drawn from; the same seed and log give the same choices. */
    public HubBuilder seed(long seed) {
        this.seed = seed;
        return this;
    }

    /**
     * Opens the hub: its home, its store with all that was kept, its skills. It takes tasks from then on, and starts none
     * before {@link Hub#enableAutonomousMode()}.
     *
     * @throws StorageException if the home or the store cannot be opened; the message says why and what to do
     * @throws SkillLoadException if a skill given with {@link #skill} cannot be used; others are only kept out
     */
    public Hub build() {
        return VictorHub.open(this);
    }

    /** {@return the host's policy, or a fresh one: no two hubs may teach the same} */
    SelectionPolicy policy() {
        return policy == null ? BetaThompson.create() : policy;
    }

    /** {@return the folder of plug-in jars; null where there is none} */
    @Nullable Path pluginFolder(HubHome folders) {
        return pluginFolder == null && !folders.isTemporary() ? folders.skills() : pluginFolder;
    }

    private static int positive(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " is " + number + "; it must be 1 or more");
        }
        return number;
    }

    private static Duration positive(String what, Duration duration) {
        Duration bounded = notNegative(what, duration);
        if (bounded.isZero()) {
            throw new IllegalArgumentException(what + " is " + duration + "; it must be more than nothing");
        }
        return bounded;
    }

    private static Duration notNegative(String what, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(what + " is " + duration + "; it must not be negative");
        }
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }
}
