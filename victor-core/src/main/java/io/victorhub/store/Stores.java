package io.victorhub.store;

import io.victorhub.json.EntryCodec;
import io.victorhub.spi.store.Capability;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreCapabilities;
import io.victorhub.spi.store.StoreCodec;
import io.victorhub.spi.store.StoreContext;
import io.victorhub.spi.store.StoreFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;

/**
 * The stores that come with the hub.
 *
 * @since 0.1
 */
public final class Stores {

    /** How large a submission may be, encoded, where nothing else is said: 1 MiB. */
    public static final int DEFAULT_MAX_SUBMISSION_BYTES = 1 << 20;

    /** A factory is its name and what it does. */
    private record Named(String name, Function<StoreContext, Store> opening) implements StoreFactory {
        @Override
        public Store open(StoreContext context) {
            return opening.apply(context);
        }
    }

    private Stores() {}

    /** {@return the store on disk, the default} A journal in the folder it is given. One process at a time. */
    public static StoreFactory embedded() {
        return embedded(EmbeddedSettings.DEFAULT);
    }

    /** {@return the store on disk, with settings of your own} */
    public static StoreFactory embedded(EmbeddedSettings settings) {
        return new Named("embedded", context -> EmbeddedStore.open(context, settings));
    }

    /** {@return a store in memory: everything is gone when it is closed, or its process ends} */
    public static StoreFactory memory() {
        return memory(DEFAULT_MAX_SUBMISSION_BYTES);
    }

    /**
     * {@return a store in memory}
     *
     * @param maxSubmissionBytes how large a submission may be, encoded
     */
    public static StoreFactory memory(int maxSubmissionBytes) {
        return new Named("memory", context -> openMemory(context, maxSubmissionBytes));
    }

    /** {@return the format that all stores share; a hub hands it to the store that it opens} */
    public static StoreCodec codec() {
        return new EntryCodec();
    }

    private static Store openMemory(StoreContext context, int maxSubmissionBytes) {
        Ledger ledger = new Ledger(
                new TaskTable(context.ageingStep()),
                new MemoryArchive(),
                new MemoryRecorder(context.codec()),
                context.clock(),
                new Wakers(context.threads(), context.clock()),
                new SecureRandom().nextLong());
        ledger.nextEpoch();
        EnumSet<Capability> declared = EnumSet.complementOf(
                EnumSet.of(Capability.LEASE_EXPIRY, Capability.DURABLE, Capability.POWER_CUT_SAFE));
        return new LedgerStore(
                ledger,
                new StoreCapabilities(declared, Duration.ZERO),
                maxSubmissionBytes,
                List::of,
                () -> {},
                () -> {});
    }
}
