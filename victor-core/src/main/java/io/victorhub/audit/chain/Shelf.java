package io.victorhub.audit.chain;

import io.victorhub.spi.store.StorageException;

/** Where records of a chain stand, in their order. One thread adds; any thread reads what was added before. */
interface Shelf extends AutoCloseable {

    /** {@return how many records there are} */
    int size();

    /**
     * {@return a record}
     *
     * @throws StorageException if it cannot be read, or is not as it was written
     */
    byte[] read(int index);

    /**
     * Adds a record, which is durable when this returns.
     *
     * @throws StorageException if it cannot be kept
     */
    void add(byte[] record);

    @Override
    void close();
}
