package io.victorhub.examples.music;

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

class MusicSkillTest {

    /** Of one track of each genre with the seed 42, on every JDK. Change it when the music changes, and only then. */
    private static final String GOLDEN = "5fcebe868a05893c5b7fc20ed37af38e0a12c980998fdc56d64f903f6fd7f8bc";

    @TempDir
    Path workspace;

    private final Skill skill = new MusicSkill();

    @Test
    void makesTwoFilesOfEachTrackWithTheGenresInTurn() throws Exception {
        Result result = skill.execute(tracks(4).build(), Attempt.in(workspace));

        assertThat(result).isInstanceOf(Result.Success.class);
        assertThat(files(workspace))
                .containsExactly(
                        "track-01-ambient.mid",
                        "track-01-ambient.wav",
                        "track-02-electronic.mid",
                        "track-02-electronic.wav",
                        "track-03-corporate.mid",
                        "track-03-corporate.wav",
                        "track-04-ambient.mid",
                        "track-04-ambient.wav");
        assertThat(result.details().artifacts()).extracting(Artifact::path).containsExactlyElementsOf(files(workspace));
        assertThat(result.details().artifacts())
                .extracting(Artifact::mediaType)
                .startsWith("audio/midi", "audio/wav")
                .containsOnly("audio/midi", "audio/wav");
    }

    @Test
    void saysWhatItMade() throws Exception {
        Map<?, ?> output = output(skill.execute(tracks(2).input("seed", 7).build(), Attempt.in(workspace)));

        assertThat(output.get("count")).isEqualTo(2L);
        assertThat(output.get("seed")).isEqualTo(7L);
        assertThat(tracks(output)).extracting("genre").containsExactly("ambient", "electronic");
        assertThat(tracks(output)).extracting("title").doesNotHaveDuplicates();
        assertThat(tracks(output)).allSatisfy(track -> {
            assertThat((Double) track.get("seconds")).isBetween(20., 30.);
            assertThat((Long) track.get("tempo")).isBetween(60L, 180L);
            assertThat((String) track.get("key"))
                    .matches("[A-G]( flat| sharp)? (major|minor|dorian|lydian|mixolydian)");
            assertThat(workspace.resolve((String) track.get("midi"))).isRegularFile();
            assertThat(workspace.resolve((String) track.get("wav"))).isRegularFile();
        });
    }

    @Test
    void givesEveryOutputThatItDeclares() throws Exception {
        Map<?, ?> output = output(skill.execute(tracks(1).build(), Attempt.in(workspace)));

        assertThat(skill.descriptor().outputs())
                .extracting(Parameter::name)
                .containsExactlyElementsOf(
                        output.keySet().stream().map(String.class::cast).toList());
        assertThat(skill.descriptor().outputs())
                .allSatisfy(declared -> assertThat(declared.type().accepts(output.get(declared.name())))
                        .isTrue());
    }

    @Test
    void makesTheSameBytesOfAllGenresForTheSameSeedOnEveryPlatform() throws Exception {
        Task task = Task.of("music_generation")
                .input("count", 6)
                .input("sample_rate", 22050)
                .input("seed", 42)
                .build();

        Map<?, ?> output = output(skill.execute(task, Attempt.in(workspace)));

        assertThat(tracks(output)).extracting("genre").containsExactlyElementsOf(Genre.NAMES);
        assertThat(digest(workspace)).isEqualTo(GOLDEN);
    }

    @Test
    void takesTheSeedFromTheIdOfTheTaskWhereNoneIsGiven(@TempDir Path again, @TempDir Path other) throws Exception {
        skill.execute(tracks(1).id("task_001").build(), Attempt.in(workspace));
        skill.execute(tracks(1).id("task_001").build(), Attempt.in(again));
        skill.execute(tracks(1).id("task_002").build(), Attempt.in(other));

        assertThat(digest(again)).isEqualTo(digest(workspace));
        assertThat(digest(other)).isNotEqualTo(digest(workspace));
    }

    @Test
    void beginsALargerBatchWithTheTracksOfTheSmallerOne(@TempDir Path larger) throws Exception {
        skill.execute(tracks(1).input("seed", 1).build(), Attempt.in(workspace));
        skill.execute(tracks(2).input("seed", 1).build(), Attempt.in(larger));

        assertThat(files(workspace))
                .allSatisfy(file -> assertThat(larger.resolve(file)).hasSameBinaryContentAs(workspace.resolve(file)));
    }

    @Test
    void tellsHowFarItIsAfterEachTrack() throws Exception {
        Attempt attempt = Attempt.in(workspace);

        Map<?, ?> output = output(skill.execute(tracks(2).build(), attempt));

        assertThat(attempt.fractions).containsExactly(.5, 1.);
        assertThat(attempt.messages)
                .element(1)
                .isEqualTo("track 2 of 2: " + tracks(output).get(1).get("title") + " (electronic)");
    }

    @Test
    void stopsWithinATrackWhenItIsCancelled() {
        Attempt attempt = Attempt.cancelledAfter(30, workspace);

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> skill.execute(tracks(3).build(), attempt));

        assertThat(attempt.questions).hasValue(31);
        assertThat(files(workspace)).isEmpty();
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> skill.execute(tracks(3).build(), Attempt.in(workspace)));

        assertThat(files(workspace)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("wrongInputs")
    void refusesInputsThatItCannotWorkWith(Map<String, Object> inputs, String message) {
        Task task = Task.of("music_generation").inputs(inputs).build();

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> skill.execute(task, Attempt.in(workspace)))
                .withMessage(message);

        assertThat(files(workspace)).isEmpty();
    }

    static Stream<Arguments> wrongInputs() {
        return Stream.of(
                Arguments.of(Map.of("count", 0), "input 'count' is 0; it must be 1..200"),
                Arguments.of(Map.of("count", 201), "input 'count' is 201; it must be 1..200"),
                Arguments.of(
                        Map.of("genres", List.of("ambient", "polka")),
                        "input 'genres' names 'polka'; there are acoustic, ambient, cinematic, corporate, electronic,"
                                + " lofi"),
                Arguments.of(Map.of("genres", "ambient"), "input 'genres' is ambient; it must be a list"),
                Arguments.of(Map.of("sample_rate", 8000), "input 'sample_rate' is 8000; it must be 22050 or 44100"));
    }

    @Test
    void makesTheSameWhenItServesSeveralTasksAtOnce(@TempDir Path many) throws Exception {
        skill.execute(tracks(1).input("seed", 5).build(), Attempt.in(workspace));

        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Path own = Files.createDirectory(many.resolve("call-" + i));
            calls.add(() -> {
                skill.execute(tracks(1).input("seed", 5).build(), Attempt.in(own));
                return digest(own);
            });
        }

        String alone = digest(workspace);
        assertThat(allOf(calls)).hasSize(3).containsOnly(alone);
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

    private static Task.Builder tracks(int count) {
        return Task.of("music_generation")
                .input("count", count)
                .input("genres", List.of("ambient", "electronic", "corporate"))
                .input("sample_rate", 22050);
    }

    private static Map<?, ?> output(Result result) {
        return (Map<?, ?>) ((Result.Success) result).output();
    }

    @SuppressWarnings("unchecked") // it is what the skill declares
    private static List<Map<String, Object>> tracks(Map<?, ?> output) {
        return (List<Map<String, Object>>) output.get("tracks");
    }

    private static List<String> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
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
