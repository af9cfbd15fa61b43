package io.victorhub.journal;

import static io.victorhub.journal.Journals.lines;
import static io.victorhub.journal.Journals.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.spi.store.StorageException;
import io.victorhub.testing.FaultyDisk;
import io.victorhub.testing.FaultyDisk.Operation;
import io.victorhub.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A journal on a disk that fails, beside what must be true of it: which records are there, and which are not. */
final class JournalHistory {

    /** How sure it is that a record is there: after a power cut, while nothing but a process dies, or not at all. */
    private enum State {
        FORCED,
        WRITTEN,
        UNSURE
    }

    private static final class Known {
        final String word;
        final Place place;
        State state;

        Known(String word, Place place, State state) {
            this.word = word;
            this.place = place;
            this.state = state;
        }
    }

    private static final Path FOLDER = Path.of("/store");
    private static final Place NOWHERE = new Place(0, 0, 0);

    private final Random random;
    private final FaultyDisk disk;
    private final SettableClock clock = new SettableClock();
    private final List<StorageException> broken = new ArrayList<>();
    private final List<Known> known = new ArrayList<>();
    private final JournalSettings settings;
    private final NavigableMap<Integer, Runnable> events = new TreeMap<>();
    private final Map<String, Place> found = new LinkedHashMap<>(); // when it was opened last
    private Journal journal;
    private int words;

    JournalHistory(long seed) {
        random = new Random(seed);
        disk = new FaultyDisk(random);
        // no flusher: a history is to be the same each time it is told
        settings = JournalSettings.of(clock, ZoneOffset.UTC, task -> new Thread(() -> {}))
                .withSegmentBytes(100 + random.nextInt(900))
                .withReserveBytes(4 << 10)
                .withFiles(disk)
                .withOnBroken(broken::add);
        journal = opened();
        likely(30, this::append);
        likely(15, this::appendMany);
        likely(5, this::force);
        likely(5, this::read);
        likely(3, this::rotate);
        likely(2, () -> clock.advance(Duration.ofDays(1)));
        likely(4, () -> disk.failOnce(Operation.WRITE, random.nextInt(4)));
        likely(3, () -> disk.failOnce(Operation.FORCE, random.nextInt(4)));
        likely(1, () -> disk.failOnce(Operation.TRUNCATE, 0));
        likely(1, () -> disk.failOnce(Operation.MOVE, 0));
        likely(4, () -> disk.leaveRoomFor(random.nextInt(300)));
        likely(4, disk::makeRoom);
        likely(6, this::closeAndOpen);
        likely(6, this::kill);
        likely(6, this::cutPower);
    }

    private void likely(int weight, Runnable event) {
        events.put(events.isEmpty() ? weight : events.lastKey() + weight, event);
    }

    /** Lets something happen. */
    void next() {
        events.higherEntry(random.nextInt(events.lastKey())).getValue().run();
    }

    /** Looks whether all is there at the end. */
    void end() {
        cutPower();
        kill();
    }

    private void append() {
        if (isRefused()) {
            return;
        }
        Pending pending = handIn();
        pending.await();
        if (pending.isKept() && pending.force == Force.NOW) {
            allAreForced(known.size());
        }
    }

    /** Records that were handed in together. */
    private final class Pending {
        private final List<String> all;
        private final Ticket ticket;
        private final Force force;
        private boolean kept;

        Pending(List<String> all, Ticket ticket, Force force) {
            this.all = all;
            this.ticket = ticket;
            this.force = force;
        }

        void await() {
            try {
                journal.await(ticket);
                kept = true;
            } catch (StorageException e) {
                kept = false;
            }
        }

        /** {@return whether it was} Whatever became of it is known then. */
        boolean isKept() {
            for (int i = 0; i < all.size(); i++) {
                if (kept) {
                    known.add(new Known(all.get(i), ticket.place(i), State.WRITTEN));
                } else if (!broken.isEmpty()) {
                    known.add(new Known(all.get(i), NOWHERE, State.UNSURE));
                }
            }
            return kept;
        }
    }

    private Pending handIn() {
        Force force = Force.values()[random.nextInt(3)];
        int count = 1 + random.nextInt(4);
        List<String> all = IntStream.range(0, count)
                .mapToObj(i -> words++ + "x".repeat(random.nextInt(60)))
                .toList();
        return new Pending(all, journal.append(lines(all.toArray()), force, random.nextInt(3) == 0), force);
    }

    private void appendMany() {
        if (isRefused()) {
            return;
        }
        List<Pending> all = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            all.add(handIn());
        }
        List<Pending> inAnyOrder = new ArrayList<>(all);
        Collections.shuffle(inAnyOrder, random);
        inAnyOrder.forEach(Pending::await);
        int forced = 0;
        for (Pending one : all) {
            if (one.isKept() && one.force == Force.NOW) {
                forced = known.size();
            }
        }
        allAreForced(forced);
    }

    private void force() {
        try {
            journal.force();
            allAreForced(known.size());
        } catch (StorageException e) {
            assertThat(broken).isNotEmpty();
        }
    }

    private void allAreForced(int until) {
        known.subList(0, until).stream()
                .filter(one -> one.state == State.WRITTEN)
                .forEach(one -> one.state = State.FORCED);
    }

    private void read() {
        for (Known one : known) {
            if (one.state != State.UNSURE) {
                assertThat(word(journal.read(one.place))).isEqualTo(one.word);
            }
        }
    }

    private void rotate() {
        if (!isRefused()) {
            journal.rotate();
        }
    }

    /** Whether nothing more is taken; then it must say so. */
    private boolean isRefused() {
        if (!broken.isEmpty()) {
            assertThatThrownBy(() -> journal.append(lines("refused"), Force.NONE))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("nothing more is taken");
        }
        return !broken.isEmpty();
    }

    private void closeAndOpen() {
        boolean clean = broken.isEmpty();
        try {
            journal.close();
        } catch (StorageException e) {
            clean = false;
        }
        if (clean) {
            allAreForced(known.size());
        }
        open(false);
    }

    private void kill() {
        disk.kill();
        open(false);
    }

    private void cutPower() {
        disk.cutPower();
        open(true);
    }

    private void open(boolean afterPowerCut) {
        disk.heal();
        broken.clear();
        try {
            journal = opened();
        } catch (StorageException e) {
            assertThat(e).hasRootCauseMessage("No space left on device");
            disk.kill();
            disk.makeRoom();
            journal = opened();
        }
        assertThat(found.keySet())
                .as("what is there")
                .containsAll(known.stream()
                        .filter(one -> one.state == State.FORCED || one.state == State.WRITTEN && !afterPowerCut)
                        .map(one -> one.word)
                        .toList());
        known.removeIf(one -> !found.containsKey(one.word));
        assertThat(known.stream().map(one -> one.word)).containsExactlyElementsOf(found.keySet());
        List<Known> left = known.stream()
                .map(one -> new Known(
                        one.word,
                        found.get(one.word),
                        afterPowerCut || one.state == State.FORCED ? State.FORCED : State.WRITTEN))
                .collect(Collectors.toList());
        known.clear();
        known.addAll(left);
    }

    private Journal opened() {
        found.clear();
        Journal fresh = Journal.open(FOLDER, settings);
        fresh.recover((segment, offset, bytes, start, end) -> {
            Place twice = found.put(
                    word(Line.object(bytes, start, end)), new Place(segment, offset, end - start + Lines.SEAL_BYTES));
            assertThat(twice).as("what is there twice").isNull();
        });
        return fresh;
    }
}
