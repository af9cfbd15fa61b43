package io.victorhub.examples.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiFileFormat;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's own parser reads what is written. */
class MidiFileTest {

    @ParameterizedTest
    @MethodSource("scores")
    void isAStandardMidiFileOfFormatOne(Score score) throws Exception {
        MidiFileFormat format = MidiSystem.getMidiFileFormat(new ByteArrayInputStream(MidiFile.of(score)));

        assertThat(format.getType()).isEqualTo(1);
        assertThat(format.getDivisionType()).isEqualTo(Sequence.PPQ);
        assertThat(format.getResolution()).isEqualTo(Score.TICKS);
    }

    @ParameterizedTest
    @MethodSource("scores")
    void hasATrackForTheTempoAndOneForEachPart(Score score) throws Exception {
        Sequence sequence = sequence(score);

        assertThat(Stream.of(sequence.getTracks()).map(MidiFileTest::name).toList())
                .startsWith(score.title(), "Melody", "Chords")
                .endsWith("Bass", "Drums")
                .hasSize(1 + score.parts().size());
        assertThat(sequence.getMicrosecondLength() / 1e6).isCloseTo(score.seconds(), within(.01));
    }

    @ParameterizedTest
    @MethodSource("scores")
    void carriesExactlyTheNotesOfTheScore(Score score) throws Exception {
        Track[] tracks = sequence(score).getTracks();

        for (int i = 0; i < score.parts().size(); i++) {
            Part part = score.parts().get(i);
            assertThat(notes(tracks[i + 1], part.role().channel())).containsExactlyInAnyOrderElementsOf(part.notes());
        }
    }

    @Test
    void writesTempoMetreAndKey() throws Exception {
        Score score = new Score("Test", Genre.load("ambient"), new Key(9, Mode.AEOLIAN), 120, 4, List.of());

        Track conductor = sequence(score).getTracks()[0];

        assertThat(meta(conductor, 0x51)).containsExactly(0x07, 0xA1, 0x20);
        assertThat(meta(conductor, 0x58)).containsExactly(4, 2, 24, 8);
        assertThat(meta(conductor, 0x59)).containsExactly(0, 1);
    }

    static Stream<Score> scores() {
        return Genre.NAMES.stream()
                .map(genre -> new Composer(Genre.load(genre), new Dice(3)).compose("Title of " + genre));
    }

    private static Sequence sequence(Score score) throws Exception {
        return MidiSystem.getSequence(new ByteArrayInputStream(MidiFile.of(score)));
    }

    /** Every note that begins must end, on the right channel, before it begins again. */
    private static List<Note> notes(Track track, int channel) {
        List<Note> notes = new ArrayList<>();
        Map<Integer, Note> sounding = new HashMap<>();
        for (int i = 0; i < track.size(); i++) {
            MidiEvent event = track.get(i);
            if (event.getMessage() instanceof ShortMessage message) {
                assertThat(message.getChannel()).isEqualTo(channel);
                int tick = (int) event.getTick();
                if (message.getCommand() == ShortMessage.NOTE_ON) {
                    assertThat(sounding.put(
                                    message.getData1(), new Note(tick, 1, message.getData1(), message.getData2())))
                            .isNull();
                } else if (message.getCommand() == ShortMessage.NOTE_OFF) {
                    notes.add(sounding.remove(message.getData1()).until(tick));
                }
            }
        }
        assertThat(sounding).isEmpty();
        return notes;
    }

    private static String name(Track track) {
        byte[] name = new byte[meta(track, 0x03).size()];
        for (int i = 0; i < name.length; i++) {
            name[i] = meta(track, 0x03).get(i).byteValue();
        }
        return new String(name, StandardCharsets.US_ASCII);
    }

    private static List<Integer> meta(Track track, int type) {
        for (int i = 0; i < track.size(); i++) {
            if (track.get(i).getMessage() instanceof MetaMessage message && message.getType() == type) {
                List<Integer> content = new ArrayList<>();
                for (byte b : message.getData()) {
                    content.add(b & 0xff);
                }
                return content;
            }
        }
        throw new AssertionError("the track has no meta event of type " + type);
    }
}
