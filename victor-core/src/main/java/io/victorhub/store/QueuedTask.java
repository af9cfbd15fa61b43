package io.victorhub.store;

import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.TaskStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task of the table: a handle that reads the table each time it is asked, so it may be used under the ledger's lock
 * only, and not after the task has left.
 */
final class QueuedTask {

    final long sequence;
    private final TaskTable table;

    QueuedTask(TaskTable table, long sequence) {
        this.table = table;
        this.sequence = sequence;
    }

    long hash() {
        return table.rows.hash(sequence);
    }

    String type() {
        return table.lane(sequence).type.name;
    }

    TaskStatus status() {
        return Bits.status(table.rows.bits(sequence));
    }

    boolean waits() {
        return status().compareTo(TaskStatus.RUNNING) < 0;
    }

    int priority() {
        return Bits.priority(table.rows.bits(sequence));
    }

    int attempts() {
        return Bits.attempts(table.rows.bits(sequence));
    }

    Instant readyAt() {
        return table.readyAt(sequence);
    }

    /** {@return where the submission is} */
    long place() {
        return table.rows.place(sequence);
    }

    int round() {
        Extra extra = table.extra(sequence);
        return extra == null ? 1 : extra.round;
    }

    long lease() {
        Extra extra = table.extra(sequence);
        return extra == null ? 0 : extra.lease;
    }

    boolean cancelRequested() {
        Extra extra = table.extra(sequence);
        return extra != null && extra.cancelRequested;
    }

    long last() {
        Extra extra = table.extra(sequence);
        return extra == null ? Where.NOWHERE : extra.last;
    }

    @Nullable Instant leasedAt() {
        Extra extra = table.extra(sequence);
        return extra == null ? null : extra.leasedAt;
    }

    @Nullable Instant settledAt() {
        Extra extra = table.extra(sequence);
        return extra == null ? null : extra.settledAt;
    }

    @Nullable Progress progress() {
        Extra extra = table.extra(sequence);
        return extra == null ? null : extra.progress;
    }

    @Nullable String uniqueKey() {
        Extra extra = table.extra(sequence);
        return extra == null ? null : extra.uniqueKey;
    }
}
