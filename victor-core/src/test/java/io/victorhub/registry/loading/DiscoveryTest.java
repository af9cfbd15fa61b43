package io.victorhub.registry.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.registry.Origin;
import io.victorhub.registry.RegisteredSkill;
import io.victorhub.registry.SkillProblem;
import io.victorhub.testing.SkillJar;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Skills on the class path and the module path. */
class DiscoveryTest {

    @TempDir
    Path temp;

    private final List<URLClassLoader> loaders = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (URLClassLoader loader : loaders) {
            loader.close();
        }
    }

    @Test
    void findsSkillsOnTheClassPath() throws Exception {
        Path jar = SkillJar.skill("one", "1").and("two", "1", "").writeTo(temp.resolve("both.jar"));
        SkillRegistry registry =
                SkillRegistry.builder().classLoader(classPath(jar)).build();

        registry.discover();

        assertThat(registry.skills())
                .extracting(skill -> skill.descriptor().name())
                .containsExactly("one", "two");
        assertThat(registry.skills())
                .extracting(RegisteredSkill::origin)
                .containsOnly(new Origin.ClassPath(jar.toUri().toURL().toString()));
        assertThat(registry.problems()).isEmpty();
    }

    @Test
    void findsSkillsOnTheModulePath() throws Exception {
        SkillRegistry registry = SkillRegistry.builder()
                .classLoader(modulePath(SkillJar.skill("modular", "1").writeTo(temp.resolve("my.skills.jar"))))
                .build();

        registry.discover();

        assertThat(registry.skills()).singleElement().satisfies(skill -> {
            assertThat(skill.descriptor().name()).isEqualTo("modular");
            assertThat(skill.origin()).isEqualTo(new Origin.ModulePath("my.skills"));
            assertThat(skill.origin().text()).isEqualTo("module my.skills");
        });
    }

    /** The service loader shows a plug-in what the modules of its host provide. */
    @Test
    void aPluginIsNotTakenForTheSkillsOfTheHostsModules() throws Exception {
        ClassLoader host = modulePath(SkillJar.skill("modular", "1").writeTo(temp.resolve("my.skills.jar")));
        PluginHome home = new PluginHome(temp, builder -> builder.classLoader(host));
        SkillJar.empty().and("Own", "own", "1", "").writeTo(home.jar("own.jar"));

        home.registry.discover();
        home.registry.scan();

        assertThat(home.skills()).containsExactly("modular 1", "own 1");
        assertThat(home.problems()).isEmpty();
    }

    @Test
    void keepsWhatIsBrokenOutWithAMessageEach() throws Exception {
        Path good = SkillJar.skill("good", "1").writeTo(temp.resolve("good.jar"));
        Path bad = SkillJar.skill("bad", "1", "public Skill_bad() { throw new IllegalStateException(\"no luck\"); }")
                .provider("plugin.Missing")
                .provider("plugin.Absent")
                .writeTo(temp.resolve("bad.jar"));
        SkillRegistry registry =
                SkillRegistry.builder().classLoader(classPath(bad, good)).build();

        registry.discover();

        assertThat(registry.skills())
                .extracting(skill -> skill.descriptor().name())
                .containsExactly("good");
        assertThat(registry.problems())
                .extracting(SkillProblem::message)
                .allMatch(message -> message.endsWith(
                        "; mend or remove the jar that lists it in META-INF/services/io.victorhub.spi.Skill"))
                .anyMatch(message ->
                        message.startsWith("plugin.Skill_bad cannot be used: java.lang.IllegalStateException: no luck"))
                .anyMatch(message ->
                        message.startsWith("a provider of skills on the class or module path cannot be used:")
                                && message.contains("Provider plugin.Missing not found"))
                .anyMatch(message -> message.contains("Provider plugin.Absent not found"))
                .hasSize(3);
    }

    @Test
    void namesBothSkillsThatClaimAName() throws Exception {
        Path first = SkillJar.empty().and("First", "twin", "1", "").writeTo(temp.resolve("first.jar"));
        Path second = SkillJar.empty().and("Second", "twin", "2", "").writeTo(temp.resolve("second.jar"));
        SkillRegistry registry =
                SkillRegistry.builder().classLoader(classPath(first, second)).build();

        registry.discover();

        assertThat(registry.skills()).hasSize(1);
        assertThat(registry.problems())
                .singleElement()
                .extracting(SkillProblem::message)
                .asString()
                .isEqualTo("two skills claim the name 'twin': plugin.First of class path "
                        + first.toUri().toURL() + " has it, plugin.Second of class path "
                        + second.toUri().toURL() + " is kept out; remove one of them");
    }

    private ClassLoader classPath(Path... jars) throws Exception {
        URL[] urls = new URL[jars.length];
        for (int i = 0; i < jars.length; i++) {
            urls[i] = jars[i].toUri().toURL();
        }
        URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader());
        loaders.add(loader);
        return loader;
    }

    private ClassLoader modulePath(Path jar) {
        Configuration modules = ModuleLayer.boot()
                .configuration()
                .resolve(ModuleFinder.of(jar), ModuleFinder.of(), Set.of("my.skills"));
        return ModuleLayer.boot()
                .defineModulesWithOneLoader(modules, getClass().getClassLoader())
                .findLoader("my.skills");
    }
}
