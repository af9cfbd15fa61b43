package io.victorhub.store;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Progress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a store keeps. What a store holds is the sum of its facts, in their order. Each says what is so afterwards,
 * so that reading a stretch of them again changes nothing.
 */
sealed interface Fact {

    /** A store was opened, or a segment begun: numbers go on above these. */
    record Opened(long epoch, long lease, long sequence, long version, Instant at, String node) implements Fact {}

    /** A task was queued. */
    record Added(long sequence, Instant at, Queueing how, Payload<Submission> submission) implements Fact {}

    /** A task was handed out. */
    record Leased(long sequence, long number, int attempt, Instant at) implements Fact {}

    /**
     * A lease ended, or a waiting task was settled.
     *
     * @param sequence the task
     * @param id its id
     * @param type its type
     * @param disposition what becomes of it
     * @param at when
     * @param attempts how many of this round count
     * @param round which round
     * @param readyAt since when it could have started
     * @param cancelRequested whether it was cancelled while it ran
     * @param place where its submission is
     * @param parent what it belongs to
     * @param batch what else it belongs to
     * @param before where the entry before these is that the log has of the task; {@link Where#NOWHERE} if there is none
     * @param followUps what was queued with it
     * @param entries what the log says of it
     */
    record Ended(
            long sequence,
            String id,
            String type,
            Disposition disposition,
            Instant at,
            int attempts,
            int round,
            Instant readyAt,
            boolean cancelRequested,
            long place,
            @Nullable String parent,
            @Nullable String batch,
            long before,
            List<Added> followUps,
            List<Payload<LogEntry>> entries)
            implements Fact {

        Ended carrying(List<Added> otherFollowUps, List<Payload<LogEntry>> otherEntries) {
            return new Ended(
                    sequence,
                    id,
                    type,
                    disposition,
                    at,
                    attempts,
                    round,
                    readyAt,
                    cancelRequested,
                    place,
                    parent,
                    batch,
                    before,
                    otherFollowUps,
                    otherEntries);
        }
    }

    /** A running task shall not be tried again. */
    record CancelAsked(long sequence) implements Fact {}

    /** A held task may run. */
    record Freed(long sequence, Instant at) implements Fact {}

    /** A dead letter begins its next round, or waits until somebody releases it. */
    record Requeued(long sequence, int round, Instant at, boolean held) implements Fact {}

    /** A skill told how far it is. */
    record Progressed(long sequence, Progress progress) implements Fact {}

    /** Entries that belong to no lease. */
    record Logged(List<Payload<LogEntry>> entries) implements Fact {}

    /** Keys of the state store got new values, all of this version, or lost them. */
    record StateChanged(long version, List<Change> changes) implements Fact {}

    /** The log before a position is no longer needed. */
    record Forgot(String before) implements Fact {}

    /** A task whose record is about to be dropped, as it is now. */
    record Moved(
            Instant at,
            TaskImage image,
            Payload<Submission> submission,
            @Nullable Payload<LogEntry> last) implements Fact {}

    /** A settled task whose record is about to be dropped, and whose id must stay known. */
    record Kept(Ended ended) implements Fact {}
}
