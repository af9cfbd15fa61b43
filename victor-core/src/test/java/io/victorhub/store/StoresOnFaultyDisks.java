package io.victorhub.store;

import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreContext;
import io.victorhub.spi.store.StoreFactory;
import io.victorhub.testing.FaultyDisk;

/** The store on disk, over a disk that fails when a test says so. */
public record StoresOnFaultyDisks(FaultyDisk disk) implements StoreFactory {

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public Store open(StoreContext context) {
        return EmbeddedStore.open(context, EmbeddedSettings.DEFAULT, disk);
    }
}
