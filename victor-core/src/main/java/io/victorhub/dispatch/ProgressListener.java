package io.victorhub.dispatch;

import io.victorhub.spi.store.Progress;

/** Hears how far attempts are, on the threads of their skills. */
@FunctionalInterface
public interface ProgressListener {

    /** Called for each progress that a skill tells; must be quick. */
    void progressed(Progress latest);
}
