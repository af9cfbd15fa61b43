package io.victorhub.examples.music;

/**
 * A tone whose phase another one shakes: frequency modulation, which makes bells and electric pianos. The shaking fades
 * faster than the tone.
 *
 * @param ratio frequency of the shaking tone to that of the other; a whole number keeps the sound in tune
 * @param depth how much it shakes at first, in periods
 * @param fade seconds in which the shaking shrinks to about a third
 * @param envelope of the whole
 * @param detune how far left and right are apart, in cents
 */
record Chime(int ratio, double depth, double fade, Envelope envelope, double detune) implements Tone {

    private static final double CENT = StrictMath.log(2) / 1200;

    @Override
    public void play(Sound sound, Stereo out) {
        double longer = Math.min(2, Math.sqrt(500 / sound.frequency()));
        float[] gains = envelope.decaying(longer).over(sound.held(), out.rate());
        channel(sound, gains, -detune / 2, out.rate(), out.left());
        channel(sound, gains, detune / 2, out.rate(), out.right());
    }

    private void channel(Sound sound, float[] gains, double cents, int rate, float[] out) {
        float[] sine = Wave.SINE.at(sound.frequency(), rate);
        double step = Wave.SIZE * sound.frequency() * StrictMath.exp(cents * CENT) / rate;
        double fading = StrictMath.exp(-1 / (fade * rate));
        double shake = depth * Wave.SIZE * (.4 + .6 * sound.force()) * Math.min(1, 600 / sound.frequency());
        double phase = 0;
        int end = Math.min(gains.length, out.length - sound.start());
        for (int i = 0; i < end; i++) {
            double shaken = phase + shake * sine[(int) (phase * ratio) & Wave.SIZE - 1];
            int index = (int) Math.floor(shaken);
            float between = (float) (shaken - index);
            float low = sine[index & Wave.SIZE - 1];
            float high = sine[index + 1 & Wave.SIZE - 1];
            out[sound.start() + i] += (float) (sound.force() * gains[i] * (low + between * (high - low)));
            shake *= fading;
            phase += step;
            if (phase >= Wave.SIZE) {
                phase -= Wave.SIZE;
            }
        }
    }
}
