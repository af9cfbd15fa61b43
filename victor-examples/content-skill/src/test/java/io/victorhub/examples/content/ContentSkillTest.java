package io.victorhub.examples.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.victorhub.spi.Artifact;
import io.victorhub.spi.InvalidInputException;
import io.victorhub.spi.Parameter;
import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContentSkillTest {

    /** Of ten posts about AI with the seed 42, on every JDK. Change it when the words change, and only then. */
    private static final String GOLDEN = "3209721e4376e38f4adaaa48502f3f130c3803a9a1c5baca33079bdf2d930511";

    @TempDir
    Path workspace;

    private final Skill skill = new ContentSkill();

    @Test
    void writesThePostsThatTheSeedsQueueAsksFor() throws Exception {
        Task task = tenPosts().build();

        Result result = skill.execute(task, Attempt.in(workspace));

        assertThat(result).isInstanceOf(Result.Success.class);
        assertThat(files(workspace)).hasSize(10).startsWith("post-01.md").endsWith("post-10.md");
        assertThat(result.details().artifacts())
                .extracting(Artifact::path)
                .containsExactlyInAnyOrderElementsOf(files(workspace));
        assertThat(result.details().artifacts())
                .allSatisfy(post -> assertThat(post.mediaType()).isEqualTo("text/markdown"));
    }

    @Test
    void saysWhatItWrote() throws Exception {
        Map<?, ?> output = output(skill.execute(tenPosts().input("seed", 7).build(), Attempt.in(workspace)));

        assertThat(output.get("count")).isEqualTo(10L);
        assertThat(output.get("topic")).isEqualTo("AI");
        assertThat(output.get("style")).isEqualTo("professional");
        assertThat(output.get("seed")).isEqualTo(7L);
        assertThat((Long) output.get("words")).isBetween(3000L, 7000L);
        assertThat((List<?>) output.get("titles")).hasSize(10).doesNotHaveDuplicates();
        assertThat(Files.readString(workspace.resolve("post-03.md")))
                .startsWith("# " + ((List<?>) output.get("titles")).get(2) + "\n\n");
    }

    @Test
    void givesEveryOutputThatItDeclares() throws Exception {
        Map<?, ?> output = output(skill.execute(tenPosts().build(), Attempt.in(workspace)));

        assertThat(skill.descriptor().outputs()).extracting(Parameter::name).containsExactlyElementsOf(keys(output));
        assertThat(skill.descriptor().outputs())
                .allSatisfy(declared -> assertThat(declared.type().accepts(output.get(declared.name())))
                        .isTrue());
    }

    @Test
    void writesTheSameBytesForTheSameSeedOnEveryPlatform() throws Exception {
        skill.execute(tenPosts().input("seed", 42).build(), Attempt.in(workspace));

        assertThat(digest(workspace)).isEqualTo(GOLDEN);
    }

    @Test
    void takesTheSeedFromTheIdOfTheTaskWhereNoneIsGiven(@TempDir Path again, @TempDir Path other) throws Exception {
        skill.execute(tenPosts().id("task_001").build(), Attempt.in(workspace));
        skill.execute(tenPosts().id("task_001").build(), Attempt.in(again));
        skill.execute(tenPosts().id("task_002").build(), Attempt.in(other));

        assertThat(digest(again)).isEqualTo(digest(workspace));
        assertThat(digest(other)).isNotEqualTo(digest(workspace));
    }

    @Test
    void beginsALargerBatchWithThePostsOfTheSmallerOne(@TempDir Path larger) throws Exception {
        skill.execute(tenPosts().input("seed", 1).build(), Attempt.in(workspace));
        skill.execute(tenPosts().input("seed", 1).input("count", 12).build(), Attempt.in(larger));

        assertThat(files(workspace))
                .allSatisfy(file -> assertThat(larger.resolve(file)).hasSameTextualContentAs(workspace.resolve(file)));
    }

    @Test
    void numbersAThousandPostsSoThatTheySort() throws Exception {
        skill.execute(tenPosts().input("count", 1000).build(), Attempt.in(workspace));

        assertThat(files(workspace)).hasSize(1000).startsWith("post-0001.md").endsWith("post-1000.md");
    }

    @Test
    void writesAboutATopicThatItDoesNotKnow() throws Exception {
        Task task = Task.of("content_generation")
                .input("topic", "  underwater  chess")
                .build();

        Map<?, ?> output = output(skill.execute(task, Attempt.in(workspace)));

        assertThat(output.get("topic")).isEqualTo("underwater chess");
        assertThat(Files.readString(workspace.resolve("post-01.md"))).containsIgnoringCase("underwater chess");
    }

    @Test
    void tellsHowFarItIsAfterEachPost() throws Exception {
        Attempt attempt = Attempt.in(workspace);

        List<?> titles =
                (List<?>) output(skill.execute(tenPosts().input("count", 4).build(), attempt))
                        .get("titles");

        assertThat(attempt.fractions).containsExactly(.25, .5, .75, 1.);
        assertThat(attempt.messages).element(1).isEqualTo("post 2 of 4: " + titles.get(1));
    }

    @Test
    void stopsBetweenPostsWhenItIsCancelled() {
        Attempt attempt = Attempt.cancelledAfter(3, workspace);

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> skill.execute(tenPosts().build(), attempt));

        assertThat(files(workspace)).hasSize(3);
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> skill.execute(tenPosts().build(), Attempt.in(workspace)));

        assertThat(files(workspace)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("wrongInputs")
    void refusesInputsThatItCannotWorkWith(Map<String, Object> inputs, String message) {
        Task task = Task.of("content_generation").inputs(inputs).build();

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> skill.execute(task, Attempt.in(workspace)))
                .withMessage(message);

        assertThat(files(workspace)).isEmpty();
    }

    static Stream<Arguments> wrongInputs() {
        String topic = "; it must be 1..6 words of together at most 60 characters, on one line and without Markdown"
                + " signs such as * or <";
        return Stream.of(
                Arguments.of(Map.of(), "input 'topic' is missing; it must be text"),
                Arguments.of(Map.of("topic", 7), "input 'topic' is 7; it must be text"),
                Arguments.of(Map.of("topic", " "), "input 'topic' has 1 characters" + topic),
                Arguments.of(Map.of("topic", "a\nb"), "input 'topic' has 3 characters" + topic),
                Arguments.of(Map.of("topic", "<script>"), "input 'topic' has 8 characters" + topic),
                Arguments.of(Map.of("topic", "x".repeat(61)), "input 'topic' has 61 characters" + topic),
                Arguments.of(Map.of("topic", "a b c d e f g"), "input 'topic' has 13 characters" + topic),
                Arguments.of(Map.of("topic", "AI", "count", 0), "input 'count' is 0; it must be 1..1000"),
                Arguments.of(Map.of("topic", "AI", "count", 1001), "input 'count' is 1001; it must be 1..1000"),
                Arguments.of(
                        Map.of("topic", "AI", "count", 1.5),
                        "input 'count' is 1.5; it must be a whole number of at most 19 digits"),
                Arguments.of(
                        Map.of("topic", "AI", "style", "baroque"),
                        "input 'style' is 'baroque'; it must be one of casual, inspiring, professional, technical"));
    }

    @Test
    void writesTheSameWhenItServesSeveralTasksAtOnce(@TempDir Path many) throws Exception {
        skill.execute(tenPosts().input("seed", 5).build(), Attempt.in(workspace));

        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Path own = Files.createDirectory(many.resolve("call-" + i));
            calls.add(() -> {
                skill.execute(tenPosts().input("seed", 5).build(), Attempt.in(own));
                return digest(own);
            });
        }

        String alone = digest(workspace);
        assertThat(allOf(calls)).hasSize(8).containsOnly(alone);
    }

    private static List<String> allOf(List<Callable<String>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<String> results = new ArrayList<>();
            for (Future<String> call : threads.invokeAll(calls)) {
                results.add(call.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Task.Builder tenPosts() {
        return Task.of("content_generation")
                .input("count", 10)
                .input("topic", "AI")
                .input("style", "professional");
    }

    private static Map<?, ?> output(Result result) {
        return (Map<?, ?>) ((Result.Success) result).output();
    }

    private static List<String> keys(Map<?, ?> output) {
        return output.keySet().stream().map(String.class::cast).toList();
    }

    private static List<String> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(Path folder) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (String file : files(folder)) {
            sha256.update(file.getBytes(StandardCharsets.UTF_8));
            sha256.update(Files.readAllBytes(folder.resolve(file)));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }
}
