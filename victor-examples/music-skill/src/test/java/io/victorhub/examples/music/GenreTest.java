package io.victorhub.examples.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The genre files keep to what the composer asks of them. */
class GenreTest {

    @ParameterizedTest
    @MethodSource("genres")
    void everyHarmonyHasARivalInItsModeAndNoDiminishedChord(Genre genre) {
        for (String harmony : genre.all("harmony")) {
            String mode = harmony.split(" ")[0];
            assertThat(harmony).matches("[a-z]+( [1-7]){4}");
            assertThat(genre.all("harmony"))
                    .filteredOn(line -> line.startsWith(mode + " "))
                    .hasSizeGreaterThan(1);
            Key key = new Key(0, Mode.of(mode));
            assertThat(Arrays.stream(harmony.split(" ")).skip(1).map(degree -> Integer.parseInt(degree) - 1))
                    .allMatch(root -> key.pitch(root + 4) - key.pitch(root) == 7);
        }
    }

    @ParameterizedTest
    @MethodSource("genres")
    void everyFigureHasSixteenStepsAndKnownSigns(Genre genre) {
        assertThat(genre.all("rhythm")).allMatch(figure -> figure.matches("[x.-]{16}"));
        assertThat(genre.all("figure")).allMatch(figure -> figure.matches("[x1234.-]{16}"));
        assertThat(genre.all("line")).allMatch(figure -> figure.matches("1[1358a.-]{15}|\\.[1358a.-]{15}"));
        assertThat(genre.all("groove")).allMatch(line -> line.matches("[A-Z_]+ [xo.]{16}( [A-Z_]+ [xo.]{16})*"));
        assertThat(genre.all("fill")).allMatch(line -> line.matches("[A-Z_]+ [xo.]{16}( [A-Z_]+ [xo.]{16})*"));
    }

    @ParameterizedTest
    @MethodSource("genres")
    void everyInstrumentExistsAndChordsHaveAChoice(Genre genre) {
        for (String kind : List.of("melody", "chords", "bass")) {
            assertThat(genre.all(kind))
                    .allSatisfy(name -> assertThat(Instrument.valueOf(name)).isNotNull());
        }
        assertThat(genre.all("chords")).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("genres")
    void hasTitlesForALongBatch(Genre genre) {
        Titles titles = new Titles();
        Dice dice = new Dice(1);

        List<String> batch =
                Stream.generate(() -> titles.next(genre, dice)).limit(200).toList();

        assertThat(batch).doesNotHaveDuplicates();
    }

    @Test
    void readsAFigureAsStrokes() {
        assertThat(Figure.parse("x--.1-..........").strokes())
                .containsExactly(new Figure.Stroke('x', 0, 3), new Figure.Stroke('1', 4, 2));
    }

    @Test
    void shortensANoteThatWouldOverlapTheNextOfItsPitch() {
        Part part = new Part(
                Role.BASS,
                Instrument.SUB_BASS,
                List.of(new Note(0, 300, 40, 90), new Note(100, 50, 47, 90), new Note(200, 50, 40, 90)));

        assertThat(part.notes())
                .containsExactly(new Note(0, 200, 40, 90), new Note(100, 50, 47, 90), new Note(200, 50, 40, 90));
    }

    @Test
    void refusesAFigureOfAnotherLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Figure.parse("x..."))
                .withMessage("figure 'x...' has 4 steps; write 16");
    }

    @Test
    void saysWhatAGenreLacks() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Genre("polka", Map.of()).all("tempo"))
                .withMessage("genre polka has no tempo; add some to its file");
    }

    @ParameterizedTest
    @CsvSource({
        "0, IONIAN, C major, 0",
        "9, AEOLIAN, A minor, 0",
        "8, AEOLIAN, G sharp minor, 5",
        "10, DORIAN, B flat dorian, -4",
        "6, LYDIAN, G flat lydian, -5",
        "7, MIXOLYDIAN, G mixolydian, 0"
    })
    void namesKeysAsMusiciansDo(int tonic, Mode mode, String words, int sharps) {
        assertThat(new Key(tonic, mode).words()).isEqualTo(words);
        assertThat(new Key(tonic, mode).sharps()).isEqualTo(sharps);
    }

    static List<Genre> genres() {
        return Genre.NAMES.stream().map(Genre::load).toList();
    }
}
