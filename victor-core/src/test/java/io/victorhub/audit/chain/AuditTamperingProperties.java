package io.victorhub.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whoever can write to the disk, checksums included, is still found out. */
class AuditTamperingProperties {

    private static final int ENTRIES = 6;

    /** Records that can be exchanged behind the back of whoever reads them. */
    private static final class OpenShelf implements Shelf {
        private final List<byte[]> records = new ArrayList<>();

        @Override
        public int size() {
            return records.size();
        }

        @Override
        public byte[] read(int index) {
            return records.get(index);
        }

        @Override
        public void add(byte[] record) {
            records.add(record);
        }

        @Override
        public void close() {}
    }

    private OpenShelf shelf = new OpenShelf();
    private AuditChain chain = chain();

    @BeforeTry
    void fill() {
        shelf = new OpenShelf();
        chain = chain();
        for (int i = 0; i < ENTRIES; i++) {
            chain.add("kim", "a", "s-" + i, "because", Map.of("i", (long) i));
        }
        assertThat(chain.verify().isWhole()).isTrue();
    }

    @Property(tries = 300)
    void anyOtherByteIsNoticedAtItsEntry(
            @ForAll @IntRange(max = ENTRIES - 1) int entry,
            @ForAll int where,
            @ForAll @IntRange(min = 1, max = 255) int by) {
        byte[] changed = shelf.records.get(entry).clone();
        changed[Math.floorMod(where, changed.length)] ^= (byte) by;
        shelf.records.set(entry, changed);

        assertThat(chain.verify().firstBad()).hasValue(entry + 1L);
    }

    @Property(tries = 30)
    void anEntryThatIsMissingIsNamed(@ForAll @IntRange(max = ENTRIES - 2) int entry) {
        shelf.records.remove(entry);

        assertThat(chain.verify().firstBad()).hasValue(entry + 1L);
    }

    @Property(tries = 60)
    void twoThatChangedPlacesAreNoticedAtTheFirst(
            @ForAll @IntRange(max = ENTRIES - 1) int one, @ForAll @IntRange(max = ENTRIES - 1) int other) {
        Collections.swap(shelf.records, one, other);

        if (one == other) {
            assertThat(chain.verify().isWhole()).isTrue();
        } else {
            assertThat(chain.verify().firstBad()).hasValue(Math.min(one, other) + 1L);
        }
    }

    @Property(tries = 30)
    void oneThatIsPutThereTwiceIsNoticedBehind(@ForAll @IntRange(max = ENTRIES - 1) int entry) {
        shelf.records.add(entry, shelf.records.get(entry));

        assertThat(chain.verify().firstBad()).hasValue(entry + 2L);
    }

    @Property(tries = 30)
    void anotherEntryWithARightHashIsNoticedAtTheNext(@ForAll @IntRange(max = ENTRIES - 2) int entry) {
        byte[] before = entry == 0 ? Link.NO_HASH : Link.saidHash(shelf.records.get(entry - 1));
        shelf.records.set(
                entry, Link.forge(entry + 1L, Instant.EPOCH, "somebody else", "a", "s", "because", Map.of(), before));

        assertThat(chain.verify().firstBad()).hasValue(entry + 2L);
    }

    private AuditChain chain() {
        return new AuditChain(shelf, "the test", () -> Instant.EPOCH);
    }
}
