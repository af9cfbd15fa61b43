package io.victorhub.examples.music;

/**
 * Two waves, a dark and a bright one; the bright one fades after the attack, as it does where a string is struck or a
 * filter closes. Left and right are tuned a little apart.
 *
 * @param dark what stays
 * @param bright what fades
 * @param fade seconds in which the bright one shrinks to about a third
 * @param rest how much of the bright one stays, 0 to 1
 * @param envelope of the whole
 * @param detune how far left and right are apart, in cents
 * @param vibrato how far the pitch swings, in cents
 */
record Blend(Wave dark, Wave bright, double fade, double rest, Envelope envelope, double detune, double vibrato)
        implements Tone {

    private static final double CENT = StrictMath.log(2) / 1200;
    private static final double VIBRATO_HERTZ = 5.2;
    /** Frames between two looks at the vibrato. */
    private static final int BLOCK = 64;

    @Override
    public void play(Sound sound, Stereo out) {
        double longer = Math.min(2, Math.sqrt(300 / sound.frequency()));
        float[] gains = envelope.decaying(longer).over(sound.held(), out.rate());
        channel(sound, gains, -detune / 2, out.rate(), out.left());
        channel(sound, gains, detune / 2, out.rate(), out.right());
    }

    private void channel(Sound sound, float[] gains, double cents, int rate, float[] out) {
        float[] low = dark.at(sound.frequency(), rate);
        float[] high = bright.at(sound.frequency(), rate);
        double step = Wave.SIZE * sound.frequency() * StrictMath.exp(cents * CENT) / rate;
        double fading = StrictMath.exp(-1 / (fade * rate));
        double mix = .4 + .6 * sound.force();
        double phase = 0;
        double swung = step;
        int end = Math.min(gains.length, out.length - sound.start());
        for (int i = 0; i < end; i++) {
            if (i % BLOCK == 0 && vibrato > 0) {
                swung = step * (1 + vibrato * CENT * swing(i, rate));
            }
            int index = (int) phase;
            float between = (float) (phase - index);
            float first = low[index] + between * (low[index + 1] - low[index]);
            float second = high[index] + between * (high[index + 1] - high[index]);
            out[sound.start() + i] += (float) (sound.force() * gains[i] * (first + mix * (second - first)));
            mix = rest + (mix - rest) * fading;
            phase += swung;
            if (phase >= Wave.SIZE) {
                phase -= Wave.SIZE;
            }
        }
    }

    /** From -1 to 1; sets in over the first half second, as players do. */
    private static double swing(int frame, int rate) {
        double seconds = (double) frame / rate;
        double depth = Math.min(1, 2 * seconds);
        return depth * StrictMath.sin(2 * Math.PI * VIBRATO_HERTZ * seconds);
    }
}
