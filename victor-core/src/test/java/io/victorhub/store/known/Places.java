package io.victorhub.store.known;

import java.util.ArrayList;
import java.util.List;

/** What is found where. */
final class Places {

    private Places() {}

    /** {@return all places of a hash, in the order in which they are asked about} */
    static List<Long> of(KnownIds known, long hash) {
        List<Long> places = new ArrayList<>();
        known.find(hash, place -> {
            places.add(place);
            return false;
        });
        return places;
    }
}
