package io.victorhub.scheduling;

import io.victorhub.spi.store.TaskStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A batch of tasks at one moment.
 *
 * @param id its id
 * @param closed whether no more tasks come into it
 * @param byStatus how many of its tasks stand where; without those that are zero. Once it is over, as they stood then
 * @param followUp the id of the task that followed it, once that was submitted
 * @param endedAt when it was over: closed, and all of its tasks settled
 * @since 0.1
 */
public record BatchStatus(
        String id,
        boolean closed,
        Map<TaskStatus, Long> byStatus,
        Optional<String> followUp,
        Optional<Instant> endedAt) {

    /** Copies the map. */
    public BatchStatus {
        Objects.requireNonNull(id, "id");
        Map<TaskStatus, Long> copy = new EnumMap<>(TaskStatus.class);
        byStatus.forEach((status, count) -> {
            if (count != 0) {
                copy.put(status, count);
            }
        });
        byStatus = Collections.unmodifiableMap(copy);
        Objects.requireNonNull(followUp, "followUp");
        Objects.requireNonNull(endedAt, "endedAt");
    }

    /** {@return how many tasks it has} */
    public long total() {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    /** {@return how many of them are settled, in whatever way} */
    public long settled() {
        return byStatus.entrySet().stream()
                .filter(entry -> entry.getKey().settled())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** {@return how many of them have that status} */
    public long count(TaskStatus status) {
        return byStatus.getOrDefault(status, 0L);
    }

    /** {@return whether it is over, and what followed was submitted} */
    public boolean ended() {
        return endedAt.isPresent();
    }
}
