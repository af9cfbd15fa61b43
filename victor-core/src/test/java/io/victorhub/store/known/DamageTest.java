package io.victorhub.store.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Files that are not what was written: an answer is right, or there is none; and opening again mends it. */
class DamageTest {

    private static final int RUNS = 3;
    private static final int ENTRIES = 600; // a run; two full blocks and a third
    private static final KnownIds.Limits LIMITS = new KnownIds.Limits(10_000, 3);

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.victorhub.store.known");
    private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();
    private final HandExecutor background = new HandExecutor();
    private final FaultyDisk disk = new FaultyDisk();

    @TempDir
    private Path folder;

    private final Map<Path, byte[]> written = new TreeMap<>();
    private List<Path> files = List.of();

    @BeforeEach
    void writeRuns() throws IOException {
        warnings.start();
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        logger.addAppender(warnings);
        try (KnownIds known = open()) {
            for (int run = 0; run < RUNS; run++) {
                add(known, run * ENTRIES, run * ENTRIES + ENTRIES);
                known.flush();
            }
        }
        files = runs();
        assertThat(files).hasSize(RUNS);
        for (Path file : files) {
            written.put(file, Files.readAllBytes(file));
        }
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(warnings);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void neverAnswersWronglyWhicheverBytesAreFlipped() throws IOException {
        for (int run = 0; run < RUNS; run++) {
            flip(run, 191);
        }
    }

    @Test
    @Tag("long") // minutes
    void neverAnswersWronglyWhateverByteOfARunIsFlipped() throws IOException {
        flip(1, 1);
    }

    @Test
    void neverAnswersWronglyWhereverAFileIsCutOrHowMuchIsBehindIt() throws IOException {
        Path file = files.get(1);
        byte[] whole = bytes(1);
        for (int length = 0; length < whole.length + 5_000; length += 611) {
            Files.write(file, Arrays.copyOf(whole, length));
            requireTruthAndMend();
            restore();
        }
    }

    @Test
    void neverAnswersWronglyWhicheverFileIsMissing() throws IOException {
        for (int run = 0; run < RUNS; run++) {
            Files.delete(files.get(run));

            try (KnownIds known = open()) {
                assertThat(known.covered()).isEqualTo(run * ENTRIES);
                add(known, run * ENTRIES, RUNS * ENTRIES);
                requireAll(known, 0, RUNS * ENTRIES);
            }
            restore();
        }
    }

    @Test
    void noticesABlockThatStandsInTheWrongPlaceOrComesFromAnotherFile() throws IOException {
        byte[] whole = bytes(1);
        byte[] swapped = whole.clone();
        System.arraycopy(whole, 4096, swapped, 8192, 4096);
        System.arraycopy(whole, 8192, swapped, 4096, 4096);
        byte[] stale = whole.clone();
        System.arraycopy(bytes(2), 4096, stale, 4096, 4096);

        for (byte[] damaged : List.of(swapped, stale)) {
            Files.write(files.get(1), damaged);
            warnings.list.clear();
            requireTruthAndMend();
            assertThat(warnings.list.get(0).getFormattedMessage())
                    .matches(".*known-2-2-.*\\.run is damaged at byte (4096|8192): another block is there; .*");
            restore();
        }
    }

    @Test
    void saysWhichFileIsDamagedWhereAndWhatBecomesOfIt() throws IOException {
        flipByte(1, 10);
        try (KnownIds known = open()) {
            assertThat(known.covered()).isEqualTo(ENTRIES);
        }

        Path file = files.get(1);
        assertThat(messages())
                .containsExactly(
                        file + " is damaged at byte 0: the checksum of its header is wrong; it is set aside as "
                                + file.getFileName()
                                + ".damaged, and what was in it is read from the journal again; check the disk",
                        "known ids in " + folder
                                + ": 1 files are not used, because one before them is damaged or missing; "
                                + "what is behind position 600 is read from the journal again");
        assertThat(Files.exists(file.resolveSibling(file.getFileName() + ".damaged")))
                .isTrue();
    }

    @Test
    void refusesToSayWhetherAnIdIsKnownThatADamagedBlockMayHold() throws IOException {
        flipByte(0, 5_000);
        try (KnownIds known = open()) {
            assertThat(known.needsRebuild()).isFalse();
            List<Integer> refused = Stream.iterate(0, id -> id + 1)
                    .limit(ENTRIES)
                    .filter(id -> !isAnswered(known, id))
                    .toList();

            assertThat(refused).hasSizeBetween(255, 260); // and what its filter lets pass
            assertThat(known.needsRebuild()).isTrue();
            assertThat(messages())
                    .containsExactly(
                            files.get(0)
                                    + " is damaged at byte 4096: the checksum of its block is wrong; ids that would be there are "
                                    + "refused until the hub is opened again, which mends this from the journal; check the disk");
            assertThatThrownBy(() -> known.find(refused.get(0), place -> true))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("whether an id is known cannot be told: " + files.get(0)
                            + " is damaged at byte 4096: the checksum of its block is wrong; "
                            + "close the hub and open it again to have this mended from the journal");
        }
    }

    @Test
    void leavesADamagedRunOutOfMergesAndMergesTheOthers() throws IOException {
        flipByte(1, 5_000);
        try (KnownIds known = open()) {
            for (int i = 0; i < 20; i++) {
                add(known, (RUNS + i) * ENTRIES, (RUNS + i + 1) * ENTRIES);
                known.flush();
                background.runAll();
            }

            assertThat(known.needsRebuild()).isTrue();
            assertThat(known.runs()).isLessThan(9);
            long answered = IntStream.range(RUNS * ENTRIES, (RUNS + 20) * ENTRIES)
                    .filter(id -> isAnswered(known, id))
                    .count();
            assertThat(answered).isBetween(20 * ENTRIES - 60L, 20L * ENTRIES);
        }
        try (KnownIds known = open()) {
            assertThat(known.covered()).isEqualTo(ENTRIES);
            add(known, ENTRIES, RUNS * ENTRIES);
            requireAll(known, 0, RUNS * ENTRIES);
        }
    }

    @Test
    void needsADamagedRunNoMoreOnceAllOfItIsDropped() throws IOException {
        flipByte(0, 5_000);
        try (KnownIds known = open()) {
            for (int id = 0; !known.needsRebuild(); id++) {
                isAnswered(known, id);
            }
            known.dropBelow(ENTRIES);
            background.runAll();

            assertThat(known.needsRebuild()).isFalse();
            assertThat(known.find(0, place -> true)).isEqualTo(-1);
        }
        try (KnownIds known = open()) {
            assertThat(known.covered()).isEqualTo(RUNS * ENTRIES);
        }
    }

    @Test
    void takesARunThatBeganAtAnotherPositionForNoneOfThese() throws IOException {
        byte[] other = bytes(1).clone();
        ByteBuffer.wrap(other).putLong(32, ENTRIES - 1); // from
        ByteBuffer.wrap(other).putInt(4092, Block.crc(other, 0, 4092));
        Files.write(files.get(1), other);

        try (KnownIds known = open()) {
            assertThat(known.covered()).isEqualTo(ENTRIES);
        }
    }

    @Test
    void takesAFormatOfAnotherVersionForNothing() throws IOException {
        byte[] other = bytes(0).clone();
        ByteBuffer.wrap(other).putInt(8, 2);
        ByteBuffer.wrap(other).putInt(4092, Block.crc(other, 0, 4092));
        Files.write(files.get(0), other);

        try (KnownIds known = open()) {
            assertThat(known.covered()).isZero();
        }
        assertThat(messages().get(0)).contains("it has format 2, this version of Victor reads 1");
    }

    @Test
    void refusesWhatTheDiskCannotReadAndMendsItWhenOpenedNext() {
        try (KnownIds known = open()) {
            disk.fail(Disk.Step.READ);
            assertThat(isAnswered(known, 5)).isFalse();
            assertThat(known.needsRebuild()).isTrue();
            disk.work();
        }
        try (KnownIds known = open()) {
            assertThat(known.covered()).isZero();
            add(known, 0, RUNS * ENTRIES);
            requireAll(known, 0, RUNS * ENTRIES);
        }
    }

    private void flip(int run, int step) throws IOException {
        for (int at = run % step; at < bytes(run).length; at += step) {
            flipByte(run, at);
            requireTruthAndMend();
            restore();
        }
    }

    /** Opened, looked at, opened again: what is damaged is known by then. */
    private void requireTruthAndMend() {
        int answered = 0;
        try (KnownIds known = open()) {
            int covered = (int) known.covered();
            for (int id = 0; id < covered; id++) {
                answered += isAnswered(known, id) ? 1 : 0;
            }
            assertThat(answered).as("damage is noticed").isLessThan(RUNS * ENTRIES);
            assertThat(known.needsRebuild()).isEqualTo(answered < covered);
        }
        try (KnownIds known = open()) {
            assertThat(known.covered()).isLessThan((long) RUNS * ENTRIES);
            for (int id = 0; id < known.covered(); id++) {
                assertThat(isAnswered(known, id)).isTrue();
            }
        }
    }

    /** {@return whether it was answered} If so, rightly. */
    private static boolean isAnswered(KnownIds known, int id) {
        try {
            if (known.find(id, place -> true) != id) {
                throw new AssertionError("id " + id + " is not found");
            }
            return true;
        } catch (StorageException e) {
            return false;
        }
    }

    private static void requireAll(KnownIds known, int from, int to) {
        for (int id = from; id < to; id++) {
            assertThat(isAnswered(known, id)).isTrue();
        }
    }

    private static void add(KnownIds known, int from, int to) {
        for (int id = from; id < to; id++) {
            known.add(id, id);
        }
        known.cover(to);
    }

    private KnownIds open() {
        return KnownIds.open(folder, background, LIMITS, disk);
    }

    private byte[] bytes(int run) {
        return written.get(files.get(run));
    }

    private void flipByte(int run, int at) throws IOException {
        byte[] damaged = bytes(run).clone();
        damaged[at] ^= (byte) (1 << at % 8);
        Files.write(files.get(run), damaged);
    }

    private void restore() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.delete(file);
            }
        }
        for (Map.Entry<Path, byte[]> file : written.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
        warnings.list.clear();
    }

    private List<Path> runs() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".run")).sorted().toList();
        }
    }

    private List<String> messages() {
        return warnings.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
