package io.victorhub.journal;

import static io.victorhub.journal.Journals.LARGE;
import static io.victorhub.journal.Journals.append;
import static io.victorhub.journal.Journals.lines;
import static io.victorhub.journal.Journals.opened;
import static io.victorhub.journal.Journals.record;
import static io.victorhub.journal.Journals.settings;
import static io.victorhub.journal.Journals.word;
import static io.victorhub.journal.Journals.wordsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.victorhub.spi.store.StorageException;
import io.victorhub.testing.FaultyDisk;
import io.victorhub.testing.FaultyDisk.Gate;
import io.victorhub.testing.FaultyDisk.Operation;
import io.victorhub.testing.SettableClock;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where records stand: in segments by day, to be read there, and to go on from. */
@Timeout(60)
class JournalPlacesTest {

    private static final Path FOLDER = Path.of("/store");

    private final SettableClock clock = new SettableClock();
    private final FaultyDisk disk = new FaultyDisk(new Random(7));
    private final JournalSettings settings = settings(LARGE).withFiles(disk);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void beginsASegmentWhenADayBeginsInItsZone() {
        clock.set(Instant.parse("2026-01-05T22:59:59Z"));
        JournalSettings inBerlin = JournalSettings.of(clock, ZoneId.of("Europe/Berlin"), Thread::new)
                .withReserveBytes(0)
                .withFiles(disk);
        try (Journal journal = opened(FOLDER, inBerlin)) {
            append(journal, "on the 5th");
            clock.set(Instant.parse("2026-01-05T23:00:00Z"));
            append(journal, "on the 6th");
            append(journal, "on the 6th as well");

            assertThat(journal.segments()).containsExactly(1, 2);
            assertThat(journal.day(1)).isEqualTo(LocalDate.parse("2026-01-05"));
            assertThat(journal.day(2)).isEqualTo(LocalDate.parse("2026-01-06"));
        }

        assertThat(disk.list(FOLDER))
                .containsExactlyInAnyOrder("journal-00000001-2026-01-05.jsonl", "journal-00000002-2026-01-06.jsonl");
        assertThat(wordsIn(FOLDER, inBerlin)).containsExactly("on the 5th", "on the 6th", "on the 6th as well");
    }

    @Test
    void goesOnInTheSegmentOfTheSameDayOnly() {
        JournalSettings daily = JournalSettings.of(clock, ZoneOffset.UTC, Thread::new)
                .withReserveBytes(0)
                .withFiles(disk);
        try (Journal journal = opened(FOLDER, daily)) {
            append(journal, "a");
        }
        try (Journal journal = opened(FOLDER, daily)) {
            append(journal, "b");
            assertThat(journal.segments()).containsExactly(1);
        }
        clock.set(Instant.parse("2026-02-01T00:00:00Z"));

        try (Journal journal = opened(FOLDER, daily)) {
            append(journal, "c");
            assertThat(journal.segments()).containsExactly(1, 2);
            assertThat(journal.day(2)).isEqualTo(LocalDate.parse("2026-02-01"));
        }
    }

    @Test
    void refusesTwoFilesOfOneNumber() {
        disk.put(FOLDER.resolve("journal-00000001-2026-01-05.jsonl"), new byte[0]);
        disk.put(FOLDER.resolve("journal-00000001-2026-01-06.jsonl"), new byte[0]);

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> wordsIn(FOLDER, settings))
                .withMessageContaining("journal-00000001-2026-01-06.jsonl")
                .withMessageContaining("journal-00000001-2026-01-05.jsonl")
                .withMessageContaining("move it away");
    }

    @Test
    void recoversOnlyWhatIsBehindAPlaceThatItGave() {
        Place place;
        JournalSettings small = settings.withSegmentBytes(100);
        try (Journal journal = opened(FOLDER, small)) {
            assertThat(journal.end()).isEqualTo(new Place(0, 0, 0));
            append(journal, "a", "b");
            append(journal, "c");
            journal.force();
            place = journal.end();
            append(journal, "d");
            append(journal, "e", "f");
        }

        List<String> words = new ArrayList<>();
        try (Journal journal = Journal.open(FOLDER, small)) {
            assertThat(journal.recover(place.segment(), place.offset(), Journals.into(words)))
                    .isTrue();

            assertThat(words).containsExactly("d", "e", "f");
            append(journal, "g");
            assertThat(journal.segments()).startsWith(1, 2);
        }
        assertThat(wordsIn(FOLDER, small)).containsExactly("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void leavesWhatIsBeforeSuchAPlaceAsItIs() {
        Place place;
        Path first = FOLDER.resolve(Journals.FIRST);
        try (Journal journal = opened(FOLDER, settings)) {
            append(journal, "a");
            journal.rotate();
            append(journal, "b");
            place = journal.end();
            append(journal, "c");
        }
        disk.flip(first, 70, 1);
        byte[] damaged = disk.content(first);

        List<String> words = new ArrayList<>();
        try (Journal journal = Journal.open(FOLDER, settings)) {
            journal.recover(place.segment(), place.offset(), Journals.into(words));

            assertThat(words).containsExactly("c");
            assertThat(disk.content(first)).isEqualTo(damaged);
            assertThat(journal.length(1)).isEqualTo(damaged.length);
        }
    }

    @Test
    void saysThatAPlaceIsNotThereSoThatAllIsRecovered() {
        Place place;
        try (Journal journal = opened(FOLDER, settings)) {
            append(journal, "a");
            place = journal.end();
        }
        List<String> words = new ArrayList<>();

        for (Place no : List.of(
                new Place(place.segment(), place.offset() + 1, 0),
                new Place(place.segment(), place.offset() - 1, 0),
                new Place(place.segment(), 0, 0),
                new Place(place.segment() + 1, place.offset(), 0))) {
            try (Journal journal = Journal.open(FOLDER, settings)) {
                assertThat(journal.recover(no.segment(), no.offset(), Journals.into(words)))
                        .as("%s", no)
                        .isFalse();
                assertThat(words).isEmpty();

                journal.recover(Journals.into(words));

                assertThat(words).containsExactly("a");
                words.clear();
            }
        }
    }

    @Test
    void readsRecordsOfAnyLengthWhereTheyBegin() {
        List<String> words = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        try (Journal journal = opened(FOLDER, settings.withSegmentBytes(300_000))) {
            Random random = new Random(1);
            for (int i = 0; i < 200; i++) {
                String word = i + "x".repeat(i % 40 == 7 ? 200_000 : random.nextInt(3000));
                words.add(word);
                places.addAll(append(journal, word));
            }
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < places.size(); i++) {
                    assertThat(word(journal.read(
                                    places.get(i).segment(), places.get(i).offset())))
                            .isEqualTo(words.get(i));
                }
            }
            for (int i = 0; i < 1000; i++) {
                int any = random.nextInt(places.size());
                assertThat(word(journal.read(places.get(any)))).isEqualTo(words.get(any));
            }
        }
    }

    @Test
    void readsInOrderWithFewCallsOfTheSystem() {
        List<Place> places = new ArrayList<>();
        try (Journal journal = opened(FOLDER, settings)) {
            for (int i = 0; i < 5000; i++) {
                places.addAll(append(journal, i));
            }
            int before = disk.count(Operation.READ);

            places.forEach(journal::read);

            assertThat(disk.count(Operation.READ) - before)
                    .isLessThan(3 + 2 * journal.end().offset() / (64 << 10));
        }
    }

    @Test
    void givesWhatASegmentWasReplacedBy() {
        try (Journal journal = opened(FOLDER, settings)) {
            Place place = append(journal, "a long word that must go").get(0);
            Place behind = append(journal, "b").get(0);
            int segment = journal.rotate().last();
            journal.read(place);
            byte[] content = journal.bytes(segment, 0, journal.length(segment));
            System.arraycopy(Journal.lineOf(record("x"), place), 0, content, place.offset(), place.length());

            journal.replace(segment, content);

            assertThat(word(journal.read(place)).strip()).isEqualTo("x");
            assertThat(word(journal.read(behind))).isEqualTo("b");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> journal.replace(segment, new byte[content.length - 1]))
                    .withMessageContaining("cannot be replaced");
        }
    }

    @Test
    void saysThatASegmentIsNotThereAnyMore() {
        try (Journal journal = opened(FOLDER, settings)) {
            Place place = append(journal, "a").get(0);
            journal.rotate();
            append(journal, "b");
            journal.read(place);

            journal.drop(1);

            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> journal.read(place))
                    .withMessage(
                            "the store in /store has no segment 1 (any more); its records were dropped, or its file"
                                    + " was removed");
        }
    }

    @Test
    void neverUsesTheNumberOfASegmentAgainThatItDropped() {
        try (Journal journal = opened(FOLDER, settings)) {
            append(journal, "a");
            journal.rotate();
            journal.drop(1);

            assertThat(append(journal, "b").get(0).segment()).isEqualTo(2);
        }
    }

    @Test
    void showsNothingThatIsNotWritten() throws Exception {
        try (Journal journal = opened(FOLDER, settings)) {
            Place first = append(journal, Force.NOW, "a").get(0);
            int before = journal.length(1);
            Gate gate = disk.hold(Operation.WRITE);
            Future<?> writer = threads.submit(() -> append(journal, Force.NONE, "b"));
            gate.awaitHeld();

            assertThat(journal.length(1)).isEqualTo(before);
            assertThat(journal.end()).isEqualTo(new Place(1, before, 0));
            assertThatExceptionOfType(StorageException.class).isThrownBy(() -> journal.read(1, first.end()));
            assertThatExceptionOfType(StorageException.class).isThrownBy(() -> journal.bytes(1, before - 1, 2));

            gate.open();
            writer.get(10, TimeUnit.SECONDS);
            assertThat(word(journal.read(1, first.end()))).isEqualTo("b");
        }
    }

    @Test
    void isReadByManyWhileItIsWrittenAndItsSegmentsAreReplaced() throws Exception {
        JournalSettings small = settings.withSegmentBytes(4000);
        AtomicBoolean ended = new AtomicBoolean();
        try (Journal journal = opened(FOLDER, small)) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                readers.add(threads.submit(() -> follow(journal, ended)));
            }
            for (int i = 0; i < 3000; i++) {
                append(journal, i % 50 == 0 ? Force.NOW : Force.NONE, i);
                if (i % 300 == 299) {
                    int segment = journal.rotate().last();
                    journal.replace(segment, journal.bytes(segment, 0, journal.length(segment)));
                }
            }
            ended.set(true);
            for (Future<?> reader : readers) {
                reader.get(30, TimeUnit.SECONDS);
            }
        }
    }

    /** Reads record after record, as far as there are any. */
    private static void follow(Journal journal, AtomicBoolean ended) {
        int next = 0;
        for (int segment = 1, offset = -1; ; ) {
            boolean last = ended.get();
            Place end = journal.end();
            if (segment < end.segment() && offset >= 0 && offset == journal.length(segment)) {
                segment++;
                offset = -1;
            } else if (segment <= end.segment() && (offset < 0 || offset < journal.length(segment))) {
                int from = Math.max(offset, 0);
                byte[] read = journal.read(segment, from);
                int length = read.length - 1 + Lines.SEAL_BYTES;
                if (offset >= 0) {
                    assertThat(word(read)).isEqualTo("" + next++);
                }
                offset = from + length;
            } else if (last) {
                assertThat(next).isEqualTo(3000);
                return;
            }
        }
    }

    @Test
    void forcesWhatWasHandedInAndNotWaitedFor() {
        Journal journal = opened(FOLDER, settings);
        append(journal, Force.NOW, "a");
        journal.append(lines("b"), Force.NONE);

        journal.force();

        disk.cutPower();
        assertThat(wordsIn(FOLDER, settings)).containsExactly("a", "b");
    }
}
