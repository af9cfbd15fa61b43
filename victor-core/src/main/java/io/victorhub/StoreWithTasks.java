package io.victorhub;

import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreCapabilities;
import io.victorhub.spi.store.StoreTrouble;
import io.victorhub.spi.store.TaskStore;
import java.util.List;

/** A store with another queue before its own. */
record StoreWithTasks(Store store, TaskStore tasks) implements Store {

    @Override
    public ExecutionLog log() {
        return store.log();
    }

    @Override
    public StateStore state() {
        return store.state();
    }

    @Override
    public StoreCapabilities capabilities() {
        return store.capabilities();
    }

    @Override
    public List<StoreTrouble> troubles() {
        return store.troubles();
    }

    @Override
    public void close() {
        store.close();
    }
}
