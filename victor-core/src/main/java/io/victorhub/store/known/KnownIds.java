package io.victorhub.store.known;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongPredicate;

/** Stub. */
public final class KnownIds {
    private final Map<Long, List<Long>> map = new HashMap<>();
    private long floor;

    public static KnownIds open(Path folder, Executor background) {
        return new KnownIds();
    }

    public synchronized void add(long hash, long place) {
        map.computeIfAbsent(hash, h -> new ArrayList<>(1)).add(place);
    }

    public void cover(long position) {}

    public synchronized long find(long hash, LongPredicate isIt) {
        List<Long> places = map.getOrDefault(hash, List.of());
        for (int i = places.size() - 1; i >= 0; i--) {
            if (places.get(i) >= floor && isIt.test(places.get(i))) {
                return places.get(i);
            }
        }
        return -1;
    }

    public synchronized void dropBelow(long place) {
        floor = place;
    }

    public long covered() {
        return 0;
    }

    public void flush() {}

    public void clear() {}

    public void close() {}
}
