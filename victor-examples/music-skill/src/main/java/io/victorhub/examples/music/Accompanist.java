package io.victorhub.examples.music;

import java.util.ArrayList;
import java.util.List;

/** Plays chords, pad and bass to a harmony. Not safe for use by several threads. */
final class Accompanist {

    private static final int CHORDS_CENTRE = 58;
    private static final int PAD_CENTRE = 57;
    private static final int BASS_CENTRE = 38;
    /** From one string of a chord to the next, in ticks: enough to sound like a hand. */
    private static final int STRUM = 9;

    private final Harmony harmony;
    private final Rhythm rhythm;

    Accompanist(Harmony harmony, Rhythm rhythm) {
        this.harmony = harmony;
        this.rhythm = rhythm;
    }

    /** {@return the chords in a figure: {@code x} is all voices, a digit one of them; held in the last bar} */
    List<Note> chords(Figure figure) {
        List<List<Integer>> voicings = harmony.voicings(CHORDS_CENTRE);
        List<Note> notes = new ArrayList<>();
        for (int bar = 0; bar < harmony.bars(); bar++) {
            List<Integer> voicing = voicings.get(bar);
            for (Figure.Stroke stroke : inBar(bar, figure, 'x').strokes()) {
                if (stroke.sign() == 'x') {
                    notes.addAll(strum(bar, stroke, voicing));
                } else {
                    int voice = stroke.sign() - '1';
                    int degree = voicing.get(voice % voicing.size()) + Key.TONES * (voice / voicing.size());
                    notes.add(rhythm.note(bar, stroke, harmony.key().pitch(degree), 78));
                }
            }
        }
        return notes;
    }

    /** {@return each chord held for a bar} */
    List<Note> pad() {
        List<List<Integer>> voicings = harmony.voicings(PAD_CENTRE);
        Figure.Stroke held = new Figure.Stroke('x', 0, Figure.STEPS);
        List<Note> notes = new ArrayList<>();
        for (int bar = 0; bar < harmony.bars(); bar++) {
            for (int degree : voicings.get(bar)) {
                notes.add(rhythm.note(bar, held, harmony.key().pitch(degree), 70));
            }
        }
        return notes;
    }

    /** {@return the bass in a figure: 1, 3, 5 and 8 are tones of the chord, {@code a} leads to the next root} */
    List<Note> bass(Figure figure) {
        List<Note> notes = new ArrayList<>();
        for (int bar = 0; bar < harmony.bars(); bar++) {
            int root = root(bar);
            int following = root(Math.min(bar + 1, harmony.bars() - 1));
            for (Figure.Stroke stroke : inBar(bar, figure, '1').strokes()) {
                int degree =
                        stroke.sign() == 'a' ? following + (following > root ? -1 : 1) : root + stroke.sign() - '1';
                notes.add(rhythm.note(bar, stroke, harmony.key().pitch(degree), 88));
            }
        }
        return notes;
    }

    /** In the last bar one long note stands for the figure. */
    private Figure inBar(int bar, Figure figure, char sign) {
        return bar < harmony.bars() - 1 ? figure : new Figure(List.of(new Figure.Stroke(sign, 0, Figure.STEPS)));
    }

    private List<Note> strum(int bar, Figure.Stroke stroke, List<Integer> voicing) {
        List<Note> notes = new ArrayList<>();
        for (int voice = 0; voice < voicing.size(); voice++) {
            Note note = rhythm.note(bar, stroke, harmony.key().pitch(voicing.get(voice)), 76);
            int late = Math.min(voice * STRUM, note.length() - 1);
            notes.add(new Note(note.start() + late, note.length() - late, note.pitch(), note.velocity()));
        }
        return notes;
    }

    /** The root of a bar's chord, in the octave of the bass. */
    private int root(int bar) {
        int degree = harmony.key().degreeNear(BASS_CENTRE);
        return new Chord(harmony.at(bar).root(), 1).nearest(degree, degree);
    }
}
