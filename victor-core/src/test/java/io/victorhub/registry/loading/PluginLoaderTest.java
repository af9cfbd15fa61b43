package io.victorhub.registry.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.victorhub.spi.Skill;
import io.victorhub.testing.SkillJar;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginLoaderTest {

    /** Says which loader defined a class, and where a class of that name says it is from. */
    private static final String EXECUTE = "public Result execute(Task task, SkillContext context) { return"
            + " Result.success(shared.Library.version()); }";

    @TempDir
    Path temp;

    PluginHome home;

    @BeforeEach
    void makeHome() throws Exception {
        home = new PluginHome(temp);
    }

    @Test
    void classesOfTheJarComeBeforeThoseOfTheHost() throws Exception {
        Path library = SkillJar.empty()
                .source("shared.Library", library("of the host"))
                .writeTo(temp.resolve("lib.jar"));
        URL[] urls = {library.toUri().toURL()};
        try (URLClassLoader host = new URLClassLoader(urls, getClass().getClassLoader())) {
            PluginHome withLibrary = new PluginHome(temp.resolve("other"), builder -> builder.classLoader(host));
            SkillJar.skill("own", "1", EXECUTE)
                    .source("shared.Library", library("of the jar"))
                    .writeTo(withLibrary.jar("own.jar"));
            SkillJar.skill("none", "1", EXECUTE)
                    .source("shared.Library", library("of the jar"))
                    .without("shared.Library")
                    .writeTo(withLibrary.jar("none.jar"));

            withLibrary.registry.scan();

            assertThat(withLibrary.call("own")).isEqualTo("of the jar");
            assertThat(withLibrary.call("none")).isEqualTo("of the host");
        }
    }

    @Test
    void jarsDoNotSeeEachOther() throws Exception {
        SkillJar.skill("one", "1", EXECUTE)
                .source("shared.Library", library("one"))
                .writeTo(home.jar("one.jar"));
        SkillJar.skill("two", "1", EXECUTE)
                .source("shared.Library", library("two"))
                .writeTo(home.jar("two.jar"));

        home.registry.scan();

        assertThat(home.call("one")).isEqualTo("one");
        assertThat(home.call("two")).isEqualTo("two");
    }

    @Test
    void theSpiAndSlf4jAreTheHostsEvenIfTheJarHasThem() throws Exception {
        SkillJar.skill("greedy", "1")
                .source("io.victorhub.spi.Extra", "package io.victorhub.spi; public class Extra {}")
                .source("org.slf4j.Logger", "package org.slf4j; public interface Logger {}")
                .writeTo(home.jar("greedy.jar"));

        home.registry.scan();

        ClassLoader loader = home.handle("greedy").begin().orElseThrow().classLoader();
        assertThat(loader.loadClass("io.victorhub.spi.Skill")).isSameAs(Skill.class);
        assertThat(loader.loadClass("org.slf4j.Logger")).isSameAs(org.slf4j.Logger.class);
    }

    /** Old jars carry copies of what the platform has by now; two of one name do not fit together. */
    @Test
    void thePlatformsClassesAreNeverTheJars() throws Exception {
        byte[] jar = SkillJar.skill("old", "1").bytes();
        Path at = Files.write(home.jar("old.jar"), jar);
        addEntry(at, "java/sql/Driver.class", new byte[] {1, 2, 3});
        addEntry(at, "javax/xml/parsers/SAXParser.class", new byte[] {1, 2, 3});

        home.registry.scan();

        ClassLoader loader = home.handle("old").begin().orElseThrow().classLoader();
        assertThat(loader.loadClass("javax.xml.parsers.SAXParser")).isSameAs(javax.xml.parsers.SAXParser.class);
        assertThat(loader.loadClass("java.sql.Driver").getName()).isEqualTo("java.sql.Driver");
    }

    @Test
    void resourcesOfTheJarComeBeforeThoseOfTheHost() throws Exception {
        Path jar = SkillJar.skill("speaking", "1").writeTo(home.jar("speaking.jar"));
        addEntry(jar, "META-INF/services/org.junit.platform.engine.TestEngine", "of the jar".getBytes());

        home.registry.scan();

        ClassLoader loader = home.handle("speaking").begin().orElseThrow().classLoader();
        String name = "META-INF/services/org.junit.platform.engine.TestEngine";
        try (var in = loader.getResource(name).openStream()) {
            assertThat(new String(in.readAllBytes())).isEqualTo("of the jar");
        }
        assertThat(loader.getResources(name).nextElement()).isEqualTo(loader.getResource(name));
    }

    @Test
    void codeOfTheJarRunsWithItsLoaderInTheThread() throws Exception {
        String notes = """
                private static boolean own() {
                    return Thread.currentThread().getContextClassLoader() == Skill_own.class.getClassLoader();
                }
                static boolean constructed; public Skill_own() { constructed = own(); }
                private List<String> notes;
                public void open(SkillEnvironment environment) {
                    notes = environment.requiredService(List.class);
                    notes.add("constructed " + constructed);
                    notes.add("opened " + own());
                }
                public void close() { notes.add("closed " + own()); }
                """;
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Path jar = SkillJar.skill("own", "1", notes).writeTo(home.jar("own.jar"));

        home.registry.scan();
        Files.delete(jar);
        home.registry.scan();

        assertThat(home.notes).containsExactly("constructed true", "opened true", "closed true");
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void theLoaderIsClosedAfterTheLastCall() throws Exception {
        Path jar = SkillJar.skill("one", "1")
                .and("two", "1", "")
                .source("plugin.Late", "package plugin; public class Late {}")
                .source("plugin.Later", "package plugin; public class Later {}")
                .writeTo(home.jar("both.jar"));
        home.registry.scan();
        SkillCall one = home.handle("one").begin().orElseThrow();
        SkillCall two = home.handle("two").begin().orElseThrow();

        Files.delete(jar);
        home.registry.scan();
        one.close();

        assertThat(two.classLoader().loadClass("plugin.Late")).isNotNull();
        two.close();
        assertThat(findable(two.classLoader(), "plugin.Later")).isFalse();
    }

    @Test
    void nothingHoldsARemovedPlugin() throws Exception {
        Path jar = SkillJar.skill("greeter", "1").writeTo(home.jar("greeter.jar"));
        home.registry.scan();
        WeakReference<ClassLoader> loader = loaderAfterACall();

        Files.delete(jar);
        home.registry.scan();

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return loader.get() == null;
        });
    }

    @Test
    void nothingHoldsAPluginThatCouldNotBeOpened() throws Exception {
        String keepsItsLoader = "public void open(SkillEnvironment e) { e.requiredService(List.class).add(new"
                + " java.lang.ref.WeakReference<Object>(getClass().getClassLoader())); throw new"
                + " IllegalStateException(\"no luck\"); }";
        SkillJar.skill("bad", "1", keepsItsLoader).writeTo(home.jar("bad.jar"));

        home.registry.scan();

        assertThat(home.problems()).hasSize(1);
        WeakReference<?> loader = (WeakReference<?>) (Object) ((java.util.List<?>) home.notes).get(0);
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return loader.get() == null;
        });
    }

    private WeakReference<ClassLoader> loaderAfterACall() throws Exception {
        try (SkillCall call = home.handle("greeter").begin().orElseThrow()) {
            PluginHome.output(call, "greeter");
            return new WeakReference<>(call.classLoader());
        }
    }

    private static boolean findable(ClassLoader loader, String name) {
        try {
            loader.loadClass(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static String library(String version) {
        return "package shared; public class Library { public static String version() { return \"" + version
                + "\"; } }";
    }

    private static void addEntry(Path jar, String name, byte[] content) throws Exception {
        try (var zip = java.nio.file.FileSystems.newFileSystem(jar, Map.of())) {
            Path entry = zip.getPath(name);
            Files.createDirectories(entry.getParent());
            Files.write(entry, content);
        }
    }
}
