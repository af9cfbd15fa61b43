package io.victorhub.audit;

import io.victorhub.spi.store.StorageException;
import java.util.List;
import java.util.Optional;

/**
 * The record of every change of what may run or how: who, what, when and why. It is only ever added to, and an entry is on
 * disk before the change that it tells of can be seen. Each entry's hash covers the entry and the hash before, so that
 * nothing can be altered, left out or put in between without {@link #verify()} naming the place.
 *
 * <p>A chain alone cannot show that its end was cut off, or that all of it was written anew. Whoever must be sure of that
 * notes number and hash of {@link #last()} somewhere else from time to time, and looks whether that entry is still the same.
 *
 * <p>May be used by any thread. The hub writes; nothing here does.
 *
 * @since 0.1
 */
public interface Audit {

    /**
     * {@return entries in their order, behind the one of that number}
     *
     * @param after the number of the last entry of the page before; 0 for the first page
     * @param max how many at most, 1 or more
     * @throws IllegalArgumentException if {@code max} is less than 1
     * @throws StorageException if an entry cannot be read any more; {@link #verify()} says which
     */
    List<AuditEntry> read(long after, int max);

    /** {@return the latest entry; empty if there is none} */
    Optional<AuditEntry> last();

    /** {@return how many entries there are} */
    long size();

    /**
     * Reads all of it, and computes every hash anew. Some 100,000 entries a second; others may write meanwhile.
     *
     * @return whether all entries fit, and the first one that does not
     */
    AuditCheck verify();
}
