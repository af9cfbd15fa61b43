package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Attempt;
import io.victorhub.dispatch.Dispatcher;
import io.victorhub.scheduling.guard.Pending;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.Lease;
import org.jspecify.annotations.Nullable;

/** The place that a lease takes until it is settled, and the attempt at its task. */
final class Place {

    /** Why an attempt shall end. */
    record Stop(Reason reason, String why) {}

    /** The time of an attempt that nobody watches. */
    static final long UNWATCHED = Long.MAX_VALUE;

    final Lease lease;

    // Running guards these
    @Nullable Place before;

    @Nullable Place behind;

    boolean taken;

    /** What it counts as in the budgets; null where there are none. Set before others know the place. */
    @Nullable Pending spends;

    /** When the time of its attempt is over, by the nanosecond clock of {@link Supervisor}. */
    volatile long watchedUntil = UNWATCHED;

    private volatile @Nullable Attempt attempt;
    private volatile @Nullable Stop stop;

    Place(Lease lease) {
        this.lease = lease;
    }

    /** {@return the attempt at its task, once it is planned} */
    @Nullable Attempt attempt() {
        return attempt;
    }

    /** It has its attempt, which is asked at once what the place was asked before. */
    void plan(Attempt planned) {
        attempt = planned;
        Stop asked = stop; // written before the other looked for an attempt, or that one finds this
        if (asked != null) {
            planned.cancel(asked.reason(), asked.why());
        }
    }

    /** {@return the attempt that shall end; null if there is none yet, and then it is asked when it is there} */
    @Nullable Attempt stop(Stop why) {
        if (stop == null) {
            stop = why;
        }
        return attempt;
    }

    /** {@return whether the store gave the lease; else a thread of the host's runs it, which nobody may give up} */
    boolean isQueued() {
        return lease.fence().epoch() != Dispatcher.UNQUEUED;
    }
}
