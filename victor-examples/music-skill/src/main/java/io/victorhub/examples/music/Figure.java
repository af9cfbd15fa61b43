package io.victorhub.examples.music;

import java.util.ArrayList;
import java.util.List;

/**
 * A bar in sixteen steps, written as a text: a sign for a note, {@code -} to hold it, {@code .} for silence.
 *
 * @param strokes the notes in their order
 */
record Figure(List<Stroke> strokes) {

    /** Steps in a bar. */
    static final int STEPS = 16;

    /**
     * A note of a figure.
     *
     * @param sign what is to be played; what signs there are depends on who plays
     * @param step where it begins, 0 to 15
     * @param length for how many steps it sounds
     */
    record Stroke(char sign, int step, int length) {}

    /** @throws IllegalArgumentException if the text has not sixteen steps */
    static Figure parse(String text) {
        if (text.length() != STEPS) {
            throw new IllegalArgumentException("figure '" + text + "' has " + text.length() + " steps; write " + STEPS);
        }
        List<Stroke> strokes = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            char sign = text.charAt(step);
            if (sign != '.' && sign != '-') {
                int end = step + 1;
                while (end < STEPS && text.charAt(end) == '-') {
                    end++;
                }
                strokes.add(new Stroke(sign, step, end - step));
            }
        }
        return new Figure(List.copyOf(strokes));
    }
}
