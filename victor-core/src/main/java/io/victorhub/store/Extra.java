package io.victorhub.store;

import io.victorhub.spi.store.Progress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What few tasks have, or few at a time: those that run, have run, or were queued in a special way. */
final class Extra {

    final long sequence;

    @Nullable Instant deadline;

    @Nullable String uniqueKey;

    @Nullable String parent;

    @Nullable String batch;

    @Nullable Instant readyAt; // where microseconds do not say it exactly

    int round = 1;
    long lease;

    @Nullable Instant leasedAt;

    @Nullable Instant settledAt;

    boolean cancelRequested;

    @Nullable Progress progress;

    long last = Where.NOWHERE;

    Extra(long sequence) {
        this.sequence = sequence;
    }

    Instant deadlineOrNever() {
        return deadline == null ? Instant.MAX : deadline;
    }
}
