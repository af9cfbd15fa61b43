package io.victorhub.examples.music;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any piece, whatever its genre and seed. */
class ComposerProperties {

    @Property(tries = 300)
    void allTonesLieInTheKey(@ForAll("scores") Score score) {
        for (Part part : score.parts()) {
            if (part.role() != Role.DRUMS) {
                assertThat(part.notes()).allMatch(note -> score.key().holds(note.pitch()));
            }
        }
    }

    @Property(tries = 300)
    void lastsAsLongAsAStockTrackInTheTempoOfItsGenre(@ForAll("scores") Score score) {
        assertThat(score.seconds()).isBetween(20., 30.);
        assertThat(score.tempo())
                .isBetween(score.genre().slowest(), score.genre().fastest());
        assertThat(score.bars() % Harmony.PHRASE).isZero();
        assertThat(score.parts())
                .allSatisfy(part ->
                        assertThat(part.notes()).isNotEmpty().allMatch(note -> note.end() <= score.bars() * Score.BAR));
    }

    @Property(tries = 300)
    void everyPartStaysInItsRange(@ForAll("scores") Score score) {
        assertThat(pitches(score, Role.MELODY)).allMatch(pitch -> pitch >= 62 && pitch <= 86);
        assertThat(pitches(score, Role.CHORDS)).allMatch(pitch -> pitch >= 45 && pitch <= 79);
        assertThat(pitches(score, Role.BASS)).allMatch(pitch -> pitch >= 28 && pitch <= 60);
    }

    @Property(tries = 300)
    void theMelodyMovesAndComesHome(@ForAll("scores") Score score) {
        List<Note> melody = part(score, Role.MELODY).notes();
        long repeated = 0;
        for (int i = 1; i < melody.size(); i++) {
            repeated += melody.get(i).pitch() == melody.get(i - 1).pitch() ? 1 : 0;
        }

        assertThat(pitches(score, Role.MELODY).stream().distinct().count()).isGreaterThanOrEqualTo(2);
        assertThat(repeated).isLessThanOrEqualTo(melody.size() * 6L / 10);
        assertThat(melody.get(melody.size() - 1).pitch() % 12)
                .isEqualTo(score.key().tonic());
        assertThat(part(score, Role.BASS).notes().stream()
                        .max(Comparator.comparingInt(Note::start))
                        .map(note -> note.pitch() % 12))
                .contains(score.key().tonic());
    }

    @Property(tries = 300)
    void longMelodyNotesBelongToTheChord(@ForAll("scores") Score score) {
        Map<Integer, List<Integer>> chords = new HashMap<>();
        part(score, Role.CHORDS)
                .notes()
                .forEach(note -> chords.merge(
                        note.start() / Score.BAR,
                        List.of(note.pitch() % 12),
                        (some, more) ->
                                Stream.concat(some.stream(), more.stream()).toList()));

        assertThat(part(score, Role.MELODY).notes())
                .filteredOn(note -> note.length() >= 2 * Score.TICKS)
                .isNotEmpty()
                .allMatch(note -> chordHolds(score, note, chords.get(note.start() / Score.BAR)));
    }

    @Property(tries = 300)
    void noTwoNotesOfOnePitchOverlap(@ForAll("scores") Score score) {
        for (Part part : score.parts()) {
            Map<Integer, Integer> ends = new HashMap<>();
            for (Note note : part.notes()) {
                assertThat(ends.getOrDefault(note.pitch(), 0)).isLessThanOrEqualTo(note.start());
                ends.put(note.pitch(), note.end());
            }
        }
    }

    @Property(tries = 50)
    void anotherSeedGivesAnotherPiece(@ForAll("genres") String genre, @ForAll long seed) {
        Score score = compose(genre, seed);

        assertThat(compose(genre, seed)).isEqualTo(score);
        assertThat(compose(genre, seed + 1).parts()).isNotEqualTo(score.parts());
    }

    @Provide
    Arbitrary<String> genres() {
        return Arbitraries.of(Genre.NAMES);
    }

    @Provide
    Arbitrary<Score> scores() {
        return genres().flatMap(genre -> Arbitraries.longs().map(seed -> compose(genre, seed)));
    }

    private static Score compose(String genre, long seed) {
        return new Composer(Genre.load(genre), new Dice(seed)).compose("Title");
    }

    private static Part part(Score score, Role role) {
        return score.parts().stream()
                .filter(part -> part.role() == role)
                .findFirst()
                .orElseThrow();
    }

    private static List<Integer> pitches(Score score, Role role) {
        return part(score, role).notes().stream().map(Note::pitch).toList();
    }

    /** A figure may leave a voice out: then the note is a third away from one that sounds. */
    private static boolean chordHolds(Score score, Note note, List<Integer> sounding) {
        int degree = score.key().degreeNear(note.pitch());
        return sounding.contains(note.pitch() % 12)
                || sounding.contains(score.key().pitch(degree + 2) % 12)
                || sounding.contains(score.key().pitch(degree - 2) % 12);
    }
}
