package io.victorhub.registry.loading;

import io.victorhub.registry.Origin;
import io.victorhub.registry.RegisteredSkill;
import io.victorhub.registry.SkillLoadException;
import io.victorhub.registry.SkillProblem;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The skills of one hub. Whoever comes first has the name; what cannot be used is a {@link SkillProblem}, and keeps
 * nobody else out. Safe for use by several threads; skills are constructed, opened and closed without its inner lock.
 */
public final class SkillRegistry {

    private static final Logger log = LoggerFactory.getLogger(SkillRegistry.class);

    private final RegistryBuilder settings;
    private final Problems problems;
    private final @Nullable PluginScan plugins;
    private final Queue<Runnable> untold = new ConcurrentLinkedQueue<>();
    private final ReentrantLock changing = new ReentrantLock(); // one change of the set of skills at a time
    private final ReentrantLock lock = new ReentrantLock(); // guards byName, disabled, closed
    private final Map<String, SkillHandle> byName = new TreeMap<>();
    private final Set<String> disabled = new HashSet<>();
    private volatile Map<String, List<SkillHandle>> byType = Map.of();
    private volatile Set<String> types = Set.of();
    private boolean closed;

    SkillRegistry(RegistryBuilder builder) {
        this.settings = builder;
        this.problems = new Problems(builder.clock, problem -> tell(() -> builder.onProblem.accept(problem)));
        this.plugins = builder.pluginFolder == null
                ? null
                : new PluginScan(
                        this,
                        problems,
                        new PluginJars(builder.pluginFolder, builder.cacheFolder()),
                        builder.classLoader);
    }

    /** {@return a builder of a registry} */
    public static RegistryBuilder builder() {
        return new RegistryBuilder();
    }

    /** Looks once for skills on the class path and the module path. */
    public void discover() {
        changing.lock();
        try {
            Providers providers = new Providers(settings.classLoader, (type, t) -> {
                String said = InLoader.said(t);
                problems.add(
                        type.isEmpty() ? said : type,
                        (type.isEmpty() ? "a provider of skills on the class or module path" : type)
                                + " cannot be used: " + said
                                + "; mend or remove the jar that lists it in META-INF/services/"
                                + Skill.class.getName());
            });
            for (Providers.Found found : providers.find(type -> true)) {
                try {
                    admit(found.skill(), found.origin(), settings.classLoader, List.of(), () -> {});
                } catch (SkillLoadException e) {
                    problems.add(found.type().getName(), String.valueOf(e.getMessage()));
                }
            }
        } finally {
            changing.unlock();
            tellRest();
        }
    }

    /**
     * Adds a skill of the host's own.
     *
     * @throws SkillLoadException if its name is taken, it cannot be opened, or its descriptor cannot be read
     */
    public void register(Skill skill) {
        Objects.requireNonNull(skill, "skill");
        changing.lock();
        try {
            ClassLoader loader = skill.getClass().getClassLoader();
            admit(skill, new Origin.InCode(), loader == null ? settings.classLoader : loader, List.of(), () -> {});
        } finally {
            changing.unlock();
            tellRest();
        }
    }

    /** Looks once at the plug-in folder: loads what is new, replaces what changed, retires what is gone. */
    public void scan() {
        if (plugins != null) {
            changing.lock();
            try {
                if (!locked(() -> closed)) {
                    plugins.scan();
                }
            } finally {
                changing.unlock();
                tellRest();
            }
        }
    }

    /** {@return the enabled skills that serve {@code type}, by name; O(1)} */
    public List<SkillHandle> serving(String type) {
        return byType.getOrDefault(type, List.of());
    }

    /** {@return the types that somebody serves; unmodifiable, the same object until skills change} */
    public Set<String> types() {
        return types;
    }

    /** {@return all skills, by name} */
    public List<RegisteredSkill> skills() {
        return locked(
                () -> byName.values().stream().map(SkillHandle::registered).toList());
    }

    /** {@return what is kept out, by where it is} */
    public List<SkillProblem> problems() {
        return problems.all();
    }

    /**
     * Gives a skill tasks again.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public void enable(String name) {
        enable(name, true);
    }

    /**
     * Gives a skill no more tasks; running ones go on. Newer versions of it are disabled as well.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public void disable(String name) {
        enable(name, false);
    }

    /**
     * Retires all skills, waits at most that long for their calls to end, and closes those that ended. What comes later
     * is kept out.
     */
    public void close(Duration wait) {
        List<SkillHandle> all = locked(() -> {
            closed = true;
            List<SkillHandle> handles = new ArrayList<>(byName.values());
            byName.clear();
            refresh();
            return handles;
        });
        all.forEach(SkillHandle::retire);
        long end = System.nanoTime() + wait.toNanos();
        for (SkillHandle handle : all) {
            try {
                if (!handle.awaitGone(end - System.nanoTime())) {
                    log.warn("skill {} still runs, or does not end its close(); it is left to itself", handle.ref());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Registers a skill; {@code replaced} give way to it if they have its name. */
    SkillHandle admit(
            Skill skill, Origin origin, ClassLoader loader, List<SkillHandle> replaced, Runnable afterClosing) {
        SkillDescriptor descriptor = describe(skill, origin, loader);
        String name = descriptor.name();
        if (!settings.filter.test(name)) {
            throw new SkillLoadException(
                    "skill " + name + " (" + origin.text() + ") is kept out by the hub's filter", null);
        }
        SkillHandle owner = locked(() -> byName.get(name));
        if (owner != null && !replaced.contains(owner)) {
            throw new SkillLoadException(
                    "two skills claim the name '" + name + "': " + owner.owner() + " has it, "
                            + skill.getClass().getName() + " of " + origin.text()
                            + " is kept out; remove one of them",
                    null);
        }
        open(skill, descriptor, origin, loader);
        SkillHandle handle = put(new SkillHandle.Candidate(skill, descriptor, origin, loader, afterClosing));
        if (owner != null) {
            owner.retire();
        }
        log.info("skill {} serves {} (from {})", handle.ref(), descriptor.capabilities(), origin.text());
        changed();
        return handle;
    }

    private SkillHandle put(SkillHandle.Candidate candidate) {
        String name = candidate.descriptor().name();
        return locked(() -> {
                    if (closed) {
                        return Optional.<SkillHandle>empty();
                    }
                    SkillHandle added = new SkillHandle(
                            candidate, !disabled.contains(name), settings.clock.instant(), settings.closer);
                    byName.put(name, added);
                    problems.solved(candidate.skill().getClass().getName());
                    refresh();
                    return Optional.of(added);
                })
                .orElseThrow(() -> {
                    new SkillHandle(candidate.closing(() -> {}), false, settings.clock.instant(), settings.closer)
                            .retire();
                    return new SkillLoadException(
                            "skill " + name + " (" + candidate.origin().text() + ") is kept out: the hub is closed",
                            null);
                });
    }

    /** Retires this very version, unless another one has its place already. */
    void remove(SkillHandle handle) {
        boolean was = locked(() -> {
            boolean removed = byName.remove(handle.descriptor().name(), handle);
            refresh();
            return removed;
        });
        handle.retire();
        if (was) {
            log.info("skill {} is gone (from {})", handle.ref(), handle.origin().text());
            changed();
        }
    }

    private void changed() {
        tell(settings.onChange);
    }

    /** Whoever is told may change skills, or wait for somebody who does; so it is told when no change is under way here. */
    private void tell(Runnable listener) {
        untold.add(listener);
        tellRest();
    }

    private void tellRest() {
        if (!changing.isHeldByCurrentThread()) {
            for (Runnable next = untold.poll(); next != null; next = untold.poll()) {
                Problems.tell(next);
            }
        }
    }

    private SkillDescriptor describe(Skill skill, Origin origin, ClassLoader loader) {
        try {
            @Nullable SkillDescriptor descriptor = InLoader.run(loader, skill::descriptor);
            if (descriptor != null) {
                return descriptor;
            }
        } catch (Throwable t) {
            InLoader.rethrowFatal(t);
            throw new SkillLoadException(
                    skill.getClass().getName() + " of " + origin.text() + " is kept out: its descriptor() threw "
                            + InLoader.said(t),
                    t);
        }
        throw new SkillLoadException(
                skill.getClass().getName() + " of " + origin.text() + " is kept out: its descriptor() returned null",
                null);
    }

    private void open(Skill skill, SkillDescriptor descriptor, Origin origin, ClassLoader loader) {
        try {
            InLoader.run(loader, () -> {
                skill.open(new HostEnvironment(descriptor.name(), settings.settings, settings.services));
                return true;
            });
        } catch (Throwable t) {
            InLoader.rethrowFatal(t);
            throw new SkillLoadException(
                    "skill " + descriptor.name() + " (" + origin.text() + ") is kept out: it cannot be opened: "
                            + InLoader.said(t),
                    t);
        }
    }

    private void enable(String name, boolean whether) {
        locked(() -> {
            SkillHandle handle = byName.get(name);
            if (handle == null) {
                throw new IllegalArgumentException("there is no skill '" + name + "'; there are " + byName.keySet());
            }
            if (whether) {
                disabled.remove(name);
            } else {
                disabled.add(name);
            }
            handle.enable(whether);
            refresh();
            return handle;
        });
        changed();
    }

    /** Under the lock. */
    private void refresh() {
        Map<String, List<SkillHandle>> byTypes = new TreeMap<>();
        for (SkillHandle handle : byName.values()) {
            if (handle.enabled()) {
                for (String type : handle.descriptor().capabilities()) {
                    byTypes.computeIfAbsent(type, key -> new ArrayList<>()).add(handle);
                }
            }
        }
        byTypes.replaceAll((type, handles) -> List.copyOf(handles));
        byType = byTypes;
        types = Collections.unmodifiableSet(byTypes.keySet());
    }

    private <T> T locked(java.util.function.Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
