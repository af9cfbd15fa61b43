package io.victorhub.examples.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's own parser reads what is rendered, and measurements say that it is music. */
class RendererTest {

    private static final int RATE = 22050;
    private static final Renderer RENDERER = new Renderer(RATE);
    private static final Map<String, Stereo> RENDERED = new ConcurrentHashMap<>();

    @ParameterizedTest
    @MethodSource("genres")
    void isAsLongAsTheScoreAndAsLoudAsAllOthers(String genre) throws Exception {
        Score score = compose(genre);
        AudioInputStream audio =
                AudioSystem.getAudioInputStream(new ByteArrayInputStream(WavFile.of(RENDERER.render(score, () -> {}))));

        AudioFormat format = audio.getFormat();
        double[][] samples = samples(audio);

        assertThat(format.getEncoding()).isEqualTo(AudioFormat.Encoding.PCM_SIGNED);
        assertThat(format.getSampleRate()).isEqualTo(RATE);
        assertThat(format.getSampleSizeInBits()).isEqualTo(16);
        assertThat(format.getChannels()).isEqualTo(2);
        assertThat(samples[0].length).isEqualTo((int) Math.round(score.seconds() * RATE));
        assertThat(peak(samples)).isCloseTo(.708, within(.001));
        for (int second = 0; second < score.seconds() - Master.FADE - 1; second++) {
            assertThat(loudness(samples, second * RATE, RATE))
                    .as("second " + second)
                    .isBetween(.06, .3);
        }
        assertThat(loudness(samples, samples[0].length - RATE / 10, RATE / 10)).isLessThan(.002);
    }

    @ParameterizedTest
    @MethodSource("genres")
    void isTonalRatherThanNoise(String genre) {
        Score score = compose(genre);
        Stereo sound = rendered(genre);

        double onTones = 0;
        double between = 0;
        for (int pitch = 48; pitch <= 84; pitch++) {
            if (score.key().holds(pitch)) {
                onTones += strength(sound.left(), 0, sound.frames(), hertz(pitch)) / 7;
            } else {
                between += strength(sound.left(), 0, sound.frames(), hertz(pitch)) / 5;
            }
        }

        assertThat(onTones).isGreaterThan(3 * between);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DRUMS")
    void everyInstrumentIsInTune(Instrument instrument) {
        for (int pitch : List.of(45, 57, 66, 76)) {
            Stereo sound = Stereo.silence(RATE, RATE);

            instrument.tone().play(new Tone.Sound(hertz(pitch), 0, RATE, .6), sound);

            double inTune = strength(sound.left(), 0, RATE, hertz(pitch));
            assertThat(inTune).as(instrument + " at " + pitch).isGreaterThan(1e-4);
            assertThat(strength(sound.left(), 0, RATE, hertz(pitch + .5))).isLessThan(inTune / 2);
            assertThat(strength(sound.left(), 0, RATE, hertz(pitch - .5))).isLessThan(inTune / 2);
        }
    }

    @Test
    void keepsOvertonesBelowHalfTheSampleRate() {
        Stereo sound = Stereo.silence(RATE, RATE);

        new Blend(Wave.SAW, Wave.SAW, 1, 1, new Envelope(.01, 1, 1, .01), 0, 0)
                .play(new Tone.Sound(2793.8, 0, RATE, 1), sound);

        double tone = strength(sound.left(), RATE / 4, RATE / 2, 2793.8);
        double folded = strength(sound.left(), RATE / 4, RATE / 2, RATE - 4 * 2793.8 - 2793.8);
        assertThat(folded).isLessThan(tone / 1000);
    }

    @Test
    void neverLeavesTheRangeHoweverLoudTheMix() {
        Stereo mix = Stereo.silence(RATE * 5, RATE);
        IntStream.range(0, mix.frames()).forEach(i -> mix.left()[i] = i % 100 < 50 ? 30 : -30);

        Master.finish(mix);

        assertThat(mix.peak()).isCloseTo(Master.PEAK, within(1e-4f));
    }

    @Test
    void fadesOutWhateverStillSounds() {
        Stereo mix = Stereo.silence(RATE * 5, RATE);
        IntStream.range(0, mix.frames()).forEach(i -> mix.left()[i] = i % 100 < 50 ? .3f : -.3f);

        Master.finish(mix);

        assertThat(loudest(mix, 1)).isGreaterThan(.1f);
        assertThat(loudest(mix, 3.5)).isBetween(.01f, .5f * loudest(mix, 1));
        assertThat(loudest(mix, 4.9)).isLessThan(.002f);
    }

    /** The largest sample in the tenth of a second after {@code seconds}. */
    private static float loudest(Stereo sound, double seconds) {
        float loudest = 0;
        for (int i = 0; i < RATE / 10; i++) {
            loudest = Math.max(loudest, Math.abs(sound.left()[(int) (seconds * RATE) + i]));
        }
        return loudest;
    }

    static List<String> genres() {
        return Genre.NAMES;
    }

    private static Stereo rendered(String genre) {
        return RENDERED.computeIfAbsent(genre, name -> {
            try {
                return RENDERER.render(compose(name), () -> {});
            } catch (InterruptedException e) {
                throw new AssertionError("nobody asked it to stop", e);
            }
        });
    }

    private static Score compose(String genre) {
        return new Composer(Genre.load(genre), new Dice(11)).compose("Title");
    }

    private static double hertz(double pitch) {
        return 440 * Math.pow(2, (pitch - 69) / 12);
    }

    private static double[][] samples(AudioInputStream audio) throws Exception {
        byte[] bytes = audio.readAllBytes();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        double[][] samples = new double[2][bytes.length / 4];
        for (int i = 0; i < samples[0].length; i++) {
            samples[0][i] = buffer.getShort() / 32768.;
            samples[1][i] = buffer.getShort() / 32768.;
        }
        return samples;
    }

    private static double peak(double[][] samples) {
        double peak = 0;
        for (double[] channel : samples) {
            for (double sample : channel) {
                peak = Math.max(peak, Math.abs(sample));
            }
        }
        return peak;
    }

    private static double loudness(double[][] samples, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += samples[0][i] * samples[0][i] + samples[1][i] * samples[1][i];
        }
        return Math.sqrt(sum / (2 * count));
    }

    /** The amplitude at one frequency, by Goertzel's method over windows of half a second. */
    private static double strength(float[] samples, int from, int count, double hertz) {
        double total = 0;
        int window = RATE / 2;
        int windows = 0;
        double twoCos = 2 * Math.cos(2 * Math.PI * hertz / RATE);
        for (int start = from; start + window <= from + count; start += window) {
            double before = 0;
            double last = 0;
            for (int i = 0; i < window; i++) {
                double hann = .5 - .5 * Math.cos(2 * Math.PI * i / window);
                double now = hann * samples[start + i] + twoCos * last - before;
                before = last;
                last = now;
            }
            total += Math.sqrt(Math.max(0, before * before + last * last - twoCos * before * last)) / window;
            windows++;
        }
        return total / windows;
    }
}
