package io.victorhub.review;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** One counter for each of the first keys that come, and one for all that come later. */
final class Capped<K, V> {

    private final Map<K, V> byKey = new HashMap<>();
    private final int max;
    private final K other;
    private final Supplier<V> counter;

    Capped(int max, K other, Supplier<V> counter) {
        this.max = max;
        this.other = other;
        this.counter = counter;
    }

    V of(K key) {
        V known = byKey.get(key);
        if (known != null) {
            return known;
        }
        return byKey.computeIfAbsent(byKey.size() < max ? key : other, k -> counter.get());
    }

    Map<K, V> all() {
        return byKey;
    }
}
