package io.victorhub.journal;

import static io.victorhub.journal.Journals.LARGE;
import static io.victorhub.journal.Journals.append;
import static io.victorhub.journal.Journals.filesIn;
import static io.victorhub.journal.Journals.lines;
import static io.victorhub.journal.Journals.opened;
import static io.victorhub.journal.Journals.record;
import static io.victorhub.journal.Journals.word;
import static io.victorhub.journal.Journals.wordsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    private Path folder;

    @Test
    void givesRecordsBackInTheOrderInWhichTheyWereHandedIn() {
        try (Journal journal = opened(folder, LARGE)) {
            Ticket first = journal.append(lines("a", "b"), Force.NOW);
            Ticket second = journal.append(lines("c"), Force.NONE);
            List<Place> behind = Journals.await(journal, second);
            List<Place> before = Journals.await(journal, first);

            assertThat(before).hasSize(2);
            assertThat(before.get(0).end()).isEqualTo(before.get(1).offset());
            assertThat(before.get(1).end()).isEqualTo(behind.get(0).offset());
        }

        assertThat(wordsIn(folder)).containsExactly("a", "b", "c");
    }

    @Test
    void goesOnBehindWhatWasThere() {
        try (Journal journal = opened(folder, LARGE)) {
            append(journal, "a");
        }
        try (Journal journal = opened(folder, LARGE)) {
            append(journal, "b");
        }

        assertThat(wordsIn(folder)).containsExactly("a", "b");
    }

    @Test
    void isLinesOfJsonThatAPersonCanRead() throws IOException {
        try (Journal journal = opened(folder, LARGE)) {
            append(journal, "a");
        }

        assertThat(Files.readAllLines(folder.resolve("journal-00000001-2026-01-05.jsonl")))
                .hasSize(2)
                .allMatch(line -> line.matches("\\{.*,\"crc\":\"[0-9a-f]{8}\"}"))
                .satisfies(lines ->
                        assertThat(lines.get(0)).startsWith("{\"journal\":\"victor\",\"format\":1,\"segment\":1,"));
    }

    @Test
    void givesEachRecordAtItsPlace() {
        try (Journal journal = opened(folder, 150)) {
            List<Place> places = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                places.addAll(append(journal, i));
            }

            for (int i = 0; i < 50; i++) {
                Place place = places.get(i);
                assertThat(word(journal.read(place))).isEqualTo("" + i);
                assertThat(word(journal.read(place.segment(), place.offset()))).isEqualTo("" + i);
                byte[] line = journal.bytes(place.segment(), place.offset(), place.length());
                assertThat(Journal.record(line, 0, line.length))
                        .hasValueSatisfying(record -> assertThat(record).isEqualTo(journal.read(place)));
            }
        }
    }

    @Test
    void writesWhatWasHandedInBeforeItIsClosed() {
        Journal journal = opened(folder, LARGE);
        journal.append(lines("a"), Force.NONE);

        journal.close();
        journal.close();

        assertThat(wordsIn(folder)).containsExactly("a");
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> journal.append(lines("b"), Force.NONE))
                .withMessage("the store in " + folder + " is closed");
    }

    @Test
    void beginsASegmentWhenOneIsLongEnough() throws IOException {
        try (Journal journal = opened(folder, 150)) {
            for (int i = 0; i < 10; i++) {
                append(journal, i);
            }
            assertThat(journal.segments()).hasSizeBetween(3, 5);
            assertThat(journal.segments().stream().map(journal::length)).allMatch(length -> length < 300);
        }

        assertThat(filesIn(folder)).contains("journal-00000001-2026-01-05.jsonl", "journal-00000002-2026-01-05.jsonl");
        assertThat(wordsIn(folder)).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void keepsABatchInOneSegmentHoweverLongItIs() {
        try (Journal journal = opened(folder, 100)) {
            append(journal, "before");

            assertThat(append(journal, (Object[]) "a b c d e f g h i j".split(" ")).stream()
                            .map(Place::segment)
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void beginsEachNewSegmentWithThePreamble() {
        try (Journal journal = opened(folder, LARGE)) {
            journal.start(() -> record("preamble"));
            append(journal, "a");
            journal.rotate();
            append(journal, "b");
        }

        assertThat(wordsIn(folder)).containsExactly("preamble", "a", "preamble", "b");
    }

    @Test
    void writesASegmentAnewWithBlanksWhereSomethingBecameShorter() {
        try (Journal journal = opened(folder, LARGE)) {
            Place place = append(journal, "a long word that must go").get(0);
            Place behind = append(journal, "b").get(0);
            int segment = journal.rotate().last();
            byte[] content = journal.bytes(segment, 0, journal.length(segment));

            System.arraycopy(Journal.lineOf(record("x"), place), 0, content, place.offset(), place.length());
            journal.replace(segment, content);

            assertThat(new String(journal.read(place), StandardCharsets.UTF_8))
                    .startsWith("{\"n\":\"x\"")
                    .endsWith("}");
            assertThat(word(journal.read(behind))).isEqualTo("b");
        }

        assertThat(wordsIn(folder)).containsExactly("x", "b");
        assertThat(folder.resolve("journal-00000001-2026-01-05.jsonl"))
                .content()
                .doesNotContain("must go");
    }

    @Test
    void dropsASegmentAndNeverUsesItsNumberAgain() throws IOException {
        try (Journal journal = opened(folder, LARGE)) {
            append(journal, "a");
            journal.rotate();
            Place kept = append(journal, "b").get(0);
            journal.drop(1);
            journal.rotate();

            assertThat(append(journal, "c").get(0).segment()).isEqualTo(3);
            assertThat(word(journal.read(kept))).isEqualTo("b");
            assertThat(journal.segments()).containsExactly(2, 3);
        }

        assertThat(filesIn(folder))
                .containsExactly("journal-00000002-2026-01-05.jsonl", "journal-00000003-2026-01-05.jsonl");
    }

    @Test
    void readsFromMoreSegmentsThanItKeepsOpen() {
        try (Journal journal = opened(folder, 60)) {
            List<Place> places = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                places.addAll(append(journal, i));
            }

            for (int round = 0; round < 2; round++) {
                assertThat(places.stream().map(place -> word(journal.read(place))))
                        .hasSize(40)
                        .startsWith("0", "1")
                        .endsWith("38", "39");
            }
            assertThat(journal.segments()).hasSize(40);
        }
    }

    @Test
    void saysWhereARecordIsThatWasDamagedMeanwhile() throws IOException {
        Path file = folder.resolve("journal-00000001-2026-01-05.jsonl");
        try (Journal journal = opened(folder, LARGE)) {
            Place place = append(journal, "a").get(0);
            byte[] bytes = Files.readAllBytes(file);
            bytes[place.offset() + 6] ^= 1;
            Files.write(file, bytes);

            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> journal.read(place))
                    .withMessage("journal " + file + " is damaged at byte " + place.offset()
                            + "; close the hub and open it again to have it mended");
        }
    }

    @Test
    void acknowledgesNothingThatTheWriterDidNotWriteForWhateverReason() {
        try (Journal journal = opened(folder, LARGE)) {
            journal.start(() -> {
                throw new IllegalStateException("no preamble");
            });
            Ticket writers = journal.append(lines("a"), Force.NONE);
            Ticket others = journal.append(lines("b"), Force.NONE);

            assertThatIllegalStateException()
                    .isThrownBy(() -> journal.await(writers))
                    .withMessage("no preamble");
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> journal.await(others))
                    .withMessageContaining("could not write")
                    .withMessageContaining("no preamble");

            journal.start(() -> new byte[0]);
            append(journal, "c");
        }
        assertThat(wordsIn(folder)).containsExactly("c");
    }
}
