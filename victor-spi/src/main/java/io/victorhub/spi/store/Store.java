package io.victorhub.spi.store;

/**
 * Where tasks, the log and small state live: one engine, three faces, one contract for all.
 *
 * @since 0.1
 */
public interface Store extends AutoCloseable {

    /** {@return the tasks: queued, leased, settled} */
    TaskStore tasks();

    /** {@return what happened, in one order} */
    ExecutionLog log();

    /** {@return small durable state: pauses, limits, snapshots} */
    StateStore state();

    /** {@return what this engine promises beyond the common contract} */
    StoreCapabilities capabilities();

    /** Forces what is written and lets go of everything. Idempotent. Every later call throws. */
    @Override
    void close();
}
