package io.victorhub.examples.music;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Invents a melody. A motif of two bars is stated, answered and comes to rest within a phrase; later phrases repeat it
 * with variation or set another one against it, and the last note is the tonic. Not safe for use by several threads.
 */
final class Melodist {

    private static final int LOWEST = 64;
    private static final int HIGHEST = 84;
    private static final int CENTRE = 72;
    /** How far a motif strays from where it begins, in steps of the scale. */
    private static final int REACH = 4;

    private final Genre genre;
    private final Harmony harmony;
    private final Rhythm rhythm;
    private final Dice dice;
    /** What the last note was to be, before the chord had its say. */
    private int wanted;
    /** What the last note was. */
    private int degree;
    /** Whether the last note was the one before it again. */
    private boolean repeated;

    /** A note of a motif: when, for how long, and how far above where the motif begins, in steps of the scale. */
    private record Gesture(Figure.Stroke stroke, int offset) {}

    Melodist(Genre genre, Harmony harmony, Rhythm rhythm, Dice dice) {
        this.genre = genre;
        this.harmony = harmony;
        this.rhythm = rhythm;
        this.dice = dice;
        this.wanted = harmony.key().degreeNear(CENTRE);
        this.degree = wanted;
    }

    /** {@return the melody from the first bar to the last} */
    List<Note> compose() {
        List<List<Gesture>> theme = motif();
        List<List<Gesture>> contrast = motif();
        int phrases = harmony.bars() / Harmony.PHRASE;
        List<Note> melody = new ArrayList<>();
        for (int phrase = 0; phrase < phrases; phrase++) {
            boolean other = phrases > 2 && phrase == 1;
            List<List<Gesture>> motif = other ? contrast : phrase == 0 ? theme : varied(theme);
            int anchor = harmony.key().degreeNear(other ? CENTRE + 4 : CENTRE);
            for (int bar = 0; bar < Harmony.PHRASE - 1; bar++) {
                play(motif.get(bar % 2), phrase * Harmony.PHRASE + bar, anchor, melody);
            }
            rest(phrase * Harmony.PHRASE + Harmony.PHRASE - 1, melody);
        }
        return melody;
    }

    private List<List<Gesture>> motif() {
        List<Figure> figures = Stream.of(dice.pick(genre.all("rhythm")), dice.pick(genre.all("rhythm")))
                .map(Figure::parse)
                .toList();
        List<List<Gesture>> bars = new ArrayList<>();
        int offset = 0;
        int direction = dice.chance(65) ? 1 : -1;
        for (Figure figure : figures) {
            List<Gesture> bar = new ArrayList<>();
            for (Figure.Stroke stroke : figure.strokes()) {
                bar.add(new Gesture(stroke, offset));
                if (Math.abs(offset) >= REACH) {
                    direction = offset > 0 ? -1 : 1;
                } else if (dice.chance(30)) {
                    direction = -direction;
                }
                offset += direction * (dice.chance(25) ? 2 : dice.chance(12) ? 0 : 1);
            }
            bars.add(bar);
        }
        return bars;
    }

    /** The same motif with a few of its notes moved by a step. */
    private List<List<Gesture>> varied(List<List<Gesture>> motif) {
        List<List<Gesture>> bars = new ArrayList<>();
        for (List<Gesture> bar : motif) {
            bars.add(bar.stream()
                    .map(note -> dice.chance(25)
                            ? new Gesture(note.stroke(), note.offset() + (dice.chance(50) ? 1 : -1))
                            : note)
                    .toList());
        }
        return bars;
    }

    /** Plays one bar of a motif. */
    private void play(List<Gesture> motif, int bar, int anchor, List<Note> melody) {
        for (Gesture gesture : motif) {
            int next = inRange(anchor + gesture.offset());
            boolean weighty =
                    gesture.stroke().step() % 8 == 0 || gesture.stroke().length() >= 4;
            int before = degree;
            degree = weighty ? inChord(harmony.at(bar), next) : next;
            repeated = degree == before;
            wanted = next;
            melody.add(rhythm.note(bar, gesture.stroke(), harmony.key().pitch(degree), 94));
        }
    }

    /** The tone of the chord that is nearest, but not the last note once more where the motif moves on. */
    private int inChord(Chord chord, int next) {
        int nearest = inRange(chord, chord.nearest(next, degree));
        if (nearest != degree || (next == wanted && !repeated)) {
            return nearest;
        }
        int step = next == wanted ? towardsCentre() : Integer.signum(next - wanted);
        int moved = degree + step;
        while (!chord.holds(moved)) {
            moved += step;
        }
        return inRange(chord, moved);
    }

    private int towardsCentre() {
        return degree > harmony.key().degreeNear(CENTRE) ? -1 : 1;
    }

    /** Ends a phrase on a long tone of its chord; the piece on the tonic. */
    private void rest(int bar, List<Note> melody) {
        boolean last = bar == harmony.bars() - 1;
        Chord chord = last ? new Chord(0, 1) : harmony.at(bar);
        Figure.Stroke held = new Figure.Stroke('x', 0, last ? Figure.STEPS : dice.pick(List.of(8, 12, 12)));
        degree = inRange(chord, chord.nearest(degree, harmony.key().degreeNear(CENTRE)));
        wanted = degree;
        melody.add(rhythm.note(bar, held, harmony.key().pitch(degree), 98));
    }

    private int inRange(int degree) {
        int pitch = harmony.key().pitch(degree);
        return pitch > HIGHEST ? degree - Key.TONES : pitch < LOWEST ? degree + Key.TONES : degree;
    }

    /** An octave keeps a tone of the chord in the chord. */
    private int inRange(Chord chord, int degree) {
        int moved = inRange(degree);
        return chord.holds(moved) ? moved : degree;
    }
}
