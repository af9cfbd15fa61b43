package io.victorhub.testkit;

import io.victorhub.spi.store.StoreFactory;
import io.victorhub.store.Stores;

/** The embedded store keeps the contract. */
class EmbeddedStoreContractTest extends StoreContract {

    @Override
    protected StoreFactory factory() {
        return Stores.embedded();
    }
}
