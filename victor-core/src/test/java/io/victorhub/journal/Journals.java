package io.victorhub.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Journals of records that are a number or a word each. */
final class Journals {

    static final int LARGE = 1 << 20;

    /** The first segment of a journal of these. */
    static final String FIRST = "journal-00000001-2026-01-05.jsonl";

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-05T09:00:00Z"));

    private Journals() {}

    static byte[] record(Object word) {
        return ("{\"n\":\"" + word + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    static String word(byte[] record) {
        String text = new String(record, StandardCharsets.UTF_8);
        return text.substring("{\"n\":\"".length(), text.lastIndexOf('"'));
    }

    static List<Place> append(Journal journal, Object... words) {
        return append(journal, Force.NONE, words);
    }

    static List<Place> append(Journal journal, Force force, Object... words) {
        return await(journal, journal.append(lines(words), force));
    }

    static Lines lines(Object... words) {
        Lines lines = new Lines(16);
        Stream.of(words).map(Journals::record).forEach(lines::add);
        return lines;
    }

    static List<Place> await(Journal journal, Ticket ticket) {
        journal.await(ticket);
        return IntStream.range(0, ticket.count()).mapToObj(ticket::place).toList();
    }

    static Journal open(Path folder, int segmentBytes) {
        return Journal.open(folder, settings(segmentBytes));
    }

    static JournalSettings settings(int segmentBytes) {
        return JournalSettings.of(CLOCK, ZoneOffset.UTC, Thread::new)
                .withSegmentBytes(segmentBytes)
                .withReserveBytes(1 << 16);
    }

    /** Collects the words of all records. */
    static Journal.Visitor into(List<String> words) {
        return (segment, offset, bytes, start, end) -> words.add(word(Line.object(bytes, start, end)));
    }

    /** Opens it, reads what is there, and leaves it as it is. */
    static List<String> wordsIn(Path folder) {
        return wordsIn(folder, settings(LARGE));
    }

    static List<String> wordsIn(Path folder, JournalSettings settings) {
        List<String> words = new ArrayList<>();
        try (Journal journal = Journal.open(folder, settings)) {
            journal.recover(into(words));
        }
        return words;
    }

    static Journal opened(Path folder, int segmentBytes) {
        return opened(folder, settings(segmentBytes));
    }

    static Journal opened(Path folder, JournalSettings settings) {
        Journal journal = Journal.open(folder, settings);
        journal.recover((segment, offset, bytes, start, end) -> {});
        return journal;
    }

    static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("LOCK") && !name.equals("reserve"))
                    .sorted()
                    .toList();
        }
    }
}
