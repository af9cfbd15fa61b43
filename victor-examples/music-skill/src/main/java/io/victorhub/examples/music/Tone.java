package io.victorhub.examples.music;

/** How an instrument makes the sound of one note. Stateless: several renderers share one. */
interface Tone {

    /** Adds a note to what there is already. */
    void play(Sound sound, Stereo out);

    /**
     * A note as it sounds.
     *
     * @param frequency in hertz
     * @param start the frame at which it begins
     * @param held for how many frames it is held
     * @param force how hard it is played, 0 to 1
     */
    record Sound(double frequency, int start, int held, double force) {}
}
