package io.victorhub.examples.music;

import java.util.List;

/**
 * A finished composition in four-four time.
 *
 * @param title what it is called
 * @param genre what kind of music it is, and how it shall sound
 * @param key in which all of its tones lie
 * @param tempo in quarter notes a minute
 * @param bars how many
 * @param parts what is played
 */
record Score(String title, Genre genre, Key key, int tempo, int bars, List<Part> parts) {

    /** Ticks in a quarter note. */
    static final int TICKS = 480;
    /** Ticks in a bar. */
    static final int BAR = 4 * TICKS;
    /** Ticks in a step of a {@link Figure}. */
    static final int STEP = BAR / Figure.STEPS;
    /** How long the last chord rings on after the last bar, in seconds. */
    static final double TAIL = 2;

    /** {@return how long it lasts, in seconds} */
    double seconds() {
        return secondsAt(bars * BAR) + TAIL;
    }

    /** {@return when a tick is due, in seconds} */
    double secondsAt(int tick) {
        return tick * 60. / (TICKS * tempo);
    }
}
