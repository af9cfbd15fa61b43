package io.victorhub.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Journals of records that are a number or a word each. */
final class Journals {

    static final int LARGE = 1 << 20;

    private Journals() {}

    static byte[] record(Object word) {
        return ("{\"n\":\"" + word + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    static String word(byte[] record) {
        String text = new String(record, StandardCharsets.UTF_8);
        return text.substring("{\"n\":\"".length(), text.lastIndexOf('"'));
    }

    static List<Place> append(Journal journal, Object... words) {
        List<byte[]> records = Stream.of(words).map(Journals::record).toList();
        return journal.await(journal.append(records, false));
    }

    /** Opens it, reads what is there, and leaves it as it is. */
    static List<String> wordsIn(Path folder) {
        List<String> words = new ArrayList<>();
        try (Journal journal = Journal.open(folder, LARGE)) {
            journal.recover((place, record) -> words.add(word(record)));
        }
        return words;
    }

    static Journal opened(Path folder, int segmentBytes) {
        Journal journal = Journal.open(folder, segmentBytes);
        journal.recover((place, record) -> {});
        return journal;
    }

    static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("LOCK"))
                    .sorted()
                    .toList();
        }
    }
}
