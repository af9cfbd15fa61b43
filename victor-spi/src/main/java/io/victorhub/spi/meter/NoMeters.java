package io.victorhub.spi.meter;

import java.util.function.DoubleSupplier;

/** Keeps no figures. */
enum NoMeters implements Meters {
    NONE;

    private static final Counter COUNTER = more -> {};
    private static final Timer TIMER = nanos -> {};
    private static final Registration REGISTRATION = () -> {};

    @Override
    public Counter counter(Meter meter, String... values) {
        return COUNTER;
    }

    @Override
    public Timer timer(Meter meter, String... values) {
        return TIMER;
    }

    @Override
    public Registration gauge(Meter meter, DoubleSupplier now, String... values) {
        return REGISTRATION;
    }
}
