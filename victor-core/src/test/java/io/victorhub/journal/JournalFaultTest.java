package io.victorhub.journal;

import static io.victorhub.journal.Journals.LARGE;
import static io.victorhub.journal.Journals.append;
import static io.victorhub.journal.Journals.lines;
import static io.victorhub.journal.Journals.opened;
import static io.victorhub.journal.Journals.settings;
import static io.victorhub.journal.Journals.word;
import static io.victorhub.journal.Journals.wordsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.victorhub.spi.store.StorageException;
import io.victorhub.testing.FaultyDisk;
import io.victorhub.testing.FaultyDisk.Gate;
import io.victorhub.testing.FaultyDisk.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of records when the disk fails, is full, or is slow. */
@Timeout(30)
class JournalFaultTest {

    private static final Path FOLDER = Path.of("/store");

    private final FaultyDisk disk = new FaultyDisk(new Random(7));
    private final List<StorageException> told = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final JournalSettings settings = settings(LARGE)
            .withFiles(disk)
            .withReserveBytes(8 << 10)
            .withForceWithin(Duration.ofDays(1))
            .withOnBroken(told::add);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void keepsWhatWasForcedAndNothingElseForSureWhenThePowerFails() {
        Journal journal = opened(FOLDER, settings);
        append(journal, Force.NOW, "a", "b");
        append(journal, Force.NONE, "c");
        append(journal, Force.NOW, "d");
        for (int i = 0; i < 100; i++) {
            append(journal, Force.NONE, "unforced-" + i);
        }

        disk.cutPower();

        assertThat(wordsIn(FOLDER, settings)).startsWith("a", "b", "c", "d").hasSizeLessThan(104);
    }

    @Test
    void keepsAllThatWasWrittenWhenTheProcessDies() {
        Journal journal = opened(FOLDER, settings);
        append(journal, Force.NONE, "a");
        append(journal, Force.SOON, "b");

        disk.kill();

        assertThat(wordsIn(FOLDER, settings)).containsExactly("a", "b");
    }

    @Test
    void takesAFailedWriteBackForGood() {
        Journal journal = opened(FOLDER, settings);
        append(journal, Force.NOW, "a");
        disk.failOnce(Operation.WRITE, 0);

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> append(journal, Force.NONE, "lost"))
                .withMessage(
                        "the store in /store cannot keep more: Input/output error; make room on the disk or mend it"
                                + " (what was acknowledged is safe)");
        append(journal, Force.NOW, "b");
        disk.cutPower();

        assertThat(wordsIn(FOLDER, settings)).containsExactly("a", "b");
        assertThat(told).isEmpty();
    }

    @Test
    void takesNothingMoreAfterAFailedForceUntilItIsOpenedAnew() {
        Journal journal = opened(FOLDER, settings);
        append(journal, Force.NOW, "a");
        disk.failOnce(Operation.FORCE, 0);
        String message =
                "the disk under the store in /store failed to force what was written: Input/output error; nothing"
                        + " more is taken until the hub is opened again (what was acknowledged is safe)";

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> append(journal, Force.NOW, "b"))
                .withMessage(message);
        int forces = disk.count(Operation.FORCE);
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> journal.append(lines("c"), Force.NONE))
                .withMessage(message);
        journal.close();

        assertThat(disk.count(Operation.FORCE)).as("never tried again").isEqualTo(forces);
        assertThat(told).singleElement().satisfies(broken -> assertThat(broken).hasMessage(message));
        disk.cutPower();
        assertThat(wordsIn(FOLDER, settings)).startsWith("a").doesNotContain("c");
    }

    @Test
    void failsWhatWasHandedInBeforeAForceFailed() {
        Journal journal = opened(FOLDER, settings);
        append(journal, Force.NOW, "a");
        Ticket first = journal.append(lines("b"), Force.NOW);
        Ticket second = journal.append(lines("c"), Force.NOW);
        disk.failOnce(Operation.FORCE, 0);

        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> journal.await(second));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> journal.await(first))
                .withMessageContaining("failed to force");
    }

    @Test
    void tellsItsOwnerThatAForceFailedForWhichNobodyWaited() {
        JournalSettings quick = settings.withForceWithin(Duration.ofMillis(1));
        Journal journal = opened(FOLDER, quick);
        append(journal, Force.NOW, "a");
        disk.failAlways(Operation.FORCE);

        append(journal, Force.SOON, "b");

        await().until(() -> !told.isEmpty());
        assertThat(told).singleElement().asString().contains("failed to force");
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> journal.append(lines("c"), Force.NONE))
                .withMessageContaining("failed to force");
        journal.close();
    }

    @Test
    void forcesSoonWhatNeedNotBeForcedAtOnceAndThenRests() {
        JournalSettings quick = settings.withForceWithin(Duration.ofMillis(1));
        Journal journal = opened(FOLDER, quick);
        append(journal, Force.NOW, "a");
        int before = disk.count(Operation.FORCE);

        append(journal, Force.SOON, "b");

        await().until(() -> disk.count(Operation.FORCE) == before + 1);
        append(journal, Force.NONE, "c");
        append(journal, Force.NONE, "d");
        assertThat(disk.count(Operation.FORCE)).isEqualTo(before + 1);
        disk.kill();
        assertThat(wordsIn(FOLDER, settings)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void writesWhatIsNotToBeForcedWhileAForceTakesItsTime() throws Exception {
        Journal journal = opened(FOLDER, settings);
        append(journal, Force.NOW, "a");
        Gate gate = disk.hold(Operation.FORCE);
        Future<?> slow = threads.submit(() -> append(journal, Force.NOW, "slow"));
        gate.awaitHeld();

        append(journal, Force.SOON, "b");
        Place place = append(journal, Force.NONE, "c").get(0);

        assertThat(word(journal.read(place))).isEqualTo("c");
        assertThat(slow).isNotDone();
        gate.open();
        slow.get(10, TimeUnit.SECONDS);
        journal.close();
        assertThat(wordsIn(FOLDER, settings)).containsExactly("a", "slow", "b", "c");
    }

    @Test
    void doesNotTakeAForceForOneOfWhatWasWrittenMeanwhile() throws Exception {
        Journal journal = opened(FOLDER, settings);
        append(journal, Force.NOW, "a");
        Gate gate = disk.hold(Operation.FORCE);
        Future<?> first = threads.submit(() -> append(journal, Force.NOW, "first"));
        gate.awaitHeld();
        Future<?> second = threads.submit(() -> append(journal, Force.NOW, "second"));
        append(journal, Force.NONE, "carries the second along, perhaps");
        int before = disk.count(Operation.FORCE);

        gate.open();
        first.get(10, TimeUnit.SECONDS);
        second.get(10, TimeUnit.SECONDS);

        assertThat(disk.count(Operation.FORCE)).isEqualTo(before + 2);
        disk.cutPower();
        assertThat(wordsIn(FOLDER, settings)).contains("a", "first", "second");
    }

    @Test
    void hasForcedWhatItSaysItHasHoweverManyWriteMeanwhile() throws Exception {
        Journal journal = opened(FOLDER, settings.withSegmentBytes(20_000));
        List<Future<Integer>> all = new ArrayList<>();
        for (int thread = 0; thread < 6; thread++) {
            Random random = new Random(thread);
            all.add(threads.submit(() -> {
                int lies = 0;
                for (int i = 0; i < 2000; i++) {
                    Force force = Force.values()[random.nextInt(3)];
                    Place place = append(journal, force, i).get(0);
                    Path file = FOLDER.resolve("journal-%08d-2026-01-05.jsonl".formatted(place.segment()));
                    if (force == Force.NOW && !disk.isForced(file, place.offset(), place.length())) {
                        lies++;
                    }
                }
                return lies;
            }));
        }

        for (Future<Integer> one : all) {
            assertThat(one.get(25, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void forcesSegmentsThatEndedBeforeItSaysThatALaterRecordIsForced() {
        JournalSettings small = settings.withSegmentBytes(100);
        Journal journal = opened(FOLDER, small);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            append(journal, Force.NONE, "" + i);
            words.add("" + i);
        }
        append(journal, Force.NOW, "forced");
        words.add("forced");

        disk.cutPower();

        assertThat(wordsIn(FOLDER, settings)).isEqualTo(words);
    }

    @Test
    void refusesOnAFullDiskWhatIsNewAndKeepsWhatMayUseTheReserve() {
        Journal journal = opened(FOLDER, settings);
        append(journal, Force.NONE, "a");
        disk.leaveRoomFor(10);

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> append(journal, Force.NONE, "new"))
                .withMessageContaining("cannot keep more: No space left on device");
        journal.await(journal.append(lines("settled"), Force.NONE, true));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> append(journal, Force.NONE, "new"))
                .withMessageContaining("cannot keep more: No space left on device");
        journal.await(journal.append(lines("settled too"), Force.SOON, true));

        disk.makeRoom();
        await().untilAsserted(() ->
                assertThatCode(() -> append(journal, Force.NONE, "new")).doesNotThrowAnyException());
        assertThat(disk.content(FOLDER.resolve("reserve"))).hasSize(8 << 10);
        journal.close();
        assertThat(wordsIn(FOLDER, settings)).containsExactly("a", "settled", "settled too", "new");
    }

    @Test
    void opensOnADiskThatIsTooSmallForTheReserveAndUsesWhatThereIs() {
        disk.leaveRoomFor(5000);
        Journal journal = opened(FOLDER, settings);

        append(journal, Force.NOW, "a");
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> append(journal, Force.NONE, "x".repeat(5000)))
                .withMessageContaining("No space left on device");
        append(journal, Force.NOW, "b");
        journal.close();

        assertThat(wordsIn(FOLDER, settings)).containsExactly("a", "b");
    }

    @Test
    void refusesAlsoWhatMayUseTheReserveWhenThatIsUsedUp() {
        Journal journal = opened(FOLDER, settings);
        disk.leaveRoomFor(0);

        int kept = 0;
        try {
            for (; kept < 1000; kept++) {
                journal.await(journal.append(lines(kept), Force.NONE, true));
            }
        } catch (StorageException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }

        assertThat(kept).isBetween(250, 300);
        disk.makeRoom();
        journal.close();
        assertThat(wordsIn(FOLDER, settings)).hasSize(kept);
    }

    @Test
    void keepsWhatFitsOfWhatWasHandedInTogetherWithTooMuch() {
        Journal journal = opened(FOLDER, settings);
        append(journal, Force.NONE, "a");
        disk.leaveRoomFor(200);
        Ticket large = journal.append(lines("x".repeat(500)), Force.NONE);
        Ticket small = journal.append(lines("b"), Force.NONE);

        journal.await(small);

        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> journal.await(large));
        disk.makeRoom();
        journal.close();
        assertThat(wordsIn(FOLDER, settings)).containsExactly("a", "b");
    }

    @Test
    void opensOnAFullDiskAlsoWhereSomethingIsToBeMended() {
        Journal journal = opened(FOLDER, settings);
        append(journal, Force.NOW, "a");
        append(journal, Force.NONE, "b".repeat(200));
        journal.close();
        Path file = FOLDER.resolve(Journals.FIRST);
        byte[] whole = disk.content(file);
        disk.put(file, Arrays.copyOf(whole, whole.length - 3));
        disk.leaveRoomFor(0);

        assertThat(wordsIn(FOLDER, settings)).containsExactly("a");
    }

    @Test
    void takesNothingMoreIfAFailedWriteCannotBeTakenBack() {
        Journal journal = opened(FOLDER, settings);
        append(journal, Force.NOW, "a");
        disk.failOnce(Operation.WRITE, 0);
        disk.failOnce(Operation.TRUNCATE, 0);

        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> append(journal, Force.NONE, "b"));

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> journal.append(lines("c"), Force.NONE))
                .withMessageContaining("could not take back what it failed to write");
        assertThat(told).hasSize(1);
    }

    @Test
    void endsForEverybodyWhenAForceFailsWhileManyWait() throws Exception {
        Journal journal = opened(FOLDER, settings);
        append(journal, Force.NOW, "a");
        disk.failAlways(Operation.FORCE);
        Gate gate = disk.hold(Operation.FORCE);
        List<Future<?>> forced = new ArrayList<>();
        List<Future<?>> others = new ArrayList<>();
        forced.add(threads.submit(() -> append(journal, Force.NOW, "first")));
        gate.awaitHeld();
        for (int i = 0; i < 20; i++) {
            Ticket ticket = journal.append(lines(i), i % 2 == 0 ? Force.NOW : Force.NONE);
            (i % 2 == 0 ? forced : others).add(threads.submit(() -> journal.await(ticket)));
        }

        gate.open();

        assertThat(forced)
                .allSatisfy(one -> assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(() -> one.get(10, TimeUnit.SECONDS))
                        .withMessageContaining("failed to force"));
        for (Future<?> one : others) {
            try {
                one.get(10, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                assertThat(e).hasMessageContaining("failed to force"); // it was written after that
            }
        }
    }
}
