package io.victorhub.spi.store;

/**
 * What ends a subscription.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

    /** Ends it. Idempotent. A call that is under way may still end after this returns. */
    @Override
    void close();
}
