package io.victorhub.store;

import java.util.List;

/** Hears what is about to be dropped, and writes anew what is still needed of it. Called without locks. */
interface Forgetting {

    /** A record that is about to be dropped, and where it is. */
    record Going(Fact fact, long place) {}

    /**
     * Whatever is needed of these records is somewhere else when this returns.
     *
     * @param records in their order
     * @param until the place behind them; all before it goes
     */
    void going(List<Going> records, long until);
}
