package io.victorhub.store.known;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class EntrySortProperties {

    record Entry(long hash, long place) {}

    @Property(tries = 300)
    void sortsByUnsignedHashAndThenByPlace(
            @ForAll @Size(max = 80) List<Long> hashes, @ForAll @LongRange(min = 1, max = 9) long places) {
        List<Entry> entries = new ArrayList<>();
        for (Long hash : hashes) {
            entries.add(new Entry(hash, (hash ^ 5) & places));
            entries.add(new Entry(hash, hash & places));
        }
        long[] sorted = new long[entries.size() * 2];
        for (int i = 0; i < entries.size(); i++) {
            sorted[2 * i] = entries.get(i).hash();
            sorted[2 * i + 1] = entries.get(i).place();
        }

        EntrySort.sort(sorted);

        entries.sort((one, other) -> {
            int byHash = Long.compareUnsigned(one.hash(), other.hash());
            return byHash == 0 ? Long.compare(one.place(), other.place()) : byHash;
        });
        List<Entry> found = new ArrayList<>();
        for (int i = 0; i < sorted.length; i += 2) {
            found.add(new Entry(sorted[i], sorted[i + 1]));
        }
        assertThat(found).isEqualTo(entries);
    }
}
