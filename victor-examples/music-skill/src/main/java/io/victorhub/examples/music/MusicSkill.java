package io.victorhub.examples.music;

import io.victorhub.spi.Artifact;
import io.victorhub.spi.Details;
import io.victorhub.spi.Parameter;
import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Task;
import io.victorhub.spi.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Composes stock music and leaves each track twice: as a MIDI file to work on, and as a WAV file to listen to.
 *
 * <p>It has no state but what the jar brings along and never changes, so it may serve any number of tasks at once. The
 * same seed gives the same tracks, byte for byte, on every Java platform.
 */
public final class MusicSkill implements Skill {

    private static final SkillDescriptor DESCRIPTOR = describe();

    private final Map<String, Genre> genres =
            Genre.NAMES.stream().collect(Collectors.toUnmodifiableMap(name -> name, Genre::load));

    /** For {@link java.util.ServiceLoader}. */
    public MusicSkill() {}

    @Override
    public SkillDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Result execute(Task task, SkillContext context) throws IOException, InterruptedException {
        Order order = Order.of(task);
        Renderer renderer = new Renderer(order.sampleRate());
        Titles titles = new Titles();
        Details.Builder details = Details.builder();
        List<Map<String, Object>> tracks = new ArrayList<>();
        for (int number = 1; number <= order.count(); number++) {
            Score score = compose(order, number, titles);
            Stereo sound = renderer.render(score, () -> stopIfCancelled(context));
            String name = fileName(order, number, score);
            details.artifact(save(MidiFile.of(score), context.workspace(), name + ".mid", "audio/midi"));
            details.artifact(save(WavFile.of(sound), context.workspace(), name + ".wav", "audio/wav"));
            tracks.add(track(score, name));
            context.progress(
                    (double) number / order.count(),
                    "track " + number + " of " + order.count() + ": " + score.title() + " ("
                            + score.genre().name() + ")");
        }
        return Result.success(output(order, tracks), details.build());
    }

    /** Each track has dice of its own, so that the first ones do not depend on how many follow. */
    private Score compose(Order order, int number, Titles titles) {
        String name = order.genres().get((number - 1) % order.genres().size());
        Genre genre = Objects.requireNonNull(genres.get(name));
        Dice dice = Dice.forPart(order.seed(), number);
        return new Composer(genre, dice).compose(titles.next(genre, dice));
    }

    private static void stopIfCancelled(SkillContext context) throws InterruptedException {
        if (Thread.interrupted() || context.isCancellationRequested()) {
            throw new InterruptedException("cancelled between two notes");
        }
    }

    private static Artifact save(byte[] content, Path workspace, String fileName, String mediaType) throws IOException {
        Path file = Files.write(workspace.resolve(fileName), content);
        return Artifact.of(workspace, file, mediaType);
    }

    /** With as many digits as the last file needs, so that the files sort by number. */
    private static String fileName(Order order, int number, Score score) {
        int digits = Math.max(2, String.valueOf(order.count()).length());
        return "track-" + String.format(Locale.ROOT, "%0" + digits + "d", number) + "-"
                + score.genre().name();
    }

    private static Map<String, Object> track(Score score, String name) {
        Map<String, Object> track = new LinkedHashMap<>();
        track.put("title", score.title());
        track.put("genre", score.genre().name());
        track.put("key", score.key().words());
        track.put("tempo", score.tempo());
        track.put("seconds", Math.round(100 * score.seconds()) / 100.);
        track.put("midi", name + ".mid");
        track.put("wav", name + ".wav");
        return track;
    }

    private static Map<String, Object> output(Order order, List<Map<String, Object>> tracks) {
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("count", tracks.size());
        output.put("seed", order.seed());
        output.put("tracks", tracks);
        return output;
    }

    private static SkillDescriptor describe() {
        SkillDescriptor.Builder builder = SkillDescriptor.of("music_generator")
                .version("1.0.0")
                .description("Composes stock music as MIDI and WAV files")
                .capability("music_generation")
                .effects(SkillDescriptor.Effects.NONE)
                .timeout(Duration.ofMinutes(10))
                .output(Parameter.required("count", ValueType.INTEGER, "how many tracks were made"))
                .output(Parameter.required("seed", ValueType.INTEGER, "give it as an input to get them again"))
                .output(Parameter.required(
                        "tracks", ValueType.LIST, "of each: title, genre, key, tempo, seconds, midi and wav file"));
        Order.INPUTS.forEach(builder::input);
        return builder.build();
    }
}
