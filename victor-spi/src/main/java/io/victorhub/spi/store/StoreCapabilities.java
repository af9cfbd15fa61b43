package io.victorhub.spi.store;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * What an engine promises.
 *
 * @param declared beyond the common contract
 * @param delayStep how much later than asked a delayed task may become ready
 * @since 0.1
 */
public record StoreCapabilities(Set<Capability> declared, Duration delayStep) {

    /** Copies the set. */
    public StoreCapabilities {
        declared = Set.copyOf(declared);
        Objects.requireNonNull(delayStep, "delayStep");
    }

    /** {@return whether {@code capability} is promised} */
    public boolean declares(Capability capability) {
        return declared.contains(capability);
    }
}
