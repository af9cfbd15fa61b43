package io.victorhub.examples.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's skill, dropped into the plug-in folder of a host that works. */
class PluginFolderIT {

    @TempDir
    private Path folder;

    @Test
    void aJarThatComesIsUsedReplacedAndGivenUpWhileTheHostRuns() throws Exception {
        Readme readme = Readme.read();
        Path first = Project.shout(folder.resolve("first"), readme).jar(Libraries.spi());
        Path second = Project.shout(folder.resolve("second"), readme, louder(readme.skill()))
                .jar(Libraries.spi());
        Path host = DrivenHosts.onTheClassPath(folder.resolve("host"));

        try (Child child = Child.java(folder, List.of("-cp", path(host), DrivenHosts.MAIN))) {
            child.await("READY");
            child.tell("submit t-1 hello");
            child.await("WAITING text.shout");
            drop(first);
            child.await("SKILLS [shouter 1.0.0]");
            child.await("SETTLED t-1 DONE HELLO!");

            drop(second);
            child.await("SKILLS [shouter 2.0.0]");
            child.tell("submit t-2 hello");
            child.await("SETTLED t-2 DONE HELLO!!");

            long before = child.printed("SKILLS []"); // a copy may be seen as gone and come again
            Files.delete(dropped());
            child.await("SKILLS []", before + 1);
            child.tell("submit t-3 hello");
            child.await("WAITING text.shout", 2);
            assertThat(child.awaitEnd()).as("%s", child.errors()).isZero();
        }
    }

    @Test
    void aTaskThatRunsEndsOnTheOldVersionWhileTheNewOneWorks() throws Exception {
        Readme readme = Readme.read();
        Path first = Project.shout(folder.resolve("first"), readme, waiting(readme.skill()))
                .jar(Libraries.spi());
        Path second = Project.shout(folder.resolve("second"), readme, louder(readme.skill()))
                .jar(Libraries.spi());
        Path host = DrivenHosts.asAModule(folder.resolve("host"));
        drop(first);

        try (Child child =
                Child.java(folder, List.of("-p", path(host), "-m", DrivenHosts.MODULE + "/" + DrivenHosts.MAIN))) {
            child.tell("submit t-1 hello");
            child.await("STARTED t-1 shouter 1.0.0");
            drop(second);
            child.await("SKILLS [shouter 2.0.0]");
            child.tell("submit t-2 hello");
            child.await("SETTLED t-2 DONE HELLO!!");
            assertThat(child.output()).noneMatch(line -> line.startsWith("SETTLED t-1"));

            child.tell("open");
            child.await("SETTLED t-1 DONE HELLO!");
            assertThat(child.awaitEnd()).as("%s", child.errors()).isZero();
        }
    }

    private Path dropped() {
        return folder.resolve("victor-home/skills/shout-skill.jar");
    }

    private void drop(Path jar) throws Exception {
        Files.createDirectories(dropped().getParent());
        Files.copy(jar, dropped(), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Another version with another output. */
    private static String louder(String skill) {
        return changed(changed(skill, "version(\"1.0.0\")", "version(\"2.0.0\")"), "+ \"!\"", "+ \"!!\"");
    }

    /** Does nothing before the host opens the gate that it lends. */
    private static String waiting(String skill) {
        String opened = """
                    private java.util.concurrent.CountDownLatch gate;

                    @Override
                    public void open(io.victorhub.spi.SkillEnvironment environment) {
                        gate = environment.requiredService(java.util.concurrent.CountDownLatch.class);
                    }
                """;
        String gated = changed(skill, "implements Skill {", "implements Skill {\n" + opened);
        return changed(
                changed(gated, "SkillContext context) {", "SkillContext context) throws InterruptedException {"),
                "return Result",
                "gate.await();\n        return Result");
    }

    private static String changed(String source, String from, String to) {
        assertThat(source).containsOnlyOnce(from);
        return source.replace(from, to);
    }

    private static String path(Path host) throws Exception {
        return Libraries.path(
                Stream.concat(Stream.of(host), Libraries.ofAHost().stream()).toList());
    }
}
