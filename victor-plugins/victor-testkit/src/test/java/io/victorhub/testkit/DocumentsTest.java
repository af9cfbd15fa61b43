package io.victorhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.Hub;
import io.victorhub.spi.Skill;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The documents say what is: their Java compiles, and their links lead somewhere. A block with imports or a package is a
 * file as it stands; one that begins with an annotation is part of a skill; any other is part of a method, which has a
 * {@code hub}, a {@code home} and a skill's {@code context}.
 */
class DocumentsTest {

    private static final Path ROOT =
            Path.of("").toAbsolutePath().resolve("../..").normalize();

    private static final List<Class<?>> LIBRARIES =
            List.of(Hub.class, Skill.class, HandDrivenHub.class, Test.class, Assertions.class);

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern TYPE = Pattern.compile("(?m)^(?:public |final )*(?:class|record|interface) (\\w+)");
    private static final Pattern LINK = Pattern.compile("(?<!`)\\[[^\\]]*]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");

    private static final String IMPORTS = Stream.of(
                    "io.victorhub",
                    "io.victorhub.audit",
                    "io.victorhub.dashboard",
                    "io.victorhub.history",
                    "io.victorhub.metrics",
                    "io.victorhub.review",
                    "io.victorhub.routing",
                    "io.victorhub.scheduling",
                    "io.victorhub.spi",
                    "io.victorhub.spi.meter",
                    "io.victorhub.spi.store",
                    "java.net.http",
                    "java.nio.file",
                    "java.time",
                    "java.util",
                    "java.util.concurrent")
            .map(name -> "import " + name + ".*; ")
            .collect(Collectors.joining());

    private static final String GIVEN =
            "Hub hub; Path home; SkillContext context; String endpoint; Secret token; HttpClient http; ";

    /** A block of Java, and the line above its first. */
    private record Block(int line, String text) {

        boolean isModule() {
            return text.startsWith("module ");
        }

        boolean isFile() {
            return text.startsWith("import ") || isInPackage();
        }

        boolean isInPackage() {
            return text.startsWith("package ");
        }

        String fileName() {
            return isModule()
                    ? "module-info"
                    : isFile() ? find(TYPE, text).get(0).group(1) : "Fragment";
        }

        String source() {
            if (isFile() || isModule()) {
                return text;
            }
            String head = IMPORTS + "abstract class Fragment" + line + " implements Skill { " + GIVEN;
            if (text.startsWith("@")) {
                return head + "\n" + text + "}";
            }
            return head + "Object run() throws Exception {\n" + text + (text.contains("return ") ? "" : "return null;")
                    + "}}";
        }
    }

    @TempDir
    private Path folder;

    static List<Path> documents() throws IOException {
        try (Stream<Path> files = Stream.concat(
                Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(ROOT::resolve),
                Files.walk(ROOT.resolve("docs")).filter(file -> file.toString().endsWith(".md")))) {
            return files.sorted().toList();
        }
    }

    static List<Path> documentsWithJava() throws IOException {
        return documents().stream()
                .filter(document -> !document.endsWith("CONTRIBUTING.md")) // its store is the reader's
                .filter(document -> !blocks(document).isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documentsWithJava")
    void theJavaInADocumentCompiles(Path document) throws IOException {
        List<Block> blocks = blocks(document);

        assertThat(compile(
                        "--class-path",
                        LIBRARIES,
                        blocks.stream().filter(block -> !block.isModule()).toList()))
                .isEmpty();
        if (blocks.stream().anyMatch(Block::isModule)) {
            assertThat(compile(
                            "--module-path",
                            List.of(Skill.class),
                            blocks.stream()
                                    .filter(block -> block.isModule() || block.isInPackage())
                                    .toList()))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void theLinksInADocumentLeadSomewhere(Path document) throws IOException {
        List<String> broken = new ArrayList<>();
        for (MatchResult link : find(LINK, Files.readString(document))) {
            Path target = link.group(1).isEmpty()
                    ? document
                    : document.resolveSibling(link.group(1)).normalize();
            boolean elsewhere = link.group(1).contains(":");
            if (!elsewhere
                    && (!Files.exists(target)
                            || link.group(2) != null && !headings(target).contains(link.group(2)))) {
                broken.add(link.group());
            }
        }

        assertThat(broken).isEmpty();
    }

    private String compile(String pathOption, List<Class<?>> path, List<Block> blocks) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                pathOption,
                path.stream().map(DocumentsTest::place).distinct().collect(Collectors.joining(File.pathSeparator)),
                "--release",
                "17",
                "-nowarn", // of annotations that JUnit has and we have not
                "-proc:none",
                "-d",
                folder.resolve("classes").toString()));
        for (Block block : blocks) {
            Path file = folder.resolve("line-" + block.line()).resolve(block.fileName() + ".java");
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, block.source()).toString());
        }
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new));
        return said.toString();
    }

    private static List<Block> blocks(Path document) {
        String text = read(document);
        return find(BLOCK, text).stream()
                .map(found -> new Block(
                        (int) text.substring(0, found.start(1)).lines().count(), found.group(1)))
                .toList();
    }

    /** As GitHub names them. */
    private static List<String> headings(Path document) {
        return read(document)
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    private static List<MatchResult> find(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    private static String read(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
