package io.victorhub.store.known;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Owns a journal, and does with it what the owner of known ids must do. Knows the truth. */
final class Owner implements AutoCloseable {

    private static final KnownIds.Limits SMALL = new KnownIds.Limits(7, 3);
    private static final int HASHES = 25;

    final HandExecutor background = new HandExecutor();
    FaultyDisk disk = new FaultyDisk();
    KnownIds known;
    private final Path folder;
    private final List<Integer> journal = new ArrayList<>(); // hashes; the index is both place and position
    private long floor;
    private int covered;

    Owner(Path folder) {
        this.folder = folder;
        this.known = KnownIds.open(folder, background, SMALL, disk);
    }

    void add(int count) {
        for (int i = 0; i < count; i++) {
            int hash = (journal.size() * 7 + i * i) % HASHES;
            journal.add(hash);
            known.add(hash, journal.size() - 1);
        }
    }

    void addAgain(int number) {
        for (int place = 0; place < journal.size(); place += number + 1) {
            known.add(journal.get(place), place);
        }
    }

    void cover() {
        covered = journal.size();
        known.cover(covered);
    }

    void drop(int number) {
        floor = Math.max(floor, (long) journal.size() * number / 30);
        known.dropBelow(floor);
    }

    void crash() {
        disk.dieAfter(0);
        background.forget();
        known.close();
        open();
    }

    void reopen() {
        long before = covered;
        known.close();
        open();
        assertThat(known.covered()).as("covered when closed").isEqualTo(before);
    }

    void replay() {
        for (int place = Math.toIntExact(known.covered()); place < journal.size(); place++) {
            known.add(journal.get(place), place);
        }
        cover();
    }

    void requireTruth() {
        for (int hash = 0; hash < HASHES + 3; hash++) {
            TreeSet<Long> places = new TreeSet<>();
            for (int place = 0; place < journal.size(); place++) {
                if (journal.get(place) == hash && place >= floor) {
                    places.add((long) place);
                }
            }
            assertThat(Places.of(known, hash))
                    .as("places of %s", hash)
                    .containsExactlyElementsOf(places.descendingSet());
        }
        assertThat(known.covered()).isLessThanOrEqualTo(covered);
        assertThat(known.needsRebuild()).isFalse();
    }

    @Override
    public void close() {
        known.close();
    }

    private void open() {
        disk = new FaultyDisk();
        background.forget();
        known = KnownIds.open(folder, background, SMALL, disk);
        known.dropBelow(floor);
        replay();
    }
}
