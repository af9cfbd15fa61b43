package io.victorhub.examples.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** A stranger's project: sources in a folder outside the repository, made into a jar with the tools of the JDK. */
final class Project {

    private static final String PROVIDERS = "META-INF/services/io.victorhub.spi.Skill";

    private final Path folder;
    private final List<String> sources = new ArrayList<>();
    private boolean modular;

    Project(Path folder) {
        this.folder = folder;
    }

    /** {@return the skill of the README as it stands there} */
    static Project shout(Path folder, Readme readme) throws IOException {
        return shout(folder, readme, readme.skill());
    }

    static Project shout(Path folder, Readme readme, String skill) throws IOException {
        return new Project(folder)
                .source("com/example/shout/ShoutSkill.java", skill)
                .source("module-info.java", readme.skillModule())
                .resource(PROVIDERS, readme.skillProviders());
    }

    /** Adds a source; its path is that of its package. */
    Project source(String path, String text) throws IOException {
        sources.add(write(folder.resolve("src").resolve(path), text).toString());
        modular |= path.equals("module-info.java");
        return this;
    }

    Project resource(String path, String text) throws IOException {
        write(folder.resolve("classes").resolve(path), text);
        return this;
    }

    /** Compiles everything, which must give no warning, and packs it. */
    Path jar(List<Path> libraries) throws IOException {
        String classes = folder.resolve("classes").toString();
        List<String> arguments =
                new ArrayList<>(List.of("--release", "17", "-Xlint:all,-processing", "-proc:none", "-d", classes));
        if (modular) { // a class path all the same, or javac takes that of this virtual machine
            arguments.addAll(List.of("--module-path", Libraries.path(libraries), "--class-path", folder.toString()));
        } else {
            arguments.addAll(List.of("--class-path", Libraries.path(libraries)));
        }
        arguments.addAll(sources);
        assertThat(run("javac", arguments)).as("what javac says of %s", folder).isEmpty();
        Path jar = folder.resolve(folder.getFileName() + ".jar");
        assertThat(run("jar", List.of("--create", "--file", jar.toString(), "-C", classes, ".")))
                .isEmpty();
        return jar;
    }

    static String resource(String name) throws IOException {
        try (var in = Project.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String run(String tool, List<String> arguments) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments.toArray(String[]::new));
        return said.toString();
    }
}
