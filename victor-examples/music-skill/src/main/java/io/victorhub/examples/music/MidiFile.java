package io.victorhub.examples.music;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes a score as a Standard MIDI File of format 1: a track for the tempo, then one for each part. */
final class MidiFile {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** What happens at a tick; at the same tick, notes end before others begin. */
    private record Event(int tick, boolean begins, Note note) {}

    private MidiFile() {}

    /** {@return the bytes of the file} */
    static byte[] of(Score score) {
        MidiFile file = new MidiFile();
        file.text("MThd");
        file.number(6, 4);
        file.number(1, 2);
        file.number(1 + score.parts().size(), 2);
        file.number(Score.TICKS, 2);
        file.chunk(conductor(score));
        score.parts().forEach(part -> file.chunk(track(part, score)));
        return file.bytes.toByteArray();
    }

    private static MidiFile conductor(Score score) {
        MidiFile track = new MidiFile();
        track.meta(0x03, score.title().getBytes(StandardCharsets.US_ASCII));
        int microseconds = 60_000_000 / score.tempo();
        track.meta(0x51, (byte) (microseconds >> 16), (byte) (microseconds >> 8), (byte) microseconds);
        track.meta(0x58, (byte) 4, (byte) 2, (byte) 24, (byte) 8);
        track.meta(0x59, (byte) score.key().sharps(), (byte) (score.key().mode() == Mode.AEOLIAN ? 1 : 0));
        track.end(0, score);
        return track;
    }

    private static MidiFile track(Part part, Score score) {
        MidiFile track = new MidiFile();
        int channel = part.role().channel();
        track.meta(0x03, part.role().title().getBytes(StandardCharsets.US_ASCII));
        track.message(0, 0xC0 | channel, part.instrument().program());
        track.message(0, 0xB0 | channel, 10, (int) Math.round(part.role().place() * 127));
        int now = 0;
        for (Event event : events(part)) {
            int command = event.begins() ? 0x90 : 0x80;
            int velocity = event.begins() ? event.note().velocity() : 64;
            track.message(event.tick() - now, command | channel, event.note().pitch(), velocity);
            now = event.tick();
        }
        track.end(now, score);
        return track;
    }

    private static List<Event> events(Part part) {
        List<Event> events = new ArrayList<>();
        for (Note note : part.notes()) {
            events.add(new Event(note.start(), true, note));
            events.add(new Event(note.end(), false, note));
        }
        events.sort(Comparator.comparingInt(Event::tick)
                .thenComparing(Event::begins)
                .thenComparingInt(event -> event.note().pitch()));
        return events;
    }

    /** All tracks end together, after the last chord has died away. */
    private void end(int now, Score score) {
        int tail = (int) Math.round(Score.TAIL * score.tempo() * Score.TICKS / 60);
        variable(score.bars() * Score.BAR + tail - now);
        bytes.write(0xFF);
        bytes.write(0x2F);
        bytes.write(0);
    }

    private void meta(int type, byte... content) {
        variable(0);
        bytes.write(0xFF);
        bytes.write(type);
        variable(content.length);
        bytes.writeBytes(content);
    }

    private void message(int delta, int... message) {
        variable(delta);
        for (int part : message) {
            bytes.write(part);
        }
    }

    private void chunk(MidiFile track) {
        text("MTrk");
        number(track.bytes.size(), 4);
        bytes.writeBytes(track.bytes.toByteArray());
    }

    private void text(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void number(int value, int size) {
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
            bytes.write(value >> shift);
        }
    }

    /** Seven bits a byte, the highest bit set in all but the last. */
    private void variable(int value) {
        for (int shift = 21; shift > 0; shift -= 7) {
            if (value >>> shift != 0) {
                bytes.write(((value >>> shift) & 0x7F) | 0x80);
            }
        }
        bytes.write(value & 0x7F);
    }
}
