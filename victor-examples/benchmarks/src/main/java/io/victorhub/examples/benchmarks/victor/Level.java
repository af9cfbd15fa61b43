package io.victorhub.examples.benchmarks.victor;

import io.victorhub.HubBuilder;

/** How durable a hub shall be. */
public enum Level {
    /** The default: what is acknowledged is forced to disk. */
    SYNC,
    /** Forced a little later. */
    PROCESS;

    /** {@return whether this library has the level} */
    public boolean supported() {
        return this == SYNC;
    }

    /** {@return the builder, set to this level} */
    HubBuilder set(HubBuilder builder) {
        if (!supported()) {
            throw new UnsupportedOperationException("this version of Victor has no level " + this);
        }
        return builder;
    }
}
