package io.victorhub.examples.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Projects made of the README's POM, built by Maven itself against a local repository of their own, which holds what an
 * {@code install} of this build would have put there. What else Maven needs it takes from the user's local repository,
 * and then from Central.
 */
@Tag("long")
@Timeout(240)
class MavenProjectIT {

    private static final String SETTINGS = """
            <settings><profiles><profile><id>fetched-before</id>
              <repositories>%1$s</repositories>
              <pluginRepositories>%2$s</pluginRepositories>
            </profile></profiles><activeProfiles><activeProfile>fetched-before</activeProfile></activeProfiles></settings>
            """;

    private static final String REPOSITORY = """
            <%1$s><id>fetched-before</id><url>%2$s</url>
              <releases><checksumPolicy>ignore</checksumPolicy></releases><snapshots><enabled>false</enabled></snapshots>
            </%1$s>
            """;

    private static final Pattern UNREACHABLE = Pattern.compile("Could not transfer artifact .* from/to central");

    @TempDir
    private Path folder;

    @BeforeEach
    void install() throws Exception {
        String version = Readme.read().version();
        for (String artifact : List.of("victor-spi", "victor-core")) {
            Path module = Readme.ROOT.resolve(artifact);
            Path installed = Files.createDirectories(
                    folder.resolve("repository/io/victorhub").resolve(artifact).resolve(version));
            String name = artifact + "-" + version;
            Files.copy(module.resolve("target/" + name + ".jar"), installed.resolve(name + ".jar"));
            Files.copy(module.resolve(".flattened-pom.xml"), installed.resolve(name + ".pom"));
        }
        String fetched = Path.of(System.getProperty("maven.repository")).toUri().toString();
        Files.writeString(
                folder.resolve("settings.xml"),
                SETTINGS.formatted(
                        REPOSITORY.formatted("repository", fetched),
                        REPOSITORY.formatted("pluginRepository", fetched)));
    }

    @Test
    void buildsSkillAndHostAsTheReadmeSaysAndRunsThem() throws Exception {
        Readme readme = Readme.read();
        Path skill = folder.resolve("shout-skill");
        write(skill.resolve("pom.xml"), readme.skillPom());
        write(skill.resolve("src/main/java/com/example/shout/ShoutSkill.java"), readme.skill());
        write(skill.resolve("src/main/java/module-info.java"), readme.skillModule());
        write(skill.resolve("src/main/resources/META-INF/services/io.victorhub.spi.Skill"), readme.skillProviders());
        Path host = folder.resolve("host");
        write(host.resolve("pom.xml"), hostPom(readme));
        write(host.resolve("src/main/java/App.java"), readme.app());

        maven(skill, "package");
        maven(
                host,
                "package",
                "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath",
                "-DincludeScope=runtime",
                "-Dmdep.outputFile=libraries.path");

        Path jar = skill.resolve("target/shout-skill-1.0.0.jar");
        assertThat(jar).exists();
        List<Path> path = new ArrayList<>(List.of(host.resolve("target/host-1.0.0.jar"), jar));
        path.add(Path.of(Files.readString(host.resolve("libraries.path"))));
        assertThat(path.get(2).toString())
                .contains("victor-spi", "jackson-core", "slf4j-api")
                .doesNotContain("jspecify");
        try (Child child = Child.java(folder, List.of("-cp", Libraries.path(path), "App"))) {
            assertThat(child.awaitEnd()).as("%s", child.errors()).isZero();
            assertThat(child.output()).startsWith("DONE: HELLO!");
        }
    }

    /** The POM of the skill, with another name and another dependency. */
    private static String hostPom(Readme readme) {
        String pom = readme.skillPom()
                .replace("<artifactId>shout-skill</artifactId>", "<artifactId>host</artifactId>")
                .replaceFirst("(?s)<dependency>.*</dependency>", readme.coreDependency());
        assertThat(pom).contains("victor-core").doesNotContain("victor-spi");
        return pom;
    }

    private void maven(Path project, String... goals) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-B",
                "-ntp",
                "-gs",
                folder.resolve("settings.xml").toString(),
                "-Dmaven.repo.local=" + folder.resolve("repository")));
        command.addAll(List.of(goals));
        try (Child child = Child.start(project, command)) {
            int code = child.awaitEnd();
            String said = String.join("\n", child.output());
            if (code != 0 && UNREACHABLE.matcher(said).find()) {
                System.out.println(
                        "NOT TESTED HERE: a Maven project outside the repository (Central cannot be reached)");
                abort("Maven cannot fetch what it needs: " + said);
            }
            assertThat(code).as("mvn in %s: %s", project, said).isZero();
        }
    }

    private static void write(Path file, String text) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
