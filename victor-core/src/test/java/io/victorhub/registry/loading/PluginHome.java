package io.victorhub.registry.loading;

import io.victorhub.registry.RegisteredSkill;
import io.victorhub.registry.SkillProblem;
import io.victorhub.spi.Result;
import io.victorhub.spi.Task;
import io.victorhub.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A plug-in folder and a registry that looks at it. */
final class PluginHome {

    final Path folder;
    final Path copies;
    final SettableClock clock = new SettableClock();
    final List<String> notes = new CopyOnWriteArrayList<>(); // what plug-ins tell, through a service of the host
    final AtomicInteger changes = new AtomicInteger();
    final List<SkillProblem> told = new CopyOnWriteArrayList<>();
    final SkillRegistry registry;

    PluginHome(Path home) throws IOException {
        this(home, builder -> builder);
    }

    PluginHome(Path home, UnaryOperator<RegistryBuilder> more) throws IOException {
        folder = Files.createDirectories(home.resolve("skills"));
        copies = home.resolve("cache");
        registry = more.apply(SkillRegistry.builder()
                        .plugins(folder, copies)
                        .services(Map.of(List.class, notes))
                        .clock(clock)
                        .onChange(changes::incrementAndGet)
                        .onProblem(told::add))
                .build();
    }

    Path jar(String name) {
        return folder.resolve(name);
    }

    /** Name and version of each skill. */
    List<String> skills() {
        return registry.skills().stream()
                .map(RegisteredSkill::descriptor)
                .map(descriptor -> descriptor.ref().toString())
                .toList();
    }

    List<String> problems() {
        return registry.problems().stream().map(SkillProblem::message).toList();
    }

    String problem() {
        List<String> all = problems();
        if (all.size() != 1) {
            throw new AssertionError("problems: " + all);
        }
        return all.get(0);
    }

    List<Path> copies() throws IOException {
        if (!Files.exists(copies)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(copies)) {
            return files.toList();
        }
    }

    SkillHandle handle(String type) {
        return registry.serving(type).get(0);
    }

    /** The output of one call of the skill that serves the type. */
    Object call(String type) throws Exception {
        try (SkillCall call = handle(type).begin().orElseThrow()) {
            return output(call, type);
        }
    }

    static Object output(SkillCall call, String type) throws Exception {
        Result result = call.skill().execute(Task.of(type).build(), null);
        return ((Result.Success) result).output();
    }
}
