package io.victorhub.store.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownIdsTest {

    private final HandExecutor background = new HandExecutor();
    private final FaultyDisk disk = new FaultyDisk();

    @TempDir
    private Path folder;

    private KnownIds known;

    @BeforeEach
    void open() {
        known = KnownIds.open(folder, background, new KnownIds.Limits(100, 3), disk);
    }

    @AfterEach
    void close() {
        known.close();
    }

    @Test
    void findsWhatWasAddedAndNothingElse() {
        known.add(1, 10);
        known.add(2, 20);

        assertThat(known.find(1, place -> true)).isEqualTo(10);
        assertThat(known.find(2, place -> true)).isEqualTo(20);
        assertThat(known.find(3, place -> true)).isEqualTo(-1);
    }

    @Test
    void asksAboutThePlacesOfAHashFromTheHighestDownUntilOneIsAccepted() {
        known.add(7, 20);
        known.flush();
        known.add(7, 40);
        known.flush();
        known.add(7, 30);
        known.add(7, 10);

        assertThat(Places.of(known, 7)).containsExactly(40L, 30L, 20L, 10L);
        assertThat(known.find(7, place -> place < 35)).isEqualTo(30);
    }

    @Test
    void asksOnceAboutAnEntryThatWasAddedTwice() {
        known.add(7, 20);
        known.flush();
        known.add(7, 20);
        known.add(7, 20);

        assertThat(Places.of(known, 7)).containsExactly(20L);
    }

    @Test
    void keepsAnEntryOnceHoweverOftenItIsAdded() {
        for (int i = 0; i < 3; i++) {
            known.add(7, 20);
            known.add(7, 20);
            assertThat(known.entries()).isEqualTo(i == 0 ? 1 : 2);
            known.flush();
            background.runAll();
            assertThat(known.entries()).isEqualTo(1);
        }
    }

    @Test
    void removesWhatAProcessLeftThatDiedWhileItWrote() throws IOException {
        Files.createFile(folder.resolve(".known-1-1-00000000.run.tmp"));
        reopen();

        assertThat(files()).isEmpty();
    }

    @Test
    void keepsEveryHashApartWhateverItsBits() {
        List<Long> hashes = Stream.of(0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 0xffff_ffffL)
                .toList();
        hashes.forEach(hash -> known.add(hash, hashes.indexOf(hash)));

        for (int round = 0; round < 2; round++) {
            hashes.forEach(hash -> assertThat(Places.of(known, hash)).containsExactly((long) hashes.indexOf(hash)));
            known.flush();
        }
        reopen();
        hashes.forEach(hash -> assertThat(Places.of(known, hash)).containsExactly((long) hashes.indexOf(hash)));
    }

    @Test
    void findsEverythingThroughTablesRunsAndMerges() {
        addRange(0, 5_000);
        assertThat(known.runs()).isZero();
        requireRange(0, 5_000);

        background.runAll();
        assertThat(known.runs()).isBetween(1, 7);
        requireRange(0, 5_000);

        reopen();
        requireRange(0, 5_000);
    }

    @Test
    void keepsManyPlacesOfOneHashThatFillMoreThanABlock() {
        for (int place = 0; place < 1_500; place++) {
            known.add(5, place);
            known.add(place + 100L, 0);
        }
        known.flush();
        background.runAll();

        assertThat(known.runs()).isEqualTo(1);
        assertThat(Places.of(known, 5)).hasSize(1_500);
        assertThat(known.find(5, place -> place == 3)).isEqualTo(3);
    }

    @Test
    void coversNothingUntilItIsOnDisk() {
        known.add(1, 10);
        known.cover(11);
        assertThat(known.covered()).isZero();

        known.flush();
        assertThat(known.covered()).isEqualTo(11);

        known.add(2, 12);
        known.flush();
        assertThat(known.covered()).isEqualTo(11);
    }

    @Test
    void coversMoreAfterAFlushThoughNothingWasAdded() {
        known.cover(70);
        known.flush();
        reopen();

        assertThat(known.covered()).isEqualTo(70);
        assertThat(known.entries()).isZero();
        assertThat(known.runs()).isEqualTo(1);
    }

    @Test
    void writesNothingWhereThereIsNothingNew() throws IOException {
        known.add(1, 10);
        known.cover(11);
        known.flush();
        List<String> files = files();

        known.flush();
        reopen();

        assertThat(files()).isEqualTo(files);
    }

    @Test
    void writesWhatIsInMemoryWhenItIsClosed() {
        known.add(1, 10);
        known.cover(11);
        reopen();

        assertThat(known.covered()).isEqualTo(11);
        assertThat(known.find(1, place -> true)).isEqualTo(10);
    }

    @Test
    void forgetsWhatIsDroppedAtOnceAndRemovesItWithTheNextMerges() throws IOException {
        addRange(0, 1_000);
        background.runAll();

        known.dropBelow(990);
        assertThat(known.find(989, place -> true)).isEqualTo(-1);
        assertThat(known.find(990, place -> true)).isEqualTo(990);

        addRange(1_000, 2_000);
        background.runAll();
        assertThat(known.entries()).isEqualTo(1_010);

        known.dropBelow(5_000);
        background.runAll();
        assertThat(known.entries()).isZero();
        assertThat(known.runs()).isEqualTo(1);
        assertThat(sizeOnDisk()).isLessThan(10_000);
        reopen();
        assertThat(known.covered()).isEqualTo(2_000);
    }

    @Test
    void keepsTheNumberOfRunsAndTheBytesOnDiskSmallWhileOldOnesAreDropped() throws IOException {
        for (int i = 0; i < 60; i++) {
            addRange(i * 500, i * 500 + 500);
            known.dropBelow(i * 500 - 4_000);
            background.runAll();

            assertThat(known.runs()).isLessThanOrEqualTo(9);
            assertThat(known.entries()).isLessThanOrEqualTo(10_000);
        }
        assertThat(sizeOnDisk()).isLessThan(10_000 * 20 + 9 * 8_192);
    }

    @Test
    void mergesThoughTablesBecomeFullAllTheTime() {
        AtomicInteger end = new AtomicInteger(300);
        AtomicInteger mostRuns = new AtomicInteger();
        disk.onStep = (step, file) -> {
            mostRuns.accumulateAndGet(known.runs(), Math::max);
            if (step == Disk.Step.CREATE && end.get() < 30_000) {
                addRange(end.get(), end.addAndGet(100));
            }
        };
        addRange(0, 300);
        background.runAll();

        requireRange(0, 30_000);
        assertThat(mostRuns.get()).isLessThan(100); // of 300 tables
    }

    @Test
    void writesTablesThatBecomeFullWhileItMerges() {
        addRange(0, 1_000);
        known.flush();
        List<String> named = new ArrayList<>();
        disk.onStep = (step, file) -> {
            if (step == Disk.Step.CREATE && known.runs() == 4 && known.entries() == 1_000) {
                addRange(1_000, 1_100);
            } else if (step == Disk.Step.RENAME) {
                named.add(file.getFileName().toString().replaceAll("-[^-]+$", ""));
            }
        };
        background.runAll();

        assertThat(named).startsWith("known-5-5", "known-1-4");
        requireRange(0, 1_100);
    }

    @Test
    void saysWhenItIsBehindAndLetsTheOwnerWait() {
        addRange(0, 299);
        assertThat(known.isBehind()).isFalse();

        addRange(299, 300);
        assertThat(known.isBehind()).isTrue();

        known.flush();
        assertThat(known.isBehind()).isFalse();
        known.awaitRoom();
    }

    @Test
    void forgetsEverythingWhenItIsCleared() throws IOException {
        addRange(0, 1_000);
        background.runAll();
        known.add(5, 5_000);
        known.clear();

        assertThat(known.covered()).isZero();
        assertThat(known.entries()).isZero();
        assertThat(Places.of(known, 5)).isEmpty();
        assertThat(files()).isEmpty();
        addRange(0, 100);
        reopen();
        assertThat(known.covered()).isEqualTo(100);
        requireRange(0, 100);
    }

    @Test
    void readsNoFileForFreshIdsButForAFew() {
        addRange(0, 20_000);
        background.runAll();
        disk.reads = 0;

        for (long hash = 1_000_000; hash < 1_010_000; hash++) {
            assertThat(known.find(hash, place -> true)).isEqualTo(-1);
        }

        assertThat(disk.reads).isLessThan(200);
    }

    @Test
    void readsAKnownIdWithAboutOneRead() {
        addRange(0, 20_000);
        known.flush();
        background.runAll();
        disk.reads = 0;

        requireRange(0, 20_000);

        assertThat(disk.reads).isBetween(19_000, 21_000);
    }

    @Test
    void refusesNegativePlacesAndPositions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> known.add(1, -1))
                .withMessage("a place is at least 0, not -1");
        assertThatIllegalArgumentException().isThrownBy(() -> known.cover(-2));
    }

    @Test
    void saysThatItIsClosed() {
        known.add(1, 10);
        known.close();
        known.close();
        background.runAll();

        assertThatThrownBy(() -> known.find(1, place -> true))
                .isInstanceOf(StorageException.class)
                .hasMessage("the known ids in " + folder + " are closed");
        assertThatThrownBy(() -> known.add(1, 10)).isInstanceOf(StorageException.class);
        assertThatThrownBy(known::flush).isInstanceOf(StorageException.class);
    }

    @Test
    void saysWhyItCannotBeOpened() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> KnownIds.open(file, background))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("the known ids in " + file + " cannot be opened: ");
    }

    @Test
    void tellsHowMuchHeapItTakes() {
        addRange(0, 50_000);
        background.runAll();

        assertThat(known.heapBytes()).isBetween(50_000L, 200_000L);
    }

    private void addRange(int from, int to) {
        for (int i = from; i < to; i++) {
            known.cover(i);
            known.add(i, i);
            known.cover(i + 1);
        }
    }

    private void requireRange(int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(known.find(i, place -> true)).isEqualTo(i);
        }
    }

    private void reopen() {
        known.close();
        open();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private long sizeOnDisk() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
