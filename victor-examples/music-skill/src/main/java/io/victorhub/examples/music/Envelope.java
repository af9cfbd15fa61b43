package io.victorhub.examples.music;

/**
 * How the loudness of a note goes: up to 1 within the attack, down towards the sustain while it is held, to nothing after
 * it is let go.
 *
 * @param attack seconds until it is loudest
 * @param decay seconds in which the distance to the sustain shrinks to about a third
 * @param sustain where it stays while held, 0 to 1
 * @param release seconds in which it shrinks to about a third after being let go
 */
record Envelope(double attack, double decay, double sustain, double release) {

    /** After so many times the release, less than a thousandth is left. */
    private static final double RELEASES = 7;

    /**
     * {@return the gain for each frame, until nothing is left}
     *
     * @param held for how many frames the note is held
     */
    float[] over(int held, int rate) {
        int rise = Math.max(1, (int) (attack * rate));
        int total = held + (int) (RELEASES * release * rate);
        float[] gains = new float[total];
        double fall = StrictMath.exp(-1 / (decay * rate));
        double gain = 0;
        for (int i = 0; i < held; i++) {
            gain = i < rise ? (i + 1.) / rise : sustain + (gain - sustain) * fall;
            gains[i] = (float) gain;
        }
        double letGo = StrictMath.exp(-1 / (release * rate));
        for (int i = held; i < total; i++) {
            gain *= letGo;
            gains[i] = (float) gain;
        }
        return gains;
    }

    /** {@return the same with a decay {@code factor} times as long} */
    Envelope decaying(double factor) {
        return new Envelope(attack, decay * factor, sustain, release);
    }
}
