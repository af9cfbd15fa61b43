package io.victorhub.dispatch;

import io.victorhub.registry.RegisteredSkill;
import io.victorhub.registry.loading.SkillCall;
import io.victorhub.registry.loading.SkillHandle;
import io.victorhub.registry.loading.SkillRegistry;
import io.victorhub.routing.SelectionPolicy;
import io.victorhub.spi.Parameter;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.StoreCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans attempts: who could do a task, who gets it, with what limits. Safe for use by several threads. */
public final class Dispatcher {

    private static final BiPredicate<SkillHandle, SkillLoad> SOUND =
            (skill, load) -> !load.of(skill.descriptor().name()).isBroken();

    /** The epoch in the fence of a lease that no store gave, of a task that runs at once. */
    public static final long UNQUEUED = 0;

    /** What is limited among types that somebody serves. */
    private record Limitable(Set<String> of, Set<String> barred, List<String> types) {}

    private final SkillRegistry registry;
    private final Router router;
    private final Workspaces workspaces;
    private final DispatchSettings settings;
    private final ProgressListener progress;
    private final Verdicts verdicts;
    private final SkillLoad load;
    private final Asker asker;
    private final StoreCodec codec;
    private final BiPredicate<SkillHandle, Task> fitting = (skill, task) -> wrongInput(task, skill) == null;
    private volatile @Nullable Limitable lastLimitable;

    /**
     * Wires what dispatch needs; starts nothing.
     *
     * @param askers where skills say whether they want a task; each of its threads may be lost to one that does not
     * @param barred tells the names of skills that may not be called now; another set when they change
     */
    public Dispatcher(
            SkillRegistry registry,
            SelectionPolicy policy,
            Workspaces workspaces,
            StoreCodec codec,
            DispatchSettings settings,
            Executor askers,
            ProgressListener progress,
            Supplier<Set<String>> barred) {
        this.registry = registry;
        this.workspaces = workspaces;
        this.settings = settings;
        this.progress = progress;
        this.verdicts = new Verdicts(workspaces, codec, settings.maxResultBytes());
        this.load = new SkillLoad(settings.perSkill(), settings.stuckThreads(), barred);
        this.router = new Router(policy, settings);
        this.asker = new Asker(askers, settings.askLimit());
        this.codec = codec;
    }

    /** {@return what can be done with this task now; a {@link Plan.Run} must be run or discarded} */
    public Plan plan(Lease lease) {
        while (true) {
            Plan plan = tryPlan(lease);
            if (plan != null) {
                return plan;
            }
            Thread.onSpinWait(); // a skill is being replaced; its successor, or nobody, serves in a moment
        }
    }

    /** {@return null if it should be tried again} */
    private @Nullable Plan tryPlan(Lease lease) {
        List<SkillHandle> serving = serving(lease.submission());
        if (serving.isEmpty()) {
            return noSkill(lease.submission());
        }
        List<SkillHandle> able = those(serving, lease.task(), fitting);
        if (able.isEmpty()) {
            String wrong = String.valueOf(wrongInput(lease.task(), serving.get(0)));
            return new Plan.Impossible(Reason.INVALID_INPUT, wrong);
        }
        List<SkillHandle> sound = those(able, load, SOUND);
        if (sound.isEmpty()) {
            return new Plan.Busy();
        }
        return plan(lease, Candidates.of(sound, lease.task(), asker, load));
    }

    /** {@return those that pass; the list itself where all do, as is usual} */
    private static <T> List<SkillHandle> those(List<SkillHandle> all, T by, BiPredicate<SkillHandle, T> pass) {
        int passing = 0;
        while (passing < all.size() && pass.test(all.get(passing), by)) {
            passing++;
        }
        return passing == all.size()
                ? all
                : all.stream().filter(skill -> pass.test(skill, by)).toList();
    }

    private Plan noSkill(Submission submission) {
        String type = submission.task().type();
        Optional<String> pinned = submission.skill();
        String disabled = registry.skills().stream()
                .filter(skill -> !skill.enabled())
                .map(RegisteredSkill::descriptor)
                .filter(skill -> skill.capabilities().contains(type))
                .map(SkillDescriptor::name)
                .filter(name -> pinned.isEmpty() || pinned.get().equals(name))
                .collect(Collectors.joining(", "));
        String missing = pinned.map(name -> "no skill '" + name + "' serves type " + type)
                .orElse("no skill serves type " + type);
        return new Plan.NoSkill(
                missing + (disabled.isEmpty() ? "" : " (" + disabled + " would, but is disabled)"), pinned.isPresent());
    }

    private @Nullable Plan plan(Lease lease, Candidates candidates) {
        OptionalDouble maxCost = lease.submission().maxCost();
        List<Candidates.Able> affordable = candidates.within(maxCost);
        if (!affordable.isEmpty()) {
            return choose(lease, affordable);
        } else if (candidates.somebodyLeft()) {
            return null;
        } else if (candidates.somebodyIsSilent()) {
            return new Plan.Busy();
        }
        return new Plan.Impossible(
                Reason.REFUSED,
                candidates.able().isEmpty()
                        ? "every skill that serves type " + lease.task().type() + " declines this task"
                        : "every skill that could do it estimates more than the maximum cost of "
                                + maxCost.getAsDouble());
    }

    /** {@return how many more attempts of {@code type} its skills have room for; unlimited where one has no limit} */
    public int room(String type) {
        if (!load.limitsAny()) {
            return SkillLoad.UNLIMITED;
        }
        long room = 0;
        List<SkillHandle> serving = registry.serving(type);
        if (serving.isEmpty()) {
            return SkillLoad.UNLIMITED; // it is for plan to say that nobody serves it
        }
        for (SkillHandle skill : serving) {
            room += load.of(skill.descriptor().name()).room();
        }
        return (int) Math.min(room, SkillLoad.UNLIMITED);
    }

    /** {@return the room of each type that has less than unlimited room; costs nothing where no skill has a limit} */
    public Map<String, Integer> limitedRoom() {
        if (!load.limitsAny()) {
            return Map.of();
        }
        Map<String, Integer> limited = new HashMap<>();
        for (String type : load.anyBroken() ? registry.types() : limitable()) {
            int room = room(type);
            if (room < SkillLoad.UNLIMITED) {
                limited.put(type, room);
            }
        }
        return limited;
    }

    /** {@return the types all of whose skills have a limit, as long as no skill is broken} */
    private List<String> limitable() {
        Set<String> types = registry.types();
        Set<String> barred = load.barred();
        Limitable last = lastLimitable;
        if (last == null || last.of() != types || last.barred() != barred) { // other sets after each change
            List<String> limitable = new ArrayList<>();
            for (String type : types) {
                if (room(type) < SkillLoad.UNLIMITED) {
                    limitable.add(type);
                }
            }
            last = new Limitable(types, barred, limitable);
            lastLimitable = last;
        }
        return last.types();
    }

    /** {@return whether somebody serves {@code type}} */
    public boolean serves(String type) {
        return !registry.serving(type).isEmpty();
    }

    /** {@return how many threads are lost to skills that ignored their interruption} */
    public int stuckThreads() {
        return load.stuck();
    }

    /** {@return the names of skills that lost so many threads that they get no tasks} */
    public Set<String> brokenSkills() {
        return load.broken();
    }

    private List<SkillHandle> serving(Submission submission) {
        List<SkillHandle> serving = registry.serving(submission.task().type());
        Optional<String> pinned = submission.skill();
        return pinned.isEmpty()
                ? serving
                : those(
                        serving,
                        pinned.get(),
                        (skill, name) -> skill.descriptor().name().equals(name));
    }

    private Plan choose(Lease lease, List<Candidates.Able> able) {
        List<Candidates.Able> free = load.limitsAny()
                ? able.stream().filter(one -> one.load().hasRoom()).toList()
                : able;
        while (!free.isEmpty()) {
            Instant now = settings.clock().instant();
            Router.Routed routed = router.route(lease, free, now);
            SkillLoad.Load taken = routed.skill().load();
            if (taken.tryEnter()) {
                Optional<SkillCall> call = routed.skill().handle().begin();
                if (call.isPresent()) {
                    return attemptOrGiveBack(lease, routed, call.get(), now);
                }
                taken.leave(); // it was retired between the look and the call
            }
            free = free.stream().filter(one -> one != routed.skill()).toList();
        }
        return able.stream().allMatch(one -> one.load().isBarred()) ? new Plan.UsedUp() : new Plan.Busy();
    }

    private Plan attemptOrGiveBack(Lease lease, Router.Routed routed, SkillCall call, Instant now) {
        try {
            return attempt(lease, routed, call, now);
        } catch (RuntimeException | Error e) { // no memory for it: nobody would give back what was taken
            call.close();
            routed.skill().load().leave();
            throw e;
        }
    }

    private Plan attempt(Lease lease, Router.Routed routed, SkillCall call, Instant now) {
        SkillHandle skill = routed.skill().handle();
        Duration limit = lease.submission().timeLimit().orElse(null);
        if (limit == null) {
            limit = skill.descriptor().timeout().orElse(settings.timeLimit());
        }
        Instant deadline = lease.task().deadline().orElse(null);
        boolean byDeadline = deadline != null && Duration.between(now, deadline).compareTo(limit) < 0;
        Duration within = byDeadline ? positive(Duration.between(now, deadline)) : limit;
        AttemptContext context = new AttemptContext(lease, now, within, workspaces, codec, settings, progress);
        return new Plan.Run(new Attempt(
                lease,
                new Attempt.Means(
                        call,
                        skill.ref(),
                        routed.choice(),
                        context,
                        positive(Duration.between(lease.readyAt(), now)),
                        byDeadline ? deadline : null,
                        within,
                        verdicts,
                        routed.skill().load(),
                        routed.skill().cost(),
                        settings)));
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    /** What the skill declared of its inputs holds, before it is called. */
    private @Nullable String wrongInput(Task task, SkillHandle handle) {
        for (Parameter input : handle.descriptor().inputs()) {
            Object value = task.inputs().get(input.name());
            if (value == null && input.required()) {
                return "input '" + input.name() + "' is missing; skill "
                        + handle.descriptor().name() + " needs it as "
                        + input.type().words();
            }
            if (value != null && !input.type().accepts(value)) {
                String shown = settings.sensitive().redact(task, String.valueOf(value));
                return "input '" + input.name() + "' is " + Texts.kept(shown, 100) + "; skill "
                        + handle.descriptor().name() + " needs it as "
                        + input.type().words();
            }
        }
        return null;
    }
}
