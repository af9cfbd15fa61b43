package io.victorhub.store;

import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.TaskStatus;
import java.time.Instant;

/**
 * A task that is settled for good.
 *
 * @param sequence its number
 * @param id its id
 * @param type its type
 * @param status how it was settled
 * @param attempts how many attempts its last round took
 * @param round its last round
 * @param readyAt since when it could have started
 * @param settledAt when it was settled
 * @param cancelRequested whether it was cancelled while it ran
 * @param place where its submission is, if it is still kept
 * @param last where its last entry is; {@link Where#NOWHERE} if there is none
 */
record SettledTask(
        long sequence,
        String id,
        String type,
        TaskStatus status,
        int attempts,
        int round,
        Instant readyAt,
        Instant settledAt,
        boolean cancelRequested,
        long place,
        long last) {

    static SettledTask of(Fact.Ended ended, long last) {
        return new SettledTask(
                ended.sequence(),
                ended.id(),
                ended.type(),
                ((Disposition.Settled) ended.disposition()).as(),
                ended.attempts(),
                ended.round(),
                ended.readyAt(),
                ended.at(),
                ended.cancelRequested(),
                ended.place(),
                last);
    }

    /** {@return whether the fact settles a task for good} */
    static boolean isFinal(Fact.Ended ended) {
        return ended.disposition() instanceof Disposition.Settled settled && settled.as() != TaskStatus.DEAD;
    }
}
