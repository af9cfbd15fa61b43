package io.victorhub.journal;

import static io.victorhub.journal.Journals.FIRST;
import static io.victorhub.journal.Journals.LARGE;
import static io.victorhub.journal.Journals.append;
import static io.victorhub.journal.Journals.filesIn;
import static io.victorhub.journal.Journals.opened;
import static io.victorhub.journal.Journals.word;
import static io.victorhub.journal.Journals.wordsIn;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is restored of a segment that a crash or a bad disk left, byte by byte. */
class RecoveryTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.victorhub.journal");
    private final Level level = logger.getLevel();
    private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        warnings.start();
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        logger.addAppender(warnings);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(warnings);
        logger.setAdditive(true);
        logger.setLevel(level);
    }

    @Test
    void noticesAFlippedBitWhereverItIs() throws IOException {
        byte[] whole = journalOf("a", "b", "c");
        List<Integer> starts = starts(whole);
        List<String> words = List.of("header", "a", "b", "c");
        Path file = at("flipped");

        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            int line = lineAt(starts, at);
            boolean breakGone = at == starts.get(line + 1) - 1;
            List<String> expected = new ArrayList<>(words);
            expected.subList(line, Math.min(words.size(), line + (breakGone ? 2 : 1)))
                    .clear();
            expected.remove("header");

            assertThat(recovered(file, flipped))
                    .as("bit flipped at byte %d", at)
                    .isEqualTo(expected);

            assertThat(messages())
                    .as("bit flipped at byte %d", at)
                    .singleElement()
                    .asString()
                    .startsWith("journal " + file + " ")
                    .contains(" at byte " + starts.get(line));
            warnings.list.clear();
        }
    }

    @Test
    void doesNotCallAWholeLineTornThatWasDamagedAtTheEnd() throws IOException {
        byte[] whole = journalOf("a", "b");
        int last = starts(whole).get(2);
        whole[last + 3] ^= 1;

        assertThat(recovered(at("flipped"), whole)).containsExactly("a");

        assertThat(messages())
                .containsExactly("journal " + at("flipped") + " is damaged at byte " + last
                        + " and to its end: the 1 records before it were restored, " + (whole.length - last)
                        + " bytes are set aside in " + FIRST + ".damaged-" + last
                        + "; check the disk, unless the power failed while they were written");
        assertThat(folder.resolve("flipped").resolve(FIRST + ".damaged-" + last))
                .hasBinaryContent(Arrays.copyOfRange(whole, last, whole.length));
    }

    @Test
    void setsAsideWhatNeverWasAJournal() throws IOException {
        Path store = Files.createDirectory(folder.resolve("store"));
        Files.writeString(store.resolve("journal-00000001-2026-01-05.jsonl"), "dear diary,\ntoday\n");

        assertThat(wordsIn(store)).isEmpty();

        assertThat(filesIn(store)).containsExactly("journal-00000001-2026-01-05.jsonl.damaged-0");
        assertThat(store.resolve("journal-00000001-2026-01-05.jsonl.damaged-0")).hasContent("dear diary,\ntoday\n");
        assertThat(messages()).singleElement().asString().contains("is damaged at byte 0");
    }

    @Test
    void takesZerosBehindTheLastRecordForRoomThatWasMadeAhead() throws IOException {
        byte[] whole = journalOf("a", "b");

        assertThat(recovered(at("zeros"), Arrays.copyOf(whole, whole.length + 4096)))
                .containsExactly("a", "b");

        assertThat(messages()).isEmpty();
    }

    @Test
    void cutsARecordThatIsTornBeforeSuchZeros() throws IOException {
        byte[] whole = journalOf("a", "b");
        int last = starts(whole).get(2);
        byte[] torn = Arrays.copyOf(Arrays.copyOf(whole, whole.length - 5), whole.length + 4096);

        assertThat(recovered(at("zeros"), torn)).containsExactly("a");

        assertThat(at("zeros")).hasBinaryContent(Arrays.copyOf(whole, last));
        assertThat(at("zeros").resolveSibling(FIRST + ".torn-" + last))
                .hasBinaryContent(Arrays.copyOfRange(whole, last, whole.length - 5));
        assertThat(messages()).singleElement().asString().contains("incomplete record at byte " + last);
    }

    @Test
    void passesOverBlanksWithoutAWord() throws IOException {
        byte[] whole = journalOf("a", "b", "c");
        int start = starts(whole).get(2);
        int end = starts(whole).get(3);
        Arrays.fill(whole, start, end - 1, (byte) ' ');

        assertThat(recovered(at("blank"), whole)).containsExactly("a", "c");

        assertThat(messages()).isEmpty();
    }

    @Test
    void mendsDamageInAnEarlierSegmentWithoutTouchingTheOthers() throws IOException {
        Path store = folder.resolve("store");
        try (Journal journal = opened(store, LARGE)) {
            append(journal, "a");
            append(journal, "b");
            journal.rotate();
            append(journal, "c");
        }
        Path first = store.resolve("journal-00000001-2026-01-05.jsonl");
        byte[] torn = Files.readAllBytes(first);
        Files.write(first, Arrays.copyOf(torn, torn.length - 3));

        assertThat(wordsIn(store)).containsExactly("a", "c");
        assertThat(wordsIn(store)).containsExactly("a", "c");

        int start = starts(torn).get(2);
        assertThat(messages()).singleElement().asString().contains("is damaged at byte " + start + ":");
        assertThat(Files.size(first)).isEqualTo(torn.length - 3);
        assertThat(filesIn(store))
                .containsExactly(
                        "journal-00000001-2026-01-05.jsonl",
                        "journal-00000001-2026-01-05.jsonl.damaged-" + start,
                        "journal-00000002-2026-01-05.jsonl");
    }

    @Test
    void namesEveryDamagedPlace() throws IOException {
        byte[] whole = journalOf("a", "b", "c", "d", "e");
        List<Integer> starts = starts(whole);
        whole[starts.get(2) + 1] ^= 1;
        whole[starts.get(4) + 1] ^= 1;

        assertThat(recovered(at("twice"), whole)).containsExactly("a", "c", "e");

        assertThat(messages()).hasSize(2).satisfies(texts -> {
            assertThat(texts.get(0))
                    .contains("at byte " + starts.get(2) + ": the 1 records before it and the 2 behind");
            assertThat(texts.get(1))
                    .contains("at byte " + starts.get(4) + ": the 2 records before it and the 1 behind");
        });
    }

    private byte[] journalOf(Object... words) throws IOException {
        Path store = folder.resolve("journal");
        try (Journal journal = opened(store, LARGE)) {
            for (Object word : words) {
                append(journal, word);
            }
        }
        return Files.readAllBytes(store.resolve("journal-00000001-2026-01-05.jsonl"));
    }

    private Path at(String name) {
        return folder.resolve(name).resolve(FIRST);
    }

    private static List<String> recovered(Path file, byte[] content) throws IOException {
        Path store = Objects.requireNonNull(file.getParent());
        Files.createDirectories(store);
        Files.write(file, content);
        List<String> words = new ArrayList<>();
        Segment segment = Segment.of(store, FIRST).orElseThrow();
        Recovery.read(JournalFiles.real(), segment, 0, Journals.into(words)).mend(true);
        return words;
    }

    private List<String> messages() {
        return warnings.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** {@return where each line begins, and where the last one ends} */
    private static List<Integer> starts(byte[] journal) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        String text = new String(journal, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            starts.add(at + 1);
        }
        return starts;
    }

    private static int lineAt(List<Integer> starts, int at) {
        int line = 0;
        while (starts.get(line + 1) <= at) {
            line++;
        }
        return line;
    }
}
