package io.victorhub.examples.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the README of the repository says: the blocks of code in it are what strangers copy. */
record Readme(String text) {

    /** The folder of the repository; the tests run in that of their module. */
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    static Readme read() throws IOException {
        return new Readme(Files.readString(ROOT.resolve("README.md")));
    }

    String app() {
        return block("java", "public class App");
    }

    String skill() {
        return block("java", "class ShoutSkill");
    }

    String skillModule() {
        return block("java", "module com.example.shout");
    }

    String skillProviders() {
        return block("", "com.example.shout.ShoutSkill");
    }

    String skillPom() {
        return block("xml", "<artifactId>shout-skill</artifactId>");
    }

    String coreDependency() {
        return block("xml", "<artifactId>victor-core</artifactId>");
    }

    /** {@return the version that a host is told to name} */
    String version() {
        return coreDependency().replaceAll("(?s).*<version>(.*)</version>.*", "$1");
    }

    String queue() {
        return block("json", "\"task_001\"");
    }

    String runCommand() {
        return block("sh", "java -jar").strip();
    }

    /** {@return the first group of each match} */
    List<String> all(String pattern) {
        List<String> found = Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(found).as("what matches %s in README.md", pattern).isNotEmpty();
        return found;
    }

    private String block(String language, String part) {
        List<String> found = BLOCK.matcher(text)
                .results()
                .filter(match -> match.group(1).equals(language))
                .map((MatchResult match) -> match.group(2))
                .filter(block -> block.contains(part))
                .toList();
        assertThat(found)
                .as("blocks '%s' of README.md with: %s", language, part)
                .hasSize(1);
        return found.get(0);
    }
}
