package io.victorhub.metrics.recording;

import io.victorhub.spi.meter.VictorMeters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Something for each name, up to a number of names; those that come later share what is for {@code other}. */
final class Bounded<V> {

    private final Map<String, V> byName = new ConcurrentHashMap<>();
    private final AtomicInteger left;
    private final Function<String, V> make;

    /** @param left how many more names there may be; may be shared */
    Bounded(AtomicInteger left, Function<String, V> make) {
        this.left = left;
        this.make = make;
    }

    V of(String name) {
        V known = byName.get(name);
        return known == null ? make(name) : known;
    }

    private V make(String name) {
        boolean mayBeNew = name.equals(VictorMeters.OTHER) || left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        return byName.computeIfAbsent(mayBeNew ? name : VictorMeters.OTHER, make);
    }
}
