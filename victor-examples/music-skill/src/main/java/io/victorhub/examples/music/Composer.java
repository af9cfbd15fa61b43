package io.victorhub.examples.music;

import java.util.ArrayList;
import java.util.List;

/** Composes one piece. Two composers with equal dice compose the same. Not safe for use by several threads. */
final class Composer {

    private static final double LONGEST = 28;
    private static final int MOST_PHRASES = 4;

    private final Genre genre;
    private final Dice dice;

    Composer(Genre genre, Dice dice) {
        this.genre = genre;
        this.dice = dice;
    }

    /** {@return a piece of 20 to 30 seconds} */
    Score compose(String title) {
        int tempo = dice.between(genre.slowest(), genre.fastest());
        Harmony harmony = Harmony.of(genre, phrases(tempo), dice);
        Rhythm rhythm = new Rhythm(genre.number("swing"), dice);
        Accompanist accompanist = new Accompanist(harmony, rhythm);
        List<Part> parts = new ArrayList<>();
        Part melody = part(Role.MELODY, "melody", "", new Melodist(genre, harmony, rhythm, dice).compose());
        String taken = melody.instrument().name();
        parts.add(melody);
        parts.add(part(Role.CHORDS, "chords", taken, accompanist.chords(figure("figure"))));
        if (genre.has("pad")) {
            parts.add(part(Role.PAD, "pad", "", accompanist.pad()));
        }
        parts.add(part(Role.BASS, "bass", "", accompanist.bass(figure("line"))));
        parts.add(new Part(Role.DRUMS, Instrument.DRUMS, new Drummer(genre, rhythm, dice).play(harmony.bars())));
        return new Score(title, genre, harmony.key(), tempo, harmony.bars(), List.copyOf(parts));
    }

    /** As many phrases as fit. */
    private static int phrases(int tempo) {
        double phrase = Harmony.PHRASE * 240. / tempo;
        return Math.min(MOST_PHRASES, (int) (LONGEST / phrase));
    }

    /** On any instrument of a kind but the one that is taken. */
    private Part part(Role role, String kind, String taken, List<Note> notes) {
        List<String> free =
                genre.all(kind).stream().filter(name -> !name.equals(taken)).toList();
        return new Part(role, Instrument.valueOf(dice.pick(free)), notes);
    }

    private Figure figure(String kind) {
        return Figure.parse(dice.pick(genre.all(kind)));
    }
}
