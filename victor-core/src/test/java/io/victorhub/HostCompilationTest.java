package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.victorhub.spi.Skill;
import io.victorhub.store.Stores;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** A host names victor-core and gets what it needs of victor-spi with it, but nothing else that core is built on. */
class HostCompilationTest {

    /** Core, and what it needs at run time: what Maven gives a host that names victor-core. */
    private static final List<Class<?>> LIBRARIES = List.of(Stores.class, Skill.class, JsonFactory.class, Logger.class);

    private static final List<Class<?>> WITH_ANNOTATIONS =
            List.of(Stores.class, Skill.class, JsonFactory.class, Logger.class, NullMarked.class);

    private static final String MODULE = "module host { requires io.victorhub.core; }";

    private static final String HOST = """
            package host;

            import io.victorhub.Hub;
            import io.victorhub.HubStatus;
            import io.victorhub.spi.Result;
            import io.victorhub.spi.Skill;
            import io.victorhub.spi.SkillContext;
            import io.victorhub.spi.SkillDescriptor;
            import io.victorhub.spi.Task;
            import io.victorhub.spi.store.StoreFactory;
            import io.victorhub.store.Stores;

            public final class Host implements Skill {
                @Override
                public SkillDescriptor descriptor() {
                    return SkillDescriptor.of("greeter").capability("greet").build();
                }

                @Override
                public Result execute(Task task, SkillContext context) {
                    return Result.success("Hello " + task.inputs().text("name", "world"));
                }

                public static StoreFactory store() {
                    return Stores.embedded();
                }

                public static String run(java.nio.file.Path home) {
                    try (Hub hub = Hub.at(home).skill(new Host()).store(store()).build()) {
                        hub.enableAutonomousMode();
                        hub.submit(Task.of("greet").input("name", "Victor").build());
                        return hub.dashboard().toText() + hub.insights() + hub.skills().all();
                    }
                }

                public static boolean works(HubStatus status) {
                    return status == HubStatus.ACTIVE;
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void aHostModuleRequiresCoreAndNothingElse() throws Exception {
        String complaints = compile("--module-path", WITH_ANNOTATIONS, MODULE, HOST);

        assertThat(complaints).isEmpty();
        assertThat(folder.resolve("classes/host/Host.class")).exists();
    }

    @Test
    void aHostModuleNeedsNoAnnotations() throws Exception {
        assertThat(compile("--module-path", LIBRARIES, MODULE, HOST)).isEmpty();
    }

    @Test
    void aHostOnTheClassPathCompilesToo() throws Exception {
        String complaints = compile("--class-path", LIBRARIES, null, HOST);

        assertThat(complaints).isEmpty();
        assertThat(folder.resolve("classes/host/Host.class")).exists();
    }

    @Test
    void aHostModuleDoesNotSeeWhatCoreReadsJsonWith() throws Exception {
        String source = "package host; class Host { com.fasterxml.jackson.core.JsonFactory factory; }";

        assertThat(compile("--module-path", WITH_ANNOTATIONS, MODULE, source))
                .contains("package com.fasterxml.jackson.core is not visible");
    }

    @Test
    void aHostModuleDoesNotSeeTheRoomsThatAreNotExported() throws Exception {
        String source = "package host; class Host { Object json = io.victorhub.json.Json.compact(1L); }";

        assertThat(compile("--module-path", WITH_ANNOTATIONS, MODULE, source))
                .contains("package io.victorhub.json is not visible");
    }

    @Test
    void aHostModuleThatDoesNotRequireCoreDoesNotCompile() throws Exception {
        assertThat(compile("--module-path", WITH_ANNOTATIONS, "module host { }", HOST))
                .isNotEmpty();
    }

    /** {@return what the compiler says, warnings too; empty if it has nothing to say} */
    private String compile(String pathOption, List<Class<?>> path, String module, String source) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                pathOption,
                path.stream().map(HostCompilationTest::place).collect(Collectors.joining(File.pathSeparator)),
                "--release",
                "17",
                "-Xlint:all,-requires-transitive-automatic,-requires-automatic",
                "-proc:none",
                "-d",
                folder.resolve("classes").toString()));
        if (module != null) {
            arguments.add(write("module-info.java", module));
        }
        arguments.add(write("host/Host.java", source));
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new));
        return said.toString();
    }

    private String write(String name, String source) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, source).toString();
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
