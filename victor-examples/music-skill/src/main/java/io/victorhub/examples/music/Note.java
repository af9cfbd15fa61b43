package io.victorhub.examples.music;

/**
 * One note.
 *
 * @param start in ticks from the beginning of the piece
 * @param length in ticks, at least 1
 * @param pitch as in MIDI: 60 is middle C; for drums, which drum it is
 * @param velocity how hard it is played, 1 to 127
 */
record Note(int start, int length, int pitch, int velocity) {

    Note {
        if (start < 0 || length < 1 || pitch < 0 || pitch > 127 || velocity < 1 || velocity > 127) {
            throw new IllegalArgumentException("note at tick " + start + " for " + length + " ticks, pitch " + pitch
                    + ", velocity " + velocity + ": pitch must be 0..127 and velocity 1..127");
        }
    }

    /** {@return the tick at which it is over} */
    int end() {
        return start + length;
    }

    /** {@return the same note, over at {@code tick}} */
    Note until(int tick) {
        return new Note(start, tick - start, pitch, velocity);
    }
}
