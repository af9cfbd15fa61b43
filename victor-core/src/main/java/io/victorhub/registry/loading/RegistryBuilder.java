package io.victorhub.registry.loading;

import io.victorhub.registry.SkillProblem;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Collects what a registry needs. Not safe for use by several threads. */
public final class RegistryBuilder {
    ClassLoader classLoader = hostLoader();

    @Nullable Path pluginFolder;

    @Nullable Path cacheFolder;

    Predicate<String> filter = name -> true;
    SkillSettings settings = SkillSettings.none();
    Map<Class<?>, Object> services = Map.of();
    InstantSource clock = InstantSource.system();
    Runnable onChange = () -> {};
    Executor closer = Runnable::run;
    Consumer<SkillProblem> onProblem = problem -> {};

    RegistryBuilder() {}

    /** Sets where skills are looked for, and what plug-ins see of the host. */
    public RegistryBuilder classLoader(ClassLoader loader) {
        this.classLoader = Objects.requireNonNull(loader, "loader");
        return this;
    }

    /** Sets the folder of plug-in jars, and the one for copies of them. */
    public RegistryBuilder plugins(Path folder, Path copies) {
        this.pluginFolder = Objects.requireNonNull(folder, "folder");
        this.cacheFolder = Objects.requireNonNull(copies, "copies");
        return this;
    }

    /** Sets which names are let in. */
    public RegistryBuilder filter(Predicate<String> byName) {
        this.filter = Objects.requireNonNull(byName, "byName");
        return this;
    }

    /** Sets what skills are told. */
    public RegistryBuilder settings(SkillSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /** Sets what skills are lent. */
    public RegistryBuilder services(Map<Class<?>, Object> services) {
        this.services = Map.copyOf(services);
        return this;
    }

    /** Sets the time. */
    public RegistryBuilder clock(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** Sets who closes skills that are gone; default: whoever ends the last call of one. */
    public RegistryBuilder closer(Executor closer) {
        this.closer = Objects.requireNonNull(closer, "closer");
        return this;
    }

    /** Sets who hears that skills came or went; called without the registry's locks. */
    public RegistryBuilder onChange(Runnable listener) {
        this.onChange = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /** Sets who hears of problems; called without the registry's locks. */
    public RegistryBuilder onProblem(Consumer<SkillProblem> listener) {
        this.onProblem = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /** {@return the registry, which holds nothing yet} */
    public SkillRegistry build() {
        return new SkillRegistry(this);
    }

    Path cacheFolder() {
        return Objects.requireNonNull(cacheFolder, "cacheFolder");
    }

    private static ClassLoader hostLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? ClassLoader.getSystemClassLoader() : context;
    }
}
