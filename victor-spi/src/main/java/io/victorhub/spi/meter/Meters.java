package io.victorhub.spi.meter;

import java.util.function.DoubleSupplier;

/**
 * Where a hub's figures go. Implemented for a library that watches the host, such as Micrometer; handed to the builder of a
 * hub, or found by {@link java.util.ServiceLoader} under {@code META-INF/services/io.victorhub.spi.meter.Meters}, where it
 * needs a public no-argument constructor.
 *
 * <p>A hub asks once for each counter and timer and keeps it; what it does with them thousands of times a second is
 * {@link Counter#add} and {@link Timer#record}. Asking for the same meter with the same values again must give one that counts
 * on where the other one is. The meters of a hub are in {@link VictorMeters}; the values of their tags are bounded by the hub, so
 * that there are never more than some thousands. Whoever watches two hubs in one process gives each a {@code Meters} that adds a
 * tag of its own.
 *
 * <p><b>Threads:</b> all methods are called from any thread, several at once, some of them while others wait: they must not
 * wait for anything, and must not call the hub.
 *
 * <p><b>Errors:</b> none may be thrown by {@code add} and {@code record}; what {@link #gauge} is handed throws nothing.
 *
 * @since 0.1
 */
public interface Meters {

    /** {@return where something is counted} */
    Counter counter(Meter meter, String... values);

    /** {@return where it is collected how long something takes} */
    Timer timer(Meter meter, String... values);

    /**
     * Takes note of something that can be asked how much there is. It may take a microsecond or two, so it is asked when somebody
     * wants to know, and not in a loop. Must be held strongly, until the registration is closed.
     *
     * @param now is {@code NaN} where nobody can tell
     * @return ends it, when the hub closes
     */
    Registration gauge(Meter meter, DoubleSupplier now, String... values);

    /** {@return what keeps no figures} A hub that has these does not measure. */
    static Meters none() {
        return NoMeters.NONE;
    }

    /** Counts. */
    @FunctionalInterface
    interface Counter {
        /** Adds so many, 0 or more. */
        void add(long more);
    }

    /** Collects how long things take. */
    @FunctionalInterface
    interface Timer {
        /** Adds one that took so many nanoseconds, 0 or more. */
        void record(long nanos);
    }

    /** A gauge that can be taken away. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        /** Takes it away. Idempotent. */
        @Override
        void close();
    }
}
