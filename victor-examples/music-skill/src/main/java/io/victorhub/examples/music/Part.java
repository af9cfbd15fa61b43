package io.victorhub.examples.music;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one player plays. A note that would overlap the next one of its pitch is shortened, because in MIDI the end of
 * the first would cut off the second.
 *
 * @param role what the part does
 * @param instrument what it is played on
 * @param notes by start, then pitch
 */
record Part(Role role, Instrument instrument, List<Note> notes) {

    Part {
        notes = withoutOverlaps(notes);
    }

    private static List<Note> withoutOverlaps(List<Note> notes) {
        List<Note> sorted = new ArrayList<>(notes);
        sorted.sort(Comparator.comparingInt(Note::start).thenComparingInt(Note::pitch));
        Map<Integer, Integer> latest = new HashMap<>();
        List<Note> clean = new ArrayList<>();
        for (Note note : sorted) {
            Integer before = latest.get(note.pitch());
            if (before != null && clean.get(before).start() == note.start()) {
                continue;
            }
            if (before != null && clean.get(before).end() > note.start()) {
                clean.set(before, clean.get(before).until(note.start()));
            }
            latest.put(note.pitch(), clean.size());
            clean.add(note);
        }
        return List.copyOf(clean);
    }
}
