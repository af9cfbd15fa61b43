package io.victorhub.metrics.recording;

import io.victorhub.spi.meter.Meters;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A counter for each value of an enumeration, asked for when it is first needed: most are never. */
final class PerEnum<E extends Enum<E>> {

    private final AtomicReferenceArray<Meters.@Nullable Counter> counters;
    private final Function<E, Meters.Counter> make;

    PerEnum(Class<E> type, Function<E, Meters.Counter> make) {
        this.counters = new AtomicReferenceArray<>(type.getEnumConstants().length);
        this.make = make;
    }

    void add(E value, long more) {
        Meters.Counter counter = counters.get(value.ordinal());
        if (counter == null) {
            counter = make.apply(value); // whoever asks twice is given the same
            counters.set(value.ordinal(), counter);
        }
        counter.add(more);
    }
}
