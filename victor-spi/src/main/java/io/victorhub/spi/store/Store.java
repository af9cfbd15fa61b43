package io.victorhub.spi.store;

import java.util.List;

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

    /**
     * {@return what is wrong with the engine now, as far as it knows without looking; empty if nothing is} Of no cost, for any
     * thread, at any time, also when it is closed.
     */
    default List<StoreTrouble> troubles() {
        return List.of();
    }

    /** Forces what is written and lets go of everything. Idempotent. Every later call throws. */
    @Override
    void close();
}
