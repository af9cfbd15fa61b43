package io.victorhub.spi.store;

/**
 * Opens a store for a hub. Handed to the hub's builder, or found by {@link java.util.ServiceLoader} by its name.
 *
 * @since 0.1
 */
public interface StoreFactory {

    /** {@return the name by which a setting may ask for it, such as {@code embedded}} */
    String name();

    /**
     * Opens the store and brings it back to where it was: whatever was leased when its process died is ready again, with
     * a log entry that says {@link io.victorhub.spi.Result.Reason#LOST}.
     *
     * @throws StorageException if it cannot be opened; the message says why and what to do
     */
    Store open(StoreContext context);
}
