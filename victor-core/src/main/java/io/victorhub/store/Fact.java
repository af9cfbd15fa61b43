package io.victorhub.store;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.Disposition;
import java.time.Instant;
import java.util.List;

/** One thing that a store keeps. What a store holds is the sum of its facts, in their order. */
sealed interface Fact {

    /** A store was opened, or a segment begun: numbers go on above these. */
    record Opened(long epoch, long lease, long sequence, long version, Instant at, String node) implements Fact {}

    /** A task was queued. */
    record Added(long sequence, Instant at, Payload<Submission> submission) implements Fact {}

    /** A task was handed out. */
    record Leased(String id, long number, Instant at) implements Fact {}

    /** A lease ended, or a waiting task was settled. */
    record Ended(String id, Disposition disposition, Instant at, List<Payload<LogEntry>> entries, List<Added> followUps)
            implements Fact {}

    /** A running task shall not be tried again. */
    record CancelAsked(String id) implements Fact {}

    /** A held task may run. */
    record Freed(String id, Instant at) implements Fact {}

    /** A dead letter begins its next round. */
    record Requeued(String id, Instant at) implements Fact {}

    /** Entries that belong to no lease. */
    record Logged(List<Payload<LogEntry>> entries) implements Fact {}

    /** Keys of the state store got new values, all of this version, or lost them. */
    record StateChanged(long version, List<Change> changes) implements Fact {}

    /** The log before a position is no longer needed. */
    record Forgot(String before) implements Fact {}
}
