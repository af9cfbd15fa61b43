package io.victorhub.testkit;

import static io.victorhub.testkit.Samples.done;
import static io.victorhub.testkit.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Rating;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the embedded store makes of a journal that a crash, a bad disk or another version left. */
class JournalDamageTest {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-05T09:00:00Z"));
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.victorhub.journal");
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
        logger.setLevel(Level.ERROR);
    }

    @Test
    void restoresAllBeforeARecordThatIsTornAtWhateverByte() throws IOException {
        byte[] whole = journalOf("a", "b", "c");
        int lastLine = lines(whole).get(lines(whole).size() - 1);

        for (int length = lastLine; length < whole.length; length++) {
            Path torn = folder.resolve("torn-" + length);
            write(torn, Arrays.copyOf(whole, length));

            assertThat(waitingIn(torn)).as("cut at byte %d", length).containsExactly("a", "b");
            assertThat(asideIn(torn))
                    .isEqualTo(
                            length == lastLine ? List.of() : List.of(journal().getFileName() + ".torn-" + lastLine));
        }

        assertThat(messages())
                .hasSize(whole.length - lastLine - 1)
                .allMatch(text -> text.contains("at byte " + lastLine));
    }

    @Test
    void goesOnWritingWhereATornRecordWasCutOff() throws IOException {
        byte[] whole = journalOf("a", "b", "c");
        write(folder.resolve("torn"), Arrays.copyOf(whole, whole.length - 5));
        try (Store store = open(folder.resolve("torn"))) {
            store.tasks().submit(List.of(task("c"), task("d")));
        }

        assertThat(waitingIn(folder.resolve("torn"))).containsExactly("a", "b", "c", "d");

        assertThat(messages()).hasSize(1);
    }

    @Test
    void opensAnEmptyFileAndAHalfHeaderAsAnEmptyStore() throws IOException {
        byte[] whole = journalOf("a");
        int header = lines(whole).get(1);

        for (int length = 0; length < header; length++) {
            Path torn = folder.resolve("header-" + length);
            write(torn, Arrays.copyOf(whole, length));

            assertThat(waitingIn(torn)).isEmpty();
            assertThat(submitAndReopen(torn)).containsExactly("new");
        }
    }

    @Test
    void restoresTheOthersWhereAByteInTheMiddleIsFlipped() throws IOException {
        byte[] whole = journalOf("a", "b", "c");
        int start = lineOf(whole, "b");
        int end = lines(whole).get(lines(whole).indexOf(start) + 1);

        for (int at = start; at < end - 1; at += 7) {
            warnings.list.clear();
            Path damaged = folder.resolve("flipped-" + at);
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;
            write(damaged, flipped);

            assertThat(waitingIn(damaged)).as("flipped at byte %d", at).containsExactly("a", "c");

            assertThat(messages()).singleElement().asString().contains("is damaged at byte " + start, "check the disk");
            assertThat(asideIn(damaged)).containsExactly(journal().getFileName() + ".damaged-" + start);
            assertThat(damaged.resolve(asideIn(damaged).get(0)))
                    .hasBinaryContent(Arrays.copyOfRange(flipped, start, end));
        }
    }

    @Test
    void mendsDamageOnlyOnce() throws IOException {
        byte[] whole = journalOf("a", "b", "c");
        whole[lineOf(whole, "b") + 10] ^= 1;
        write(folder.resolve("damaged"), whole);
        assertThat(submitAndReopen(folder.resolve("damaged"))).containsExactly("a", "c", "new");

        assertThat(messages()).hasSize(1);
    }

    @Test
    void restoresTheRecordsBehindALineBreakThatIsGone() throws IOException {
        byte[] whole = journalOf("a", "b", "c", "d");
        whole[lineOf(whole, "c") - 1] = 'x';
        write(folder.resolve("damaged"), whole);

        assertThat(waitingIn(folder.resolve("damaged"))).containsExactly("a", "d");
    }

    @Test
    void goesOnWithTheOthersWhereATaskIsGoneWhoseEndIsThere() throws IOException {
        try (Store store = open(folder.resolve("store"))) {
            store.tasks().submit(List.of(task("a", 9)));
            store.tasks().submit(List.of(task("b")));
            Lease lease =
                    store.tasks().lease(LeaseRequest.one(Duration.ofMinutes(1))).get(0);
            store.tasks().settle(List.of(done(lease, clock.instant())));
        }
        byte[] whole = Files.readAllBytes(journal());
        whole[lineOf(whole, "a") + 10] ^= 1;
        write(folder.resolve("damaged"), whole);

        assertThat(waitingIn(folder.resolve("damaged"))).containsExactly("b");
        assertThat(logIn(folder.resolve("damaged"))).hasSize(1);
    }

    @Test
    void readsTheLogOverDamageFromEveryPosition() throws IOException {
        List<LogPage.Logged> before = new ArrayList<>();
        try (Store store = open(folder.resolve("store"))) {
            for (int i = 0; i < 4; i++) {
                store.log().append(List.of(new Rating("r-" + i, 1, "somebody", clock.instant())));
            }
            before.addAll(store.log().read(Position.START, 10).entries());
        }
        byte[] whole = Files.readAllBytes(journal());
        whole[lineOf(whole, "r-1") + 10] ^= 1;
        write(folder.resolve("damaged"), whole);

        try (Store store = open(folder.resolve("damaged"))) {
            assertThat(store.log().read(Position.START, 10).entries())
                    .extracting(logged -> logged.entry().taskId())
                    .containsExactly("r-0", "r-2", "r-3");
            assertThat(store.log().read(before.get(0).position(), 10).entries())
                    .extracting(logged -> logged.entry().taskId())
                    .containsExactly("r-2", "r-3");
            assertThat(store.log().read(before.get(1).position(), 10).entries())
                    .extracting(logged -> logged.entry().taskId())
                    .containsExactly("r-2", "r-3");
        }
    }

    @Test
    void refusesAPositionInTheMiddleOfARecord() throws IOException {
        try (Store store = open(folder.resolve("store"))) {
            store.log().append(List.of(new Rating("r", 1, "somebody", clock.instant())));
            store.log().append(List.of(new Rating("r", 1, "somebody", clock.instant())));
            String given = store.log().read(Position.START, 1).end().text();
            String[] parts = given.split(":");
            Position inside = new Position(parts[0] + ":" + (Integer.parseInt(parts[1]) + 5) + ":0");
            Position beyond = new Position(parts[0] + ":" + parts[1] + ":9");

            assertThatThrownBy(() -> store.log().read(inside, 1)).hasMessageContaining("is no position of this log");
            assertThatThrownBy(() -> store.log().read(beyond, 1)).hasMessageContaining("is no position of this log");
        }
    }

    @Test
    void refusesAJournalOfANewerFormatAndLeavesItAlone() throws IOException {
        Path newer = folder.resolve("newer");
        byte[] content = sealed("{\"journal\":\"victor\",\"format\":2,\"segment\":1}");
        write(newer, content);

        assertThatThrownBy(() -> open(newer))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("has format 2, this version of Victor reads 1")
                .hasMessageContaining("newer version");
        assertThat(newer.resolve(journal().getFileName())).hasBinaryContent(content);
    }

    @Test
    void refusesAJournalOfAnOlderFormat() throws IOException {
        Path older = folder.resolve("older");
        write(older, sealed("{\"journal\":\"victor\",\"format\":0,\"segment\":1}"));

        assertThatThrownBy(() -> open(older))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("has format 0")
                .hasMessageContaining("older version");
    }

    @Test
    void refusesARecordThatANewerVersionWrote() throws IOException {
        byte[] whole = journalOf("a");
        byte[] future = sealed("{\"r\":\"future\",\"id\":\"a\"}");
        byte[] both = Arrays.copyOf(whole, whole.length + future.length);
        System.arraycopy(future, 0, both, whole.length, future.length);
        write(folder.resolve("newer"), both);

        assertThatThrownBy(() -> open(folder.resolve("newer")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("'future'")
                .hasMessageContaining("byte " + whole.length)
                .hasMessageContaining("newer");
    }

    @Test
    void letsTheFolderGoWhenItCannotBeOpened() throws IOException {
        Path newer = folder.resolve("newer");
        write(newer, sealed("{\"journal\":\"victor\",\"format\":2,\"segment\":1}"));
        assertThatThrownBy(() -> open(newer)).hasMessageContaining("format");

        Files.delete(newer.resolve(journal().getFileName()));

        assertThat(waitingIn(newer)).isEmpty();
    }

    @Test
    void refusesToOpenAStoreTwice() {
        try (Store first = open(folder.resolve("store"))) {
            assertThat(first).isNotNull();

            assertThatThrownBy(() -> open(folder.resolve("store")))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("is in use by another hub of this process")
                    .hasMessageContaining("close that hub first");
        }
        assertThat(waitingIn(folder.resolve("store"))).isEmpty();
    }

    @Test
    void refusesAFolderThatCannotBeWritten() throws IOException {
        Path readOnly = Files.createDirectory(folder.resolve("read-only"));
        boolean made = readOnly.toFile().setWritable(false);
        assumeFalse(!made || Files.isWritable(readOnly), "root may write everywhere, so this cannot be tried");

        try {
            assertThatThrownBy(() -> open(readOnly))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("access is denied")
                    .hasMessageContaining("make the folder writable");
        } finally {
            assertThat(readOnly.toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void refusesAFileWhereItsFolderShouldBe() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("not a folder");
    }

    @Test
    void keepsEverythingOverSegmentsAndDropsThoseThatNobodyNeeds() throws IOException {
        Path folderOfStore = folder.resolve("store");
        try (Store store = open(folderOfStore)) {
            runAndEndSegment(store, "t-0");
            runAndEndSegment(store, "t-1");
            store.tasks().submit(List.of(task("waits")));
            assertThat(segmentsIn(folderOfStore)).hasSize(3);
        }
        try (Store store = open(folderOfStore)) {
            assertThat(store.tasks().find("t-0")).isPresent();
            LogPage page = store.log().read(Position.START, 10);
            assertThat(page.entries())
                    .extracting(logged -> logged.entry().taskId())
                    .containsExactly("t-0", "t-1");

            store.log().forget(page.end());

            assertThat(segmentsIn(folderOfStore)).hasSizeLessThan(3);
        }

        assertThat(waitingIn(folderOfStore)).containsExactly("waits");
        assertThat(logIn(folderOfStore)).isEmpty();
        try (Store store = open(folderOfStore)) {
            assertThat(store.tasks().find("t-0")).isEmpty();
            assertThat(store.tasks().stats().count(TaskStatus.DONE).orElseThrow())
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void raisesFencesAlsoWhenTheSegmentsOfEarlierLeasesAreDropped() throws IOException {
        Path folderOfStore = folder.resolve("store");
        Lease before;
        try (Store store = open(folderOfStore)) {
            runAndEndSegment(store, "t-0");
            before = runAndEndSegment(store, "t-1");
            store.tasks().submit(List.of(task("next")));
            store.log().forget(store.log().read(Position.START, 10).end());
            assertThat(segmentsIn(folderOfStore)).doesNotContain("journal-00000001-2026-01-05.jsonl");
        }

        try (Store store = open(folderOfStore)) {
            Lease after =
                    store.tasks().lease(LeaseRequest.one(Duration.ofMinutes(1))).get(0);
            assertThat(after.fence().number()).isGreaterThan(before.fence().number());
            assertThat(after.fence().epoch()).isGreaterThan(before.fence().epoch());
        }
    }

    /** An erasure ends the segment that was written last; the next record begins another. */
    private Lease runAndEndSegment(Store store, String id) {
        store.tasks().submit(List.of(task(id)));
        Lease lease =
                store.tasks().lease(LeaseRequest.one(Duration.ofMinutes(1))).get(0);
        store.tasks().settle(List.of(done(lease, clock.instant())));
        store.tasks().erase(List.of(id));
        return lease;
    }

    private byte[] journalOf(String... ids) throws IOException {
        try (Store store = open(folder.resolve("store"))) {
            for (String id : ids) {
                store.tasks().submit(List.of(task(id)));
            }
        }
        return Files.readAllBytes(journal());
    }

    private Path journal() {
        return folder.resolve("store/journal-00000001-2026-01-05.jsonl");
    }

    private Store open(Path directory) {
        return Stores.embedded().open(StoreContexts.of(directory, clock));
    }

    private void write(Path directory, byte[] journal) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve(journal().getFileName()), journal);
    }

    private List<String> waitingIn(Path directory) {
        try (Store store = open(directory)) {
            List<Lease> leases = store.tasks().lease(LeaseRequest.of(100, Duration.ofMinutes(1)));
            leases.forEach(lease ->
                    store.tasks().settle(List.of(Settlement.silent(lease, Disposition.released(clock.instant())))));
            return leases.stream().map(Lease::taskId).toList();
        }
    }

    private List<LogEntry> logIn(Path directory) {
        try (Store store = open(directory)) {
            return store.log().read(Position.START, 100).entries().stream()
                    .map(LogPage.Logged::entry)
                    .toList();
        }
    }

    private List<String> submitAndReopen(Path directory) {
        try (Store store = open(directory)) {
            store.tasks().submit(List.of(task("new")));
        }
        return waitingIn(directory);
    }

    private List<String> messages() {
        return warnings.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static List<String> asideIn(Path directory) throws IOException {
        return namesIn(directory).filter(name -> name.contains(".jsonl.")).toList();
    }

    private static List<String> segmentsIn(Path directory) throws IOException {
        return namesIn(directory).filter(name -> name.endsWith(".jsonl")).toList();
    }

    private static Stream<String> namesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    /** {@return where each line begins} */
    private static List<Integer> lines(byte[] journal) {
        List<Integer> starts = new ArrayList<>();
        starts.add(0);
        for (int i = 0; i < journal.length - 1; i++) {
            if (journal[i] == '\n') {
                starts.add(i + 1);
            }
        }
        return starts;
    }

    /** {@return where the first line begins that names an id} */
    private static int lineOf(byte[] journal, String id) {
        int named = new String(journal, StandardCharsets.ISO_8859_1).indexOf("\"" + id + "\"");
        assertThat(named).isPositive();
        return lines(journal).stream().filter(start -> start <= named).reduce(0, Math::max);
    }

    /** {@return a line of the journal, whatever it says} */
    private static byte[] sealed(String object) {
        byte[] body = object.substring(0, object.length() - 1).getBytes(StandardCharsets.UTF_8);
        CRC32C crc = new CRC32C();
        crc.update(body);
        String line = new String(body, StandardCharsets.UTF_8) + ",\"crc\":\"%08x\"}\n".formatted((int) crc.getValue());
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
