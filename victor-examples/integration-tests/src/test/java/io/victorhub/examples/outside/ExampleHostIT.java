package io.victorhub.examples.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar of the README's run command, started as the README says: thirty outputs, and a second and third run. */
@Tag("long")
@Timeout(240)
class ExampleHostIT {

    private static final int QUIET = 1000; // of 32768

    @TempDir
    private Path folder;

    @Test
    void makesPostsAndTracksThenSaysThatTheyAreKnownAndMakesThemAnew() throws Exception {
        List<String> first = run();

        assertThat(first)
                .contains("2 tasks taken in, 0 known, 0 rejected", "Autonomous Operation Dashboard:")
                .anyMatch(line -> line.endsWith("Tasks Processed: 2"))
                .anyMatch(line -> line.matches("task_001 +content_generation +.* done .* 10"))
                .anyMatch(line -> line.matches("task_002 +music_generation +.* done .* 40"));
        assertThat(outputs(".md")).hasSize(10).allSatisfy(ExampleHostIT::isReadable);
        assertThat(outputs(".mid")).hasSize(20).allSatisfy(ExampleHostIT::isMusic);
        assertThat(outputs(".wav")).hasSize(20).allSatisfy(ExampleHostIT::isAudible);

        List<String> second = run();

        assertThat(second)
                .contains("0 tasks taken in, 2 known, 0 rejected")
                .contains("task task_001 is known from a run before: done")
                .contains("task task_002 is known from a run before: done")
                .anyMatch(line -> line.startsWith("to do them anew: add --again"));
        assertThat(outputs(".md")).hasSize(10);

        List<String> third = run("--again");

        assertThat(third).contains("2 tasks taken in, 0 known, 0 rejected");
        assertThat(outputs(".md")).hasSize(20);
        assertThat(outputs(".mid")).hasSize(40);
        assertThat(outputs(".wav")).hasSize(40);
    }

    private List<String> run(String... options) throws Exception {
        String jar = Readme.read().runCommand().replaceAll(".* -jar ", "");
        List<String> command =
                new ArrayList<>(List.of("-jar", Readme.ROOT.resolve(jar).toString()));
        command.addAll(List.of("--home", folder.resolve("home").toString()));
        command.addAll(List.of(options));
        try (Child child = Child.java(folder, command)) {
            assertThat(child.awaitEnd())
                    .as("%s %s", child.output(), child.errors())
                    .isZero();
            return child.output();
        }
    }

    private List<Path> outputs(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("home/artifacts"))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static void isReadable(Path post) throws IOException {
        String text = Files.readString(post);
        assertThat(text).startsWith("# ").contains("\n## ").doesNotContain("{", "}", "null");
        assertThat(text.split("\\s+")).hasSizeBetween(300, 1000);
    }

    private static void isMusic(Path midi) throws Exception {
        Sequence sequence = MidiSystem.getSequence(midi.toFile());
        long notes = Stream.of(sequence.getTracks())
                .flatMap(track ->
                        java.util.stream.IntStream.range(0, track.size()).mapToObj(track::get))
                .filter(event -> event.getMessage() instanceof ShortMessage message
                        && message.getCommand() == ShortMessage.NOTE_ON)
                .count();
        assertThat(notes).isGreaterThan(50);
        assertThat(sequence.getMicrosecondLength()).isBetween(15_000_000L, 60_000_000L);
    }

    /** It sounds in each of its quarters. */
    private static void isAudible(Path wav) throws Exception {
        try (AudioInputStream sound = AudioSystem.getAudioInputStream(wav.toFile())) {
            assertThat(sound.getFormat().getSampleSizeInBits()).isEqualTo(16);
            assertThat(sound.getFormat().isBigEndian()).isFalse();
            byte[] samples = sound.readAllBytes();
            assertThat(samples.length).isGreaterThan(1_000_000);
            int quarter = samples.length / 8 * 2;
            for (int start = 0; start + quarter <= samples.length; start += quarter) {
                assertThat(loudest(samples, start, start + quarter)).isGreaterThan(QUIET);
            }
        }
    }

    private static int loudest(byte[] samples, int from, int to) {
        int loudest = 0;
        for (int i = from; i < to; i += 2) {
            loudest = Math.max(loudest, Math.abs((samples[i + 1] << 8) | (samples[i] & 0xff)));
        }
        return loudest;
    }
}
