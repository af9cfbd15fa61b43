package io.victorhub.registry.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.victorhub.testing.SkillJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is broken is told of in one clear message, and keeps nobody else out. */
class PluginFaultsTest {

    @TempDir
    Path temp;

    PluginHome home;

    @BeforeEach
    void makeHomeWithAGoodJar() throws Exception {
        home = new PluginHome(temp);
        SkillJar.skill("good", "1").writeTo(home.jar("good.jar"));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        "throwing constructor",
                        SkillJar.skill(
                                "bad", "1", "public Skill_bad() { throw new IllegalStateException(\"no luck\"); }"),
                        "plugin.Skill_bad: java.lang.IllegalStateException: no luck"),
                Arguments.of(
                        "throwing static initialiser",
                        SkillJar.skill(
                                "bad", "1", "static { if (true) throw new IllegalStateException(\"no luck\"); }"),
                        "java.lang.IllegalStateException: no luck"),
                Arguments.of(
                        "no public constructor",
                        SkillJar.skill("bad", "1", "Skill_bad() {}"),
                        "java.lang.NoSuchMethodException: plugin.Skill_bad.<init>()"),
                Arguments.of(
                        "missing class that the provider file names",
                        SkillJar.skill("bad", "1").without("plugin.Skill_bad"),
                        "Provider plugin.Skill_bad not found"),
                Arguments.of(
                        "missing superclass",
                        SkillJar.empty()
                                .source("plugin.Base", "package plugin; public class Base {}")
                                .source(
                                        "plugin.Bad",
                                        "package plugin; import io.victorhub.spi.*; public class Bad extends Base implements"
                                                + " Skill { public SkillDescriptor descriptor() { return null; } public"
                                                + " Result execute(Task t, SkillContext c) { return null; } }")
                                .provider("plugin.Bad")
                                .without("plugin.Base"),
                        "java.lang.NoClassDefFoundError: plugin/Base"),
                Arguments.of(
                        "missing class that its descriptor needs",
                        SkillJar.skill(
                                        "bad",
                                        "1",
                                        "static class Used { static String name() { return \"bad\"; } }"
                                                + "public SkillDescriptor descriptor() { return SkillDescriptor.of(Used.name())"
                                                + ".capability(\"bad\").build(); }")
                                .without("plugin.Skill_bad$Used"),
                        "plugin.Skill_bad of plug-in bad.jar is kept out: its descriptor() threw"
                                + " java.lang.NoClassDefFoundError: plugin/Skill_bad$Used"),
                Arguments.of(
                        "null descriptor",
                        SkillJar.skill("bad", "1", "public SkillDescriptor descriptor() { return null; }"),
                        "plugin.Skill_bad of plug-in bad.jar is kept out: its descriptor() returned null"),
                Arguments.of(
                        "invalid descriptor",
                        SkillJar.skill(
                                "bad",
                                "1",
                                "public SkillDescriptor descriptor() { return SkillDescriptor.of(\"Bad One\").build(); }"),
                        "its descriptor() threw java.lang.IllegalArgumentException: skill name 'Bad One' must be"),
                Arguments.of(
                        "throwing open",
                        SkillJar.skill(
                                "bad",
                                "1",
                                "public void open(SkillEnvironment e) throws Exception { throw new Exception(\"no disk\"); }"),
                        "skill bad (plug-in bad.jar) is kept out: it cannot be opened: java.lang.Exception: no disk"),
                Arguments.of(
                        "exception whose message throws",
                        SkillJar.skill(
                                "bad",
                                "1",
                                "public void open(SkillEnvironment e) { throw new RuntimeException() { public String"
                                        + " getMessage() { throw new StackOverflowError(); } }; }"),
                        "it cannot be opened: plugin.Skill_bad$1"),
                Arguments.of(
                        "exception whose cause throws",
                        SkillJar.skill(
                                "bad",
                                "1",
                                "public void open(SkillEnvironment e) { throw new RuntimeException(\"no luck\") { public"
                                        + " Throwable getCause() { throw new IllegalStateException(); } }; }"),
                        "it cannot be opened: plugin.Skill_bad$1: no luck"),
                Arguments.of(
                        "missing setting",
                        SkillJar.skill(
                                "bad", "1", "public void open(SkillEnvironment e) { e.requiredSetting(\"host\"); }"),
                        "setting 'host' of skill bad is missing; give it to the hub's builder with setting(\"bad\","
                                + " \"host\", …), as bad.host in its properties file, or in the environment as"
                                + " VICTOR_BAD_HOST"),
                Arguments.of(
                        "missing service",
                        SkillJar.skill(
                                "bad",
                                "1",
                                "public void open(SkillEnvironment e) { e.requiredService(java.util.concurrent.Executor.class); }"),
                        "skill bad needs a java.util.concurrent.Executor of its host; give one to the hub's builder with"
                                + " service(Executor.class, …)"),
                Arguments.of(
                        "provider that is no skill",
                        SkillJar.empty()
                                .source("plugin.Other", "package plugin; public class Other {}")
                                .provider("plugin.Other"),
                        "plugin.Other not a subtype"),
                Arguments.of(
                        "nonsense in the provider file",
                        SkillJar.empty().provider("this is no class name"),
                        "Illegal configuration-file syntax"),
                Arguments.of(
                        "no provider file",
                        SkillJar.empty().source("plugin.Other", "package plugin; public class Other {}"),
                        "it lists no skill of its own in META-INF/services/io.victorhub.spi.Skill"),
                Arguments.of(
                        "class of the host in the provider file",
                        SkillJar.empty().provider("io.victorhub.registry.loading.PluginFaultsTest$OfTheHost"),
                        "it lists no skill of its own in META-INF/services/io.victorhub.spi.Skill"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isToldOfOnceAndKeepsNobodyElseOut(String fault, SkillJar bad, String message) throws Exception {
        Path jar = bad.writeTo(home.jar("bad.jar"));

        home.registry.scan();
        home.registry.scan();

        assertThat(home.skills()).containsExactly("good 1");
        assertThat(home.problem())
                .startsWith("plug-in " + jar + ": ")
                .contains(message)
                .endsWith("; mend or remove the jar");
        assertThat(home.told).hasSize(1);
        assertThat(home.copies()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void leavesTheVersionBeforeInPlace(String fault, SkillJar bad, String message) throws Exception {
        SkillJar.skill("bad", "1").writeTo(home.jar("bad.jar"));
        home.registry.scan();

        bad.writeTo(home.jar("bad.jar"));
        home.registry.scan();

        assertThat(home.skills()).containsExactly("bad 1", "good 1");
        assertThat(home.call("bad")).isEqualTo("1");
        assertThat(home.problem()).contains(message).endsWith("; its version before goes on; mend or remove the jar");
    }

    @Test
    void theRestOfABrokenJarIsLoaded() {
        SkillJar.skill("bad", "1", "public Skill_bad() { throw new IllegalStateException(\"no luck\"); }")
                .and("fine", "1", "")
                .provider("plugin.Missing")
                .writeTo(home.jar("bad.jar"));

        home.registry.scan();

        assertThat(home.skills()).containsExactly("fine 1", "good 1");
        assertThat(home.problem()).contains("no luck").contains("Provider plugin.Missing not found");
    }

    @Test
    void aMendedJarIsLoadedAndTheProblemForgotten() {
        SkillJar.skill("bad", "1").without("plugin.Skill_bad").writeTo(home.jar("bad.jar"));
        home.registry.scan();

        SkillJar.skill("bad", "1").writeTo(home.jar("bad.jar"));
        home.registry.scan();

        assertThat(home.skills()).containsExactly("bad 1", "good 1");
        assertThat(home.problems()).isEmpty();
    }

    @Test
    void aRemovedJarIsNoProblemAnyMore() throws Exception {
        Path jar = SkillJar.empty().writeTo(home.jar("bad.jar"));
        home.registry.scan();
        assertThat(home.problems()).hasSize(1);

        Files.delete(jar);
        home.registry.scan();

        assertThat(home.problems()).isEmpty();
    }

    @Test
    void whatIsNoJarIsToldOfWhenItStaysSo() throws Exception {
        Path jar = Files.writeString(home.jar("bad.jar"), "this is no jar");

        home.registry.scan();
        assertThat(home.problems()).isEmpty(); // it may be on its way
        home.registry.scan();

        assertThat(home.skills()).containsExactly("good 1");
        assertThat(home.problem())
                .startsWith("plug-in " + jar + " is no jar that can be read: ")
                .endsWith("; copy it again or remove it");
    }

    @Test
    void aHalfCopiedJarIsLoadedWhenItIsWhole() throws Exception {
        byte[] whole = SkillJar.skill("slow", "1").bytes();
        Files.write(home.jar("slow.jar"), Arrays.copyOf(whole, whole.length / 2));
        home.registry.scan();
        assertThat(home.skills()).containsExactly("good 1");

        Files.write(home.jar("slow.jar"), whole);
        home.registry.scan();

        assertThat(home.skills()).containsExactly("good 1", "slow 1");
        assertThat(home.told).isEmpty();
    }

    @Test
    void aHalfCopiedNewVersionLeavesTheOldOneInPlace() throws Exception {
        byte[] whole = SkillJar.skill("good", "2").bytes();
        home.registry.scan();

        Files.write(home.jar("good.jar"), Arrays.copyOf(whole, whole.length / 2));
        home.registry.scan();

        assertThat(home.call("good")).isEqualTo("1");
        Files.write(home.jar("good.jar"), whole);
        home.registry.scan();
        assertThat(home.call("good")).isEqualTo("2");
    }

    @Test
    void twoJarsThatClaimANameAreBothNamed() {
        SkillJar.empty().and("Other", "good", "2", "").writeTo(home.jar("other.jar"));

        home.registry.scan();

        assertThat(home.skills()).containsExactly("good 1");
        assertThat(home.problem())
                .contains(
                        "two skills claim the name 'good': plugin.Skill_good of plug-in good.jar has it, plugin.Other of"
                                + " plug-in other.jar is kept out; remove one of them");
    }

    @Test
    void aNameThatComesFreeGoesToWhoWaitedForIt() throws Exception {
        SkillJar.skill("good", "2").writeTo(home.jar("other.jar"));
        home.registry.scan();

        Files.delete(home.jar("good.jar"));
        home.registry.scan();

        assertThat(home.skills()).containsExactly("good 2");
        assertThat(home.problems()).isEmpty();
    }

    /** Both may replace the version before, but not each other. */
    @Test
    void twoClassesOfANewVersionDoNotShareAName() throws Exception {
        home.registry.scan();

        SkillJar.empty()
                .and("First", "good", "2", "")
                .and("Second", "good", "3", "")
                .writeTo(home.jar("good.jar"));
        home.registry.scan();

        assertThat(home.skills()).containsExactly("good 2");
        assertThat(home.problem())
                .contains("two skills claim the name 'good': plugin.First of plug-in good.jar has it, plugin.Second of"
                        + " plug-in good.jar is kept out");
    }

    @Test
    void aSkillThatThrowsWhenClosedIsGoneAllTheSame() throws Exception {
        Path jar = SkillJar.skill(
                        "bad",
                        "1",
                        "public void close() { throw new Error(\"no luck\") { public String getMessage() { throw new"
                                + " Error(); } }; }")
                .writeTo(home.jar("bad.jar"));
        home.registry.scan();

        Files.delete(jar);
        home.registry.scan();

        assertThat(home.skills()).containsExactly("good 1");
        assertThat(home.copies()).hasSize(1);
    }

    /** The one who ends the last call has a result to keep. */
    @Test
    void aSkillThatRunsOutOfMemoryWhenClosedDoesNotHarmWhoEndedItsLastCall() throws Exception {
        Path jar = SkillJar.skill("bad", "1", "public void close() { throw new OutOfMemoryError(\"for a test\"); }")
                .writeTo(home.jar("bad.jar"));
        home.registry.scan();
        SkillCall running = home.handle("bad").begin().orElseThrow();
        Files.delete(jar);
        home.registry.scan();

        assertThatCode(running::close).doesNotThrowAnyException();

        assertThat(home.copies()).hasSize(1);
    }

    @Test
    void aListenerThatThrowsHarmsNobody() throws Exception {
        PluginHome strict = new PluginHome(
                temp.resolve("strict"),
                builder -> builder.onChange(() -> {
                            throw new IllegalStateException("for a test");
                        })
                        .onProblem(problem -> {
                            throw new IllegalStateException("for a test");
                        }));
        SkillJar.skill("one", "1").writeTo(strict.jar("a.jar"));
        SkillJar.empty().writeTo(strict.jar("b.jar"));
        SkillJar.skill("two", "1").writeTo(strict.jar("c.jar"));

        strict.registry.scan();

        assertThat(strict.skills()).containsExactly("one 1", "two 1");
        assertThat(strict.problems()).hasSize(1);
    }

    @Test
    void aMachineErrorIsThrownWhenAllJarsHaveBeenLookedAt() {
        SkillJar.skill("early", "1")
                .and("ill", "1", "public void open(SkillEnvironment e) { throw new OutOfMemoryError(\"for a test\"); }")
                .writeTo(home.jar("a.jar"));

        assertThatCode(home.registry::scan).isInstanceOf(OutOfMemoryError.class);
        assertThat(home.skills()).containsExactly("early 1", "good 1");
        home.registry.scan();

        assertThat(home.skills()).containsExactly("early 1", "good 1");
        assertThat(home.problem()).contains("java.lang.OutOfMemoryError: for a test");
    }

    /** In the jar's provider file, but not in the jar. */
    public static final class OfTheHost implements io.victorhub.spi.Skill {
        @Override
        public io.victorhub.spi.SkillDescriptor descriptor() {
            return io.victorhub.spi.SkillDescriptor.of("of-the-host")
                    .capability("t")
                    .build();
        }

        @Override
        public io.victorhub.spi.Result execute(io.victorhub.spi.Task task, io.victorhub.spi.SkillContext context) {
            return io.victorhub.spi.Result.success(null);
        }
    }
}
