package io.victorhub.examples.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's application and its skill, on the class path. */
class ClassPathIT {

    @TempDir
    private Path folder;

    @Test
    void findsASkillOfAJarOfItsOwn() throws Exception {
        Path shout = Project.shout(folder.resolve("shout"), Readme.read()).jar(Libraries.spi());
        Path app = app(Readme.read().app()).jar(Libraries.ofAHost());

        try (Child child = Child.java(folder, List.of("-cp", path(app, shout), "App"))) {
            assertThat(child.awaitEnd()).as("%s", child.errors()).isZero();

            assertThat(child.output())
                    .startsWith("DONE: HELLO!")
                    .contains("Autonomous Operation Dashboard:")
                    .anyMatch(line -> line.endsWith("Tasks Processed: 1"));
            assertThat(child.errors()).allMatch(line -> line.startsWith("SLF4J(W): "));
            assertThat(folder.resolve("victor-home/skills")).isEmptyDirectory();
        }
    }

    @Test
    void takesASkillThatIsMadeInCode() throws Exception {
        Readme readme = Readme.read();
        String given = readme.all("`Hub\\.at\\(home\\)(\\.skill\\(new ShoutSkill\\(\\)\\))`")
                .get(0);
        String atHome = "Hub.at(Path.of(\"victor-home\"))";
        assertThat(readme.app()).contains(atHome);
        Path app = app("import com.example.shout.ShoutSkill;\n" + readme.app().replace(atHome, atHome + given))
                .source("com/example/shout/ShoutSkill.java", readme.skill())
                .jar(Libraries.ofAHost());

        try (Child child = Child.java(folder, List.of("-cp", path(app), "App"))) {
            assertThat(child.awaitEnd()).as("%s", child.errors()).isZero();

            assertThat(child.output()).startsWith("DONE: HELLO!");
        }
    }

    @Test
    void logsOnceThatTasksWaitForASkill() throws Exception {
        Path host = DrivenHosts.onTheClassPath(folder.resolve("host"));
        List<String> command = new ArrayList<>(List.of("-cp"));
        command.add(path(
                Stream.concat(Stream.of(host), Libraries.logging().stream()).toArray(Path[]::new)));
        command.add(DrivenHosts.MAIN);

        try (Child child = Child.java(folder, command)) {
            child.tell("submit t-1 hello");
            child.await("WAITING text.shout");
            child.tell("submit t-2 hello");
            child.tell("find t-2");
            child.await("FOUND t-2 READY");
            assertThat(child.awaitEnd()).as("%s", child.errors()).isZero();

            assertThat(child.output())
                    .filteredOn(line -> line.contains(" WARN ") && line.contains("text.shout"))
                    .singleElement()
                    .asString()
                    .contains("no skill serves type text.shout; its tasks wait until one comes");
        }
    }

    private Project app(String source) throws Exception {
        return new Project(folder.resolve("app")).source("App.java", source);
    }

    private static String path(Path... own) throws Exception {
        return Libraries.path(
                Stream.concat(Stream.of(own), Libraries.ofAHost().stream()).toList());
    }
}
