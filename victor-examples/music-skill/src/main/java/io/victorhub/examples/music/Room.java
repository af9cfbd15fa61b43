package io.victorhub.examples.music;

/**
 * Reverberation after Schroeder: four echoes side by side, then two that smear them. Not safe for use by several threads.
 */
final class Room {

    private static final int[] ECHOES = {1116, 1188, 1277, 1356};
    private static final int[] SMEARS = {556, 441};
    /** The delays are given for this rate. */
    private static final double RATE = 44100;
    /** How much longer the delays are on the right, so that the room has width. */
    private static final int WIDTH = 23;

    private static final float FEEDBACK = .8f;
    private static final float DAMPING = .3f;

    private Room() {}

    /** Adds the room's answer to {@code sent} to what there is already. */
    static void answer(float[] sent, Stereo out) {
        channel(sent, 0, out.rate(), out.left());
        channel(sent, WIDTH, out.rate(), out.right());
    }

    private static void channel(float[] sent, int width, int rate, float[] out) {
        float[] wet = new float[sent.length];
        for (int delay : ECHOES) {
            echo(sent, frames(delay + width, rate), wet);
        }
        for (int delay : SMEARS) {
            smear(wet, frames(delay + width, rate));
        }
        for (int i = 0; i < wet.length; i++) {
            out[i] += .25f * wet[i];
        }
    }

    private static int frames(int delay, int rate) {
        return (int) Math.round(delay * rate / RATE);
    }

    private static void echo(float[] sent, int delay, float[] wet) {
        float[] line = new float[delay];
        float damped = 0;
        int at = 0;
        for (int i = 0; i < sent.length; i++) {
            float heard = line[at];
            damped = heard + DAMPING * (damped - heard);
            line[at] = sent[i] + FEEDBACK * damped;
            wet[i] += heard;
            at = at + 1 == delay ? 0 : at + 1;
        }
    }

    private static void smear(float[] wet, int delay) {
        float[] line = new float[delay];
        int at = 0;
        for (int i = 0; i < wet.length; i++) {
            float heard = line[at];
            float input = wet[i];
            line[at] = input + .5f * heard;
            wet[i] = heard - .5f * line[at];
            at = at + 1 == delay ? 0 : at + 1;
        }
    }
}
