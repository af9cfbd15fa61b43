package io.victorhub.examples.music;

import java.util.List;

/**
 * A tonic and a mode.
 *
 * @param tonic semitones above C, 0 to 11
 * @param mode which tones belong to it
 */
record Key(int tonic, Mode mode) {

    /** How many tones a scale has. */
    static final int TONES = 7;

    private static final List<String> WITH_FLATS =
            List.of("C", "D flat", "D", "E flat", "E", "F", "G flat", "G", "A flat", "A", "B flat", "B");
    private static final List<String> WITH_SHARPS =
            List.of("C", "C sharp", "D", "D sharp", "E", "F", "F sharp", "G", "G sharp", "A", "A sharp", "B");
    /** Sharps of the major key on each semitone; flats count negative. */
    private static final List<Integer> SHARPS = List.of(0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5);

    /** {@return the MIDI pitch of a degree, 0 being the tonic in the octave of middle C; any octave, both ways} */
    int pitch(int degree) {
        int octave = Math.floorDiv(degree, TONES);
        return 60 + tonic + 12 * octave + mode.step(Math.floorMod(degree, TONES));
    }

    /** {@return the degree whose pitch is nearest to {@code pitch}} */
    int degreeNear(int pitch) {
        int degree = Math.floorDiv((pitch - 60 - tonic) * TONES, 12);
        while (Math.abs(pitch(degree + 1) - pitch) < Math.abs(pitch(degree) - pitch)) {
            degree++;
        }
        return degree;
    }

    /** {@return whether {@code pitch} is a tone of the scale} */
    boolean holds(int pitch) {
        return pitch(degreeNear(pitch)) == pitch;
    }

    /** {@return its sharps, or as a negative number its flats, -5 to 6} */
    int sharps() {
        return SHARPS.get((tonic + mode.toMajor()) % 12);
    }

    /** {@return its name, such as "E flat minor"} */
    String words() {
        return (sharps() < 0 ? WITH_FLATS : WITH_SHARPS).get(tonic) + " " + mode.words();
    }
}
