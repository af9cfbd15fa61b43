package io.victorhub.store;

import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.TaskStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task as the table knows it at one moment, with how it was queued: what a checkpoint and a moved record hold.
 *
 * @param sequence its number
 * @param how how it was queued
 * @param status where it stands
 * @param attempts how many of this round
 * @param round which round
 * @param readyAt since when, or when, it may start
 * @param cancelRequested whether it was cancelled while it ran
 * @param lease the number of its lease, while it runs
 * @param leasedAt since when it runs
 * @param settledAt when it was settled
 * @param progress what its skill told last
 * @param last where the entry of its last attempt is
 */
record TaskImage(
        long sequence,
        Queueing how,
        TaskStatus status,
        int attempts,
        int round,
        Instant readyAt,
        boolean cancelRequested,
        long lease,
        @Nullable Instant leasedAt,
        @Nullable Instant settledAt,
        @Nullable Progress progress,
        long last) {

    static TaskImage of(QueuedTask task, Queueing how) {
        return new TaskImage(
                task.sequence,
                how,
                task.status(),
                task.attempts(),
                task.round(),
                task.readyAt(),
                task.cancelRequested(),
                task.lease(),
                task.leasedAt(),
                task.settledAt(),
                task.progress(),
                task.last());
    }

    /** {@return whether it only waits, and has not run yet} */
    boolean isPlain() {
        return round == 1
                && !cancelRequested
                && lease == 0
                && settledAt == null
                && progress == null
                && last == Where.NOWHERE;
    }

    TaskImage withLast(long place) {
        return new TaskImage(
                sequence,
                how,
                status,
                attempts,
                round,
                readyAt,
                cancelRequested,
                lease,
                leasedAt,
                settledAt,
                progress,
                place);
    }

    TaskImage with(Queueing other) {
        return new TaskImage(
                sequence,
                other,
                status,
                attempts,
                round,
                readyAt,
                cancelRequested,
                lease,
                leasedAt,
                settledAt,
                progress,
                last);
    }
}
