package io.victorhub.examples.benchmarks.victor;

import io.victorhub.HubBuilder;
import java.util.Optional;

/** How much a hub promises about what it acknowledges. The one place that knows the setters for it. */
public enum Promise {
    /** The default: submits are forced before they return, ends of tasks soon after. */
    SYNC,
    /** Submits and ends are forced soon after. */
    PROCESS,
    /** Submits and ends are forced before they return. */
    STRICT;

    /** {@return why this version of Victor cannot promise it, if so} */
    public Optional<String> missing() {
        return this == SYNC
                ? Optional.empty()
                : Optional.of("this version of Victor cannot be told to promise " + this);
    }

    /** {@return the builder, told so} */
    HubBuilder tell(HubBuilder builder) {
        missing().ifPresent(why -> {
            throw new UnsupportedOperationException(why);
        });
        return builder; // PROCESS: durability(Durability.PROCESS); STRICT: strictAck(true)
    }
}
