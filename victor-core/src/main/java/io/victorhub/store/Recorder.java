package io.victorhub.store;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.LogPart;
import io.victorhub.spi.store.Position;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** Where facts go, and where what they carried can be had again. */
interface Recorder {

    /** How safe facts must be before they count. */
    enum Safety {
        /** As what was submitted: as safe as the store's level says. */
        SUBMITTED,
        /** As what was settled: written; forced soon, or at once if acknowledgements are strict. May use the reserve. */
        SETTLED,
        /** As a start: written. */
        STARTED,
        /** Forced to disk, whatever the level. */
        FORCED
    }

    /** Facts that were handed in together. */
    interface Receipt {
        /** {@return the facts} */
        List<Fact> facts();

        /** {@return where the record of the n-th fact is; only after they were kept} */
        long record(int fact);

        /** {@return where the n-th submission of the n-th fact can be had; only after they were kept} */
        long submission(int fact, int index);

        /** {@return where the n-th entry of the n-th fact can be had; only after they were kept} */
        long entry(int fact, int index);
    }

    /**
     * A submission as it is kept.
     *
     * @param submission what it is
     * @param at when it was queued
     * @param erased whether nothing is left of what it carried
     */
    record Kept(Submission submission, Instant at, boolean erased) {

        static Kept of(Payload<Submission> payload, Instant at) {
            return new Kept(payload.value(), at, Blank.isErased(payload.json()));
        }
    }

    /**
     * What the log says of one task at one place.
     *
     * @param entries those of one record, up to the one that was asked for
     * @param before where the entry before them is; {@link Where#NOWHERE} if there is none, or it is not known
     */
    record Told(List<LogEntry> entries, long before) {}

    /** Prepares a submission; called without locks. */
    Payload<Submission> payload(Submission submission);

    /** Prepares an entry; called without locks. */
    Payload<LogEntry> payload(LogEntry entry);

    /** Hands facts in; their order is the order of these calls, which are made under the ledger's lock. */
    Receipt record(List<Fact> facts, Safety safety);

    /** Waits until they are kept; throws a StorageException if they are not. Called without locks. */
    void await(Receipt receipt);

    /** The facts are applied, or given up: readers of the log may see what is kept of them. Under the ledger's lock. */
    void publish(Receipt receipt, boolean kept);

    /** Reads a submission. */
    Kept submission(long place);

    /** {@return the id of the task whose submission is there} */
    String id(long place);

    /** Reads an entry. */
    LogEntry entry(long place);

    /** Reads an entry, and finds the one that the log has of the same task before it. */
    Told told(long place);

    /** Reads the log. Called without locks. */
    LogPage read(Position after, int max);

    /** The table no longer knows a task, whose submission is there. */
    void forgotten(long place);

    /** Does something while nobody else writes anew or drops what was recorded. Called without locks. */
    <R> R whileNobodyRewrites(Supplier<R> work);

    /**
     * Blanks what these tasks carried, wherever it is, and state that is no longer current. Called without locks.
     *
     * @param current says whether a key has its value of that version
     * @return the ids of which something was there
     */
    Set<String> erase(Set<String> ids, BiPredicate<String, Long> current);

    /** {@return the parts of the log that can be dropped as a whole} Called without locks. */
    List<LogPart> parts();

    /** Drops the log before a position, and tells of what else goes with it before it does. Called without locks. */
    void forget(String before, Forgetting forgetting);

    void close();
}
