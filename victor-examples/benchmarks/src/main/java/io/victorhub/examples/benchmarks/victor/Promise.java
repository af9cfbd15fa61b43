package io.victorhub.examples.benchmarks.victor;

import io.victorhub.HubBuilder;
import io.victorhub.store.Durability;

/** How much a hub promises about what it acknowledges. The one place that knows the setters for it. */
public enum Promise {
    /** The default: submits are forced before they return, ends of tasks soon after. */
    SYNC,
    /** Submits and ends are forced soon after. */
    PROCESS,
    /** Submits and ends are forced before they return. */
    STRICT;

    /** {@return the builder, told so} */
    HubBuilder tell(HubBuilder builder) {
        return builder.durability(this == PROCESS ? Durability.PROCESS : Durability.SYNC)
                .strictAck(this == STRICT);
    }
}
