package io.victorhub.examples.music;

import java.util.List;
import java.util.Locale;

/** Which seven of the twelve tones a piece uses, counted from its tonic. */
enum Mode {
    /** The major scale. */
    IONIAN("major", 0, 5, 0, 2, 4, 5, 7, 9, 11),
    DORIAN("dorian", 10, 4, 0, 2, 3, 5, 7, 9, 10),
    LYDIAN("lydian", 7, 2, 0, 2, 4, 6, 7, 9, 11),
    MIXOLYDIAN("mixolydian", 5, 7, 0, 2, 4, 5, 7, 9, 10),
    /** The natural minor scale. */
    AEOLIAN("minor", 3, 7, 0, 2, 3, 5, 7, 8, 10);

    private final String words;
    private final int toMajor;
    private final int cadence;

    @SuppressWarnings("ImmutableEnumChecker") // it is made by List.of
    private final List<Integer> steps;

    Mode(String words, int toMajor, int cadence, Integer... steps) {
        this.words = words;
        this.toMajor = toMajor;
        this.cadence = cadence;
        this.steps = List.of(steps);
    }

    /** {@return the mode by its name in lower case, such as "dorian"} */
    static Mode of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** {@return its name as musicians say it, such as "minor"} */
    String words() {
        return words;
    }

    /** {@return how many semitones above its tonic the major scale with the same tones begins} */
    int toMajor() {
        return toMajor;
    }

    /** {@return the degree, 1 to 7, whose chord leads home} */
    int cadence() {
        return cadence;
    }

    /** {@return semitones above the tonic of degree {@code index}, 0 to 6} */
    int step(int index) {
        return steps.get(index);
    }
}
