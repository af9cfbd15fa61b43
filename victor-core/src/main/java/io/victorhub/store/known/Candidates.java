package io.victorhub.store.known;

import java.util.Arrays;
import java.util.function.LongPredicate;

/** Places that have the hash that is looked for. */
final class Candidates {

    /** None yet. */
    static final Candidates NONE = new Candidates(0);

    private long[] places;
    private int count;

    private Candidates(int room) {
        places = new long[room];
    }

    /** {@return these and one more} */
    Candidates with(long place) {
        Candidates all = this == NONE ? new Candidates(4) : this;
        if (all.count == all.places.length) {
            all.places = Arrays.copyOf(all.places, all.count * 2);
        }
        all.places[all.count++] = place;
        return all;
    }

    /** {@return the highest place that is accepted, or -1} Each place is asked about once. */
    long highest(long floor, LongPredicate isIt) {
        Arrays.sort(places, 0, count);
        for (int i = count - 1; i >= 0 && places[i] >= floor; i--) {
            boolean seen = i + 1 < count && places[i + 1] == places[i];
            if (!seen && isIt.test(places[i])) {
                return places[i];
            }
        }
        return -1;
    }
}
