package io.victorhub.registry.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.registry.Origin;
import io.victorhub.registry.RegisteredSkill;
import io.victorhub.testing.SettableClock;
import io.victorhub.testing.SkillJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {

    private static final String NOTES_ITS_CLOSE = """
            private List<String> notes;
            public void open(SkillEnvironment environment) { notes = environment.requiredService(List.class); }
            public void close() { notes.add("closed " + descriptor().version()); }
            """;

    @TempDir
    Path temp;

    PluginHome home;

    @BeforeEach
    void makeHome() throws Exception {
        home = new PluginHome(temp);
    }

    @Test
    void picksUpAJar() throws Exception {
        Path jar = SkillJar.skill("greeter", "1").writeTo(home.jar("greeter.jar"));

        home.registry.scan();

        assertThat(home.skills()).containsExactly("greeter 1");
        assertThat(home.call("greeter")).isEqualTo("1");
        RegisteredSkill listed = home.registry.skills().get(0);
        assertThat(listed.enabled()).isTrue();
        assertThat(listed.since()).isEqualTo(SettableClock.START);
        assertThat(listed.origin()).isInstanceOfSatisfying(Origin.PluginJar.class, origin -> {
            assertThat(origin.path()).isEqualTo(jar);
            assertThat(origin.sha256()).matches("[0-9a-f]{64}");
            assertThat(origin.text()).isEqualTo("plug-in greeter.jar");
        });
        assertThat(home.problems()).isEmpty();
    }

    @Test
    void picksUpAllSkillsOfAJar() {
        SkillJar.skill("one", "1").and("two", "2", "").writeTo(home.jar("both.jar"));

        home.registry.scan();

        assertThat(home.skills()).containsExactly("one 1", "two 2");
    }

    @Test
    void loadsAJarOnceHoweverOftenItLooks() {
        SkillJar.skill("greeter", "1").writeTo(home.jar("greeter.jar"));
        home.registry.scan();
        SkillHandle first = home.handle("greeter");

        home.registry.scan();

        assertThat(home.handle("greeter")).isSameAs(first);
        assertThat(home.changes).hasValue(1);
    }

    @Test
    void keepsASkillWhoseJarWasTouchedButNotChanged() throws Exception {
        Path jar = SkillJar.skill("greeter", "1").writeTo(home.jar("greeter.jar"));
        home.registry.scan();
        SkillHandle first = home.handle("greeter");

        Files.setLastModifiedTime(jar, java.nio.file.attribute.FileTime.fromMillis(1));
        home.registry.scan();

        assertThat(home.handle("greeter")).isSameAs(first);
    }

    @Test
    void replacesASkillWhenItsJarChanges() throws Exception {
        SkillJar.skill("greeter", "1", NOTES_ITS_CLOSE).writeTo(home.jar("greeter.jar"));
        home.registry.scan();

        SkillJar.skill("greeter", "2", NOTES_ITS_CLOSE).writeTo(home.jar("greeter.jar"));
        home.registry.scan();

        assertThat(home.skills()).containsExactly("greeter 2");
        assertThat(home.call("greeter")).isEqualTo("2");
        assertThat(home.notes).containsExactly("closed 1");
        assertThat(home.problems()).isEmpty();
    }

    /** The class it needs is loaded after the jar was replaced, so its loader must still be open. */
    @Test
    void aRunningCallEndsOnTheVersionItBeganOn() throws Exception {
        String late = "public Result execute(Task task, SkillContext context) { return Late.result(); }"
                + "static class Late { static Result result() { return Result.success(\"old\"); } }";
        SkillJar.skill("greeter", "1", late + NOTES_ITS_CLOSE).writeTo(home.jar("greeter.jar"));
        home.registry.scan();
        SkillCall running = home.handle("greeter").begin().orElseThrow();

        SkillJar.skill("greeter", "2").writeTo(home.jar("greeter.jar"));
        home.registry.scan();

        assertThat(home.call("greeter")).isEqualTo("2");
        assertThat(home.notes).isEmpty();
        assertThat(PluginHome.output(running, "greeter")).isEqualTo("old");
        running.close();
        assertThat(home.notes).containsExactly("closed 1");
    }

    @Test
    void retiresASkillWhoseJarIsGone() throws Exception {
        Path jar = SkillJar.skill("greeter", "1", NOTES_ITS_CLOSE).writeTo(home.jar("greeter.jar"));
        home.registry.scan();

        Files.delete(jar);
        home.registry.scan();

        assertThat(home.skills()).isEmpty();
        assertThat(home.registry.types()).isEmpty();
        assertThat(home.notes).containsExactly("closed 1");
        assertThat(home.changes).hasValue(2);
    }

    @Test
    void retiresTheSkillThatANewVersionOfItsJarNoLongerHas() {
        SkillJar.skill("one", "1", NOTES_ITS_CLOSE).and("two", "1", "").writeTo(home.jar("both.jar"));
        home.registry.scan();

        SkillJar.skill("two", "2").writeTo(home.jar("both.jar"));
        home.registry.scan();

        assertThat(home.skills()).containsExactly("two 2");
        assertThat(home.notes).containsExactly("closed 1");
    }

    @Test
    void letsGoOfAJarThatIsNotUsedAnyMore() throws Exception {
        Path jar = SkillJar.skill("greeter", "1").writeTo(home.jar("greeter.jar"));
        home.registry.scan();
        SkillCall running = home.handle("greeter").begin().orElseThrow();
        assertThat(home.copies()).hasSize(1);

        Files.delete(jar);
        home.registry.scan();

        assertThat(home.copies()).hasSize(1);
        running.close();
        assertThat(home.copies()).isEmpty();
    }

    @Test
    void letsGoOfTheCopiesOfReplacedAndRefusedJars() throws Exception {
        SkillJar.skill("greeter", "1").writeTo(home.jar("greeter.jar"));
        home.registry.scan();
        SkillJar.skill("greeter", "2").writeTo(home.jar("greeter.jar"));
        SkillJar.skill("greeter", "3").writeTo(home.jar("other.jar"));

        home.registry.scan();

        assertThat(home.copies()).hasSize(1);
    }

    @Test
    void looksAtJarsOnly() throws Exception {
        Files.writeString(home.jar("README.txt"), "not a jar");
        Files.createDirectory(home.jar("folder.jar"));
        Files.writeString(home.jar(".greeter.jar"), "on its way");

        home.registry.scan();
        home.registry.scan();

        assertThat(home.problems()).isEmpty();
    }

    @Test
    void takesAFolderThatIsNotThereForEmpty() throws Exception {
        Files.delete(home.folder);

        home.registry.scan();

        assertThat(home.skills()).isEmpty();
        assertThat(home.problems()).isEmpty();
    }

    @Test
    void staysDisabledInANewerVersion() {
        SkillJar.skill("greeter", "1").writeTo(home.jar("greeter.jar"));
        home.registry.scan();

        home.registry.disable("greeter");
        SkillJar.skill("greeter", "2").writeTo(home.jar("greeter.jar"));
        home.registry.scan();

        assertThat(home.skills()).containsExactly("greeter 2");
        assertThat(home.registry.serving("greeter")).isEmpty();
        home.registry.enable("greeter");
        assertThat(home.registry.serving("greeter")).hasSize(1);
    }

    @Test
    void keepsOutWhatTheFilterDoesNotLetIn() throws Exception {
        PluginHome filtered =
                new PluginHome(temp.resolve("filtered"), builder -> builder.filter(name -> !name.equals("two")));
        SkillJar.skill("one", "1").and("two", "1", "").writeTo(filtered.jar("both.jar"));

        filtered.registry.scan();

        assertThat(filtered.skills()).containsExactly("one 1");
        assertThat(filtered.problem()).contains("skill two (plug-in both.jar) is kept out by the hub's filter");
    }

    @Test
    void takesNothingInOnceItIsClosed() {
        SkillJar.skill("greeter", "1", NOTES_ITS_CLOSE).writeTo(home.jar("greeter.jar"));
        home.registry.scan();

        home.registry.close(Duration.ZERO);
        SkillJar.skill("late", "1").writeTo(home.jar("late.jar"));
        home.registry.scan();

        assertThat(home.skills()).isEmpty();
        assertThat(home.notes).containsExactly("closed 1");
    }
}
