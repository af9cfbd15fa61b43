package io.victorhub.scheduling.agenda;

import java.time.Instant;
import java.util.Optional;

/** Something that comes due by itself. All methods may be called from any thread. */
public interface Chore {

    /** {@return whether there is nothing that could ever come due} */
    boolean isEmpty();

    /**
     * Does what is due.
     *
     * @param byHand whether somebody asked for it, who drives the hub by hand
     * @return how many tasks were submitted
     * @throws io.victorhub.spi.store.StorageException if that cannot be kept; it is due again then
     */
    int work(boolean byHand);

    /** {@return when something is due next; past if it is due now, empty if nothing is due by itself} */
    Optional<Instant> next();
}
