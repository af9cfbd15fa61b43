package io.victorhub;

import io.victorhub.spi.meter.Meters;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreCodec;
import io.victorhub.spi.store.StoreContext;
import io.victorhub.spi.store.StoreFactory;
import io.victorhub.store.EmbeddedSettings;
import io.victorhub.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadFactory;

/** Opens the store of a hub: the host's, or one of our own. */
final class HubStore {

    /** What a hub lends to its store. */
    private record Lent(
            Path directory,
            StoreCodec codec,
            InstantSource clock,
            ThreadFactory threads,
            String node,
            Duration ageingStep,
            Meters meters)
            implements StoreContext {}

    private static final String EMBEDDED = "embedded";
    private static final String MEMORY = "memory";

    private HubStore() {}

    static Store open(HubBuilder builder, HubHome home, HubThreads threads, Meters meters) {
        StoreFactory factory = builder.store == null ? byName(builder) : builder.store;
        return factory.open(new Lent(
                home.store(),
                Stores.codec(),
                builder.clock,
                threads.daemons(),
                builder.node,
                builder.ageingStep,
                meters));
    }

    private static StoreFactory byName(HubBuilder builder) {
        String name = builder.storeName == null ? builder.inMemory ? MEMORY : EMBEDDED : builder.storeName;
        if (name.equals(MEMORY)) {
            return Stores.memory(builder.maxSubmissionBytes);
        } else if (name.equals(EMBEDDED)) {
            return Stores.embedded(EmbeddedSettings.DEFAULT
                    .maxSubmissionBytes(builder.maxSubmissionBytes)
                    .durability(builder.durability)
                    .strictAck(builder.strictAck));
        }
        List<String> names = new ArrayList<>(List.of(EMBEDDED, MEMORY));
        for (StoreFactory factory : ServiceLoader.load(StoreFactory.class, loader(builder))) {
            if (factory.name().equals(name)) {
                return factory;
            }
            names.add(factory.name());
        }
        throw new StorageException("there is no store '" + name + "'; there are " + names
                + ", and each jar with a store that is put on the class or module path adds its own");
    }

    /** {@return where what is found by its service is looked for} */
    static ClassLoader loader(HubBuilder builder) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader given = builder.classLoader == null ? context : builder.classLoader;
        return given == null ? ClassLoader.getSystemClassLoader() : given;
    }
}
