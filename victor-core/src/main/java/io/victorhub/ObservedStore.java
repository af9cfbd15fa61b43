package io.victorhub;

import io.victorhub.metrics.recording.Recording;
import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreCapabilities;
import io.victorhub.spi.store.StoreTrouble;
import io.victorhub.spi.store.TaskStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store whose queue is watched: so what is queued is seen, whoever queues it. */
record ObservedStore(Store store, TaskStore tasks) implements Store {

    static Store of(Store store, EventFeed feed, @Nullable Recording recording) {
        return new ObservedStore(store, new ObservedTasks(store.tasks(), feed, recording));
    }

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
