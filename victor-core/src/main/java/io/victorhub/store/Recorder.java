package io.victorhub.store;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Where facts go, and where what they carried can be had again. */
interface Recorder {

    /** Facts that were handed in together. */
    interface Receipt {
        /** {@return the facts} */
        List<Fact> facts();

        /** {@return where the n-th submission of the n-th fact can be had; only after they were kept} */
        Ref submission(int fact, int index);

        /** {@return where the n-th entry of the n-th fact can be had; only after they were kept} */
        Ref entry(int fact, int index);
    }

    /** Prepares a submission; called without locks. */
    Payload<Submission> payload(Submission submission);

    /** Prepares an entry; called without locks. */
    Payload<LogEntry> payload(LogEntry entry);

    /** Hands facts in; their order is the order of these calls, which are made under the ledger's lock. */
    Receipt record(List<Fact> facts, boolean forced);

    /** Waits until they are kept; throws a StorageException if they are not. Called without locks. */
    void await(Receipt receipt);

    /** The facts are applied, or given up: readers of the log may see what is kept of them. Under the ledger's lock. */
    void publish(Receipt receipt);

    /** Reads a submission. Called without locks. */
    Submission submission(Ref ref);

    /** Reads an entry. Called without locks. */
    LogEntry entry(Ref ref);

    /** Reads the log. Called without locks. */
    LogPage read(Position after, int max);

    /** {@return whether the entry stands before the position} */
    boolean isBefore(Ref entry, String position);

    /** Drops what nobody needs: the log before a position, except what these refs point at. */
    void drop(String before, Collection<Ref> needed);

    /** The table no longer knows this task. Under the ledger's lock. */
    void forgotten(String id, Ref submission);

    /** Blanks what these tasks carried, wherever it is. */
    void erase(Set<String> ids);

    void close();
}
