package io.victorhub.examples.music;

/**
 * Turns steps of a bar into ticks, with swing, accents and the small unevenness of a player. Not safe for use by several
 * threads.
 */
final class Rhythm {

    private static final int HALF_BEAT = Score.TICKS / 2;

    private final int swing;
    private final Dice dice;

    /** @param swing how late the second half of a beat comes: 0 for even, .33 for triplets */
    Rhythm(double swing, Dice dice) {
        this.swing = (int) Math.round(swing * HALF_BEAT);
        this.dice = dice;
    }

    /** {@return the note of a stroke in a bar, from 0, as loud as {@code velocity} on an unaccented beat} */
    Note note(int bar, Figure.Stroke stroke, int pitch, int velocity) {
        int start = tick(bar, stroke.step());
        int end = tick(bar, stroke.step() + stroke.length());
        int accent = stroke.step() == 0 ? 10 : stroke.step() % 8 == 0 ? 6 : stroke.step() % 4 == 0 ? 2 : -4;
        int loudness = velocity + accent + dice.between(-5, 5);
        return new Note(start, Math.max(1, end - start), pitch, Math.max(1, Math.min(127, loudness)));
    }

    /** Within a beat, time is stretched before its middle and squeezed after it. */
    private int tick(int bar, int step) {
        int straight = step * Score.STEP;
        int inBeat = straight % Score.TICKS;
        int delay = inBeat <= HALF_BEAT ? swing * inBeat / HALF_BEAT : swing * (Score.TICKS - inBeat) / HALF_BEAT;
        return bar * Score.BAR + straight + delay;
    }
}
