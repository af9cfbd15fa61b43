package io.victorhub.examples.music;

/** The last steps before a file: level, limit, fade. */
final class Master {

    /** The largest sample of a finished piece: 3 dB below full scale. */
    static final float PEAK = .7079f;
    /** How long the end is faded out, in seconds. */
    static final double FADE = 3;

    /** Root mean square of a finished piece, so that all pieces are about as loud: 17 dB below full scale. */
    private static final double LOUDNESS = .14;
    /** From here on the limiter bends the curve. */
    private static final float KNEE = .45f;
    /** Below this lie only rumble and offsets, in hertz. */
    private static final double LOWEST = 28;

    private Master() {}

    /** Finishes a mix in place. */
    static void finish(Stereo mix) {
        withoutRumble(mix.left(), mix.rate());
        withoutRumble(mix.right(), mix.rate());
        float gain = (float) (LOUDNESS / Math.max(1e-6, mix.loudness(1e-4f)));
        limit(mix.left(), gain);
        limit(mix.right(), gain);
        fadeOut(mix);
        float peak = mix.peak();
        float last = peak > 0 ? PEAK / peak : 1;
        scale(mix.left(), last);
        scale(mix.right(), last);
    }

    private static void withoutRumble(float[] samples, int rate) {
        double keep = StrictMath.exp(-2 * Math.PI * LOWEST / rate);
        double before = 0;
        double out = 0;
        for (int i = 0; i < samples.length; i++) {
            double now = samples[i];
            out = keep * (out + now - before);
            before = now;
            samples[i] = (float) out;
        }
    }

    /** Straight up to the knee, then bending towards the peak without ever reaching it. */
    private static void limit(float[] samples, float gain) {
        float space = PEAK - KNEE;
        for (int i = 0; i < samples.length; i++) {
            float loud = gain * samples[i];
            float over = Math.abs(loud) - KNEE;
            if (over > 0) {
                loud = Math.copySign(KNEE + space * over / (over + space), loud);
            }
            samples[i] = loud;
        }
    }

    private static void fadeOut(Stereo mix) {
        int fade = Math.min(mix.frames(), (int) (FADE * mix.rate()));
        int from = mix.frames() - fade;
        for (int i = 0; i < fade; i++) {
            float left = 1 - (float) i / fade;
            mix.left()[from + i] *= left * left;
            mix.right()[from + i] *= left * left;
        }
    }

    private static void scale(float[] samples, float gain) {
        for (int i = 0; i < samples.length; i++) {
            samples[i] *= gain;
        }
    }
}
