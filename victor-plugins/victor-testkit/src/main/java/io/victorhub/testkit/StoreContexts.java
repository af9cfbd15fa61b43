package io.victorhub.testkit;

import io.victorhub.spi.store.StoreCodec;
import io.victorhub.spi.store.StoreContext;
import io.victorhub.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;

/**
 * Makes what a hub lends to its store, where there is no hub: the format of all stores, daemon threads, an ageing step
 * of 10 minutes.
 *
 * @since 0.1
 */
public final class StoreContexts {

    /** By how much a task's ready time counts as earlier for each level of priority. */
    public static final Duration AGEING_STEP = Duration.ofMinutes(10);

    private record Lent(
            Path directory,
            StoreCodec codec,
            InstantSource clock,
            ThreadFactory threads,
            String node,
            Duration ageingStep)
            implements StoreContext {}

    private StoreContexts() {}

    /** {@return a context of the node {@code test}} */
    public static StoreContext of(Path directory, InstantSource clock) {
        return of(directory, clock, "test");
    }

    /** {@return a context of a node} */
    public static StoreContext of(Path directory, InstantSource clock, String node) {
        return new Lent(
                Objects.requireNonNull(directory, "directory"),
                Stores.codec(),
                Objects.requireNonNull(clock, "clock"),
                StoreContexts::daemon,
                Objects.requireNonNull(node, "node"),
                AGEING_STEP);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "victor-test");
        thread.setDaemon(true);
        return thread;
    }
}
