package io.victorhub.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tasks that are settled for good: done, cancelled or expired. As many as the log knows, so they are not in memory. */
interface Archive {

    /** A task was settled; called under the ledger's lock, in any order, and possibly again for what is there already. */
    void add(SettledTask task, long hash, long record);

    /** {@return the task of that id; null if there is none} Of several of the same id the latest. */
    @Nullable SettledTask find(String id, long hash);

    /**
     * {@return settled tasks in the order in which they were queued}
     *
     * @param after the number behind which to look on
     * @param until no number after this one
     * @param max how many at most; fewer may come although there are more: only an empty list says that there are none
     */
    List<SettledTask> list(long after, long until, int max);

    /** Waits while more was added than can be written down; called without locks. */
    default void awaitRoom() {}

    /** The task is no longer known. What goes with its record may be left to that. */
    void remove(String id, long sequence);
}
