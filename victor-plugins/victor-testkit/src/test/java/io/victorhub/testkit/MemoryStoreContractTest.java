package io.victorhub.testkit;

import io.victorhub.spi.store.StoreFactory;
import io.victorhub.store.Stores;

/** The memory store keeps the contract. */
class MemoryStoreContractTest extends StoreContract {

    @Override
    protected StoreFactory factory() {
        return Stores.memory();
    }
}
