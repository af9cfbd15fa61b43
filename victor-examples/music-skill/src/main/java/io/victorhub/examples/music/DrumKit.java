package io.victorhub.examples.music;

import java.util.HashMap;
import java.util.Map;

/** One stroke of each drum, made once for a sample rate. Immutable. */
final class DrumKit {

    /** Strokes of a clap, in seconds after the first. */
    private static final double[] HANDS = {0, .011, .023};
    /** Until less than a thousandth is left. */
    private static final double TIMES = 7;

    private final Map<Integer, float[]> strokes = new HashMap<>();

    DrumKit(int rate) {
        for (Drum drum : Drum.values()) {
            strokes.put(drum.pitch(), stroke(drum, rate));
        }
    }

    /** Adds a stroke, if there is such a drum. */
    void play(int pitch, int start, double force, Stereo out) {
        float[] stroke = strokes.getOrDefault(pitch, new float[0]);
        int end = Math.min(stroke.length, out.frames() - start);
        for (int i = 0; i < end; i++) {
            float sample = (float) force * stroke[i];
            out.left()[start + i] += sample;
            out.right()[start + i] += sample;
        }
    }

    private static float[] stroke(Drum drum, int rate) {
        Drum.Recipe recipe = drum.recipe();
        int frames = (int) (TIMES * Math.max(recipe.toneTime(), recipe.noiseTime()) * rate);
        float[] stroke = new float[frames];
        addTone(recipe, rate, stroke);
        double[] starts = drum == Drum.CLAP ? HANDS : new double[1];
        for (double start : starts) {
            addNoise(recipe, (int) (start * rate), rate, stroke);
        }
        return stroke;
    }

    private static void addTone(Drum.Recipe recipe, int rate, float[] stroke) {
        double phase = 0;
        for (int i = 0; i < stroke.length && recipe.tone() > 0; i++) {
            double seconds = (double) i / rate;
            double frequency = recipe.frequency() + recipe.drop() * StrictMath.exp(-seconds / recipe.dropTime());
            double gain = recipe.tone() * Math.min(1, seconds / .001) * StrictMath.exp(-seconds / recipe.toneTime());
            stroke[i] += (float) (gain * StrictMath.sin(phase));
            phase += 2 * Math.PI * frequency / rate;
        }
    }

    /** Noise through a high-pass of two poles. */
    private static void addNoise(Drum.Recipe recipe, int from, int rate, float[] stroke) {
        Dice dice = new Dice(from + 1);
        double cut = 1 - StrictMath.exp(-2 * Math.PI * recipe.lowest() / rate);
        double first = 0;
        double second = 0;
        for (int i = from; i < stroke.length; i++) {
            double seconds = (double) (i - from) / rate;
            double noise = 2 * dice.fraction() - 1;
            first += cut * (noise - first);
            double high = noise - first;
            second += cut * (high - second);
            double gain = recipe.noise() * Math.min(1, seconds / .0008) * StrictMath.exp(-seconds / recipe.noiseTime());
            stroke[i] += (float) (gain * (high - second));
        }
    }
}
