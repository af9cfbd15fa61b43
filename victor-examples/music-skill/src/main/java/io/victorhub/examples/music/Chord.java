package io.victorhub.examples.music;

import java.util.stream.IntStream;

/**
 * Tones of a key that sound together, stacked in thirds: all of them belong to the scale.
 *
 * @param root its lowest tone, as a degree from 0 to 6
 * @param size 3 for a triad, 4 with the seventh
 */
record Chord(int root, int size) {

    /** {@return whether the tone on {@code degree} belongs to it, in any octave} */
    boolean holds(int degree) {
        return IntStream.range(0, size).anyMatch(third -> Math.floorMod(root + 2 * third - degree, Key.TONES) == 0);
    }

    /** {@return the degree nearest to {@code degree} that belongs to it; of two, the one nearer to {@code towards}} */
    int nearest(int degree, int towards) {
        for (int distance = 0; ; distance++) {
            int near = towards < degree ? degree - distance : degree + distance;
            int far = 2 * degree - near;
            if (holds(near)) {
                return near;
            }
            if (holds(far)) {
                return far;
            }
        }
    }
}
