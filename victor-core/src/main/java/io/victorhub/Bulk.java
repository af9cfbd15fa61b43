package io.victorhub;

import io.victorhub.spi.store.StorageException;
import java.util.function.Consumer;

/**
 * The same done to many tasks: to all that a query finds. Reached through {@link Hub#bulk}.
 *
 * <pre>{@code
 * Bulk old = hub.bulk(TaskQuery.waiting().types("mail").submitted(Instant.MIN, yesterday).max(1000));
 * System.out.println(old.dryRun().cancel().matched() + " would be cancelled");
 * BulkResult result = old.cancel();
 * }</pre>
 *
 * <p>Goes through the tasks page by page, in the order of their submission, with one write for each page; the query says how large
 * a page is. A cursor in the query says where to begin. It is not one transaction: tasks that others change meanwhile may be passed
 * over, and are told of in the result. If the thread is interrupted it ends after the page that it is at, and
 * {@link BulkResult#complete()} is false; doing it again goes on.
 *
 * <p>Each method throws {@link StorageException} if the store cannot keep a change; the pages before were changed. Reading costs
 * what {@link Hub#tasks} costs.
 *
 * @since 0.1
 */
public interface Bulk {

    /** {@return the same, which only counts: the result says what would be changed, if nobody else changed anything} */
    Bulk dryRun();

    /** {@return the same, which tells after each page how far it is, in the calling thread; what it throws ends it there} */
    Bulk onProgress(Consumer<BulkResult> told);

    /**
     * Cancels those that are not settled: those that wait are settled, those that run are asked to end. Statuses in the query
     * narrow that down.
     */
    BulkResult cancel();

    /** Queues dead letters anew, whatever statuses the query asks for; those whose unique key a live task has are passed over. */
    BulkResult requeue();

    /** Lets held tasks run, whatever statuses the query asks for; those that need a person's approval are passed over. */
    BulkResult release();
}
