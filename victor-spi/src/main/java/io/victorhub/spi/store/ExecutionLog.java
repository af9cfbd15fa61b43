package io.victorhub.spi.store;

import io.victorhub.spi.LogEntry;
import java.util.Collection;
import java.util.List;

/**
 * Everything that happened, in one total order that every reader sees alike. Attempts are put in by
 * {@link TaskStore#settle}.
 *
 * @since 0.1
 */
public interface ExecutionLog {

    /**
     * Adds entries that belong to no lease, such as ratings and imports; durable when it returns.
     *
     * @throws StorageException if they cannot be kept
     */
    void append(Collection<LogEntry> entries);

    /**
     * {@return entries behind {@code after}, in order} Readers never block writers; an entry that was not yet durable
     * when the call began may be left for the next.
     *
     * @param max how many at most, 1 or more; a page may hold fewer although there are more: only an empty one says that
     *     there are none now
     * @throws IllegalArgumentException if this store never gave that position
     */
    LogPage read(Position after, int max);

    /**
     * {@return the parts that can be dropped as a whole, the oldest first, up to the one that is being written} Empty where a
     * store cannot tell; then nothing is dropped by age, number or size.
     */
    default List<LogPart> parts() {
        return List.of();
    }

    /**
     * Allows the store to drop what stands before that position. Only the hub's root calls it, and only for what its
     * snapshots hold. Settled tasks whose entries are all dropped are no longer known.
     */
    void forget(Position before);
}
