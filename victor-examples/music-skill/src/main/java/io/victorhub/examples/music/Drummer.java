package io.victorhub.examples.music;

import java.util.ArrayList;
import java.util.List;

/** Plays a groove, a fill at the end of each phrase, and one stroke to end with. Not safe for use by several threads. */
final class Drummer {

    private final Genre genre;
    private final Rhythm rhythm;
    private final Dice dice;

    Drummer(Genre genre, Rhythm rhythm, Dice dice) {
        this.genre = genre;
        this.rhythm = rhythm;
        this.dice = dice;
    }

    /** {@return the drums for so many bars} */
    List<Note> play(int bars) {
        String groove = dice.pick(genre.all("groove"));
        List<Note> notes = new ArrayList<>();
        for (int bar = 0; bar < bars - 1; bar++) {
            boolean turning = bar % Harmony.PHRASE == Harmony.PHRASE - 1;
            notes.addAll(bar(turning ? dice.pick(genre.all("fill")) : groove, bar));
        }
        for (Drum drum : List.of(Drum.KICK, Drum.CRASH)) {
            notes.add(rhythm.note(bars - 1, new Figure.Stroke('o', 0, 1), drum.pitch(), 70));
        }
        return notes;
    }

    /** A line is drum, figure, drum, figure and so on; {@code x} is a full stroke, {@code o} a light one. */
    private List<Note> bar(String line, int bar) {
        String[] words = line.split(" ", -1);
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < words.length; i += 2) {
            Drum drum = Drum.valueOf(words[i]);
            for (Figure.Stroke stroke : Figure.parse(words[i + 1]).strokes()) {
                int velocity = stroke.sign() == 'x' ? 100 : 64;
                notes.add(rhythm.note(bar, stroke, drum.pitch(), velocity));
            }
        }
        return notes;
    }
}
