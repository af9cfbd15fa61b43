package io.victorhub.testing;

import io.victorhub.spi.store.StoreCodec;
import io.victorhub.spi.store.StoreContext;
import io.victorhub.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;

/** What a hub lends to its store, where there is no hub. */
public final class StoreContexts {

    private record Lent(
            Path directory,
            StoreCodec codec,
            InstantSource clock,
            ThreadFactory threads,
            String node,
            Duration ageingStep)
            implements StoreContext {}

    private StoreContexts() {}

    /** For a store in memory; an ageing step of 10 minutes. */
    public static StoreContext inMemory(InstantSource clock) {
        return at(Path.of("nowhere"), clock);
    }

    public static StoreContext at(Path directory, InstantSource clock) {
        return new Lent(directory, Stores.codec(), clock, StoreContexts::daemon, "test", Duration.ofMinutes(10));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "victor-test");
        thread.setDaemon(true);
        return thread;
    }
}
