package io.victorhub.store;

import io.victorhub.spi.store.TaskStatus;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tasks hold while they are not settled: unique keys, leases, and batches that wait for them. Guarded by the ledger's lock. */
final class Claims {

    private final Map<String, Long> byUniqueKey = new HashMap<>();
    private final Map<Long, Long> byLease = new HashMap<>();
    private final Map<String, Integer> unsettled = new HashMap<>(); // by batch

    /** {@return the number of the task that holds the key; -1 if there is none} */
    long holder(String uniqueKey) {
        Long holder = byUniqueKey.get(uniqueKey);
        return holder == null ? -1 : holder;
    }

    /** {@return the number of the task that runs under that lease; -1 if there is none} */
    long leased(long lease) {
        Long sequence = byLease.get(lease);
        return sequence == null ? -1 : sequence;
    }

    /** {@return how many tasks of the batch are not settled} */
    long unsettled(String batch) {
        return unsettled.getOrDefault(batch, 0);
    }

    /** A task has or had that status: its lease is taken or given back, if it is one that runs. */
    void runs(@Nullable Extra extra, TaskStatus status, boolean runs) {
        if (extra == null || status != TaskStatus.RUNNING) {
            return;
        }
        if (runs) {
            byLease.put(extra.lease, extra.sequence);
        } else {
            byLease.remove(extra.lease, extra.sequence);
        }
    }

    /** Its unique key is taken, and its batch waits for it, while it is not settled. */
    void lives(@Nullable Extra extra, boolean lives) {
        if (extra == null) {
            return;
        }
        if (extra.uniqueKey != null) {
            if (lives) {
                byUniqueKey.put(extra.uniqueKey, extra.sequence);
            } else {
                byUniqueKey.remove(extra.uniqueKey, extra.sequence);
            }
        }
        if (extra.batch != null) {
            unsettled.merge(extra.batch, lives ? 1 : -1, Claims::sumOrNothing);
        }
    }

    private static @Nullable Integer sumOrNothing(Integer a, Integer b) {
        return a + b == 0 ? null : Integer.valueOf(a + b);
    }
}
