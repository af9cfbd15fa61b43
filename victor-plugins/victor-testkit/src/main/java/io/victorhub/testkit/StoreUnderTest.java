package io.victorhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Capability;
import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.spi.store.TaskStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the parts of the contract know of the store that they test. */
interface StoreUnderTest {

    /** How long a lease lasts, where leases run out. */
    Duration TTL = Duration.ofMinutes(1);

    /** {@return the store, as it was opened last} */
    Store store();

    /** Closes the store and opens it again. */
    void reopen();

    /** Leaves the store as a killed process would, and opens what is left. */
    void killAndOpen();

    /** {@return the folder that the store was opened in last} */
    Path directory();

    /** {@return the clock of the store} */
    SettableClock clock();

    /** {@return the queue} */
    default TaskStore tasks() {
        return store().tasks();
    }

    /** {@return the log} */
    default ExecutionLog log() {
        return store().log();
    }

    /** {@return the small state} */
    default StateStore keys() {
        return store().state();
    }

    /** {@return the time} */
    default Instant now() {
        return clock().instant();
    }

    /** {@return whether the store promises it} */
    default boolean declares(Capability capability) {
        return store().capabilities().declares(capability);
    }

    /** Closes the store and opens it again, if it keeps anything then. */
    default void reopenWhereDurable() {
        if (declares(Capability.DURABLE)) {
            reopen();
        }
    }

    /** Skips the rest of a test about what the store does not promise. */
    default void assumeDeclared(Capability capability) {
        assumeTrue(declares(capability), () -> "this store does not declare " + capability);
    }

    /** Queues tasks, each of which must be new. */
    default void accept(Submission... all) {
        List<Submitted> answers = tasks().submit(List.of(all));
        assertThat(answers).hasSize(all.length).allMatch(Submitted.Accepted.class::isInstance);
    }

    /** {@return the lease of the only task that may run now} */
    default Lease leaseOne() {
        List<Lease> leases = tasks().lease(LeaseRequest.one(TTL));
        assertThat(leases).hasSize(1);
        return leases.get(0);
    }

    /** {@return leases of all tasks that may run now} */
    default List<Lease> leaseAll() {
        return tasks().lease(LeaseRequest.of(1000, TTL));
    }

    /** {@return the ids of all tasks that may run now, in their order} Leases them. */
    default List<String> leasedIds() {
        return leaseAll().stream().map(Lease::taskId).toList();
    }

    /** Ends a lease that must be the current one. */
    default void settle(Settlement settlement) {
        assertThat(tasks().settle(List.of(settlement))).containsExactly(Outcome.RECORDED);
    }

    /** {@return the task, in a store that can look it up} */
    default TaskState find(String id) {
        assumeDeclared(Capability.LOOKUP);
        return tasks().find(id).orElseThrow(() -> new AssertionError("task " + id + " is not there"));
    }

    /** {@return where the task stands} */
    default TaskStatus status(String id) {
        return find(id).status();
    }

    /** {@return all entries of the log, in its order} */
    default List<LogEntry> entries() {
        return logged(Position.START).stream().map(LogPage.Logged::entry).toList();
    }

    /** {@return all entries about a task, in the log's order} */
    default List<LogEntry> entriesOf(String id) {
        return entries().stream().filter(entry -> entry.taskId().equals(id)).toList();
    }

    /** {@return all entries of the log behind a position} */
    default List<LogPage.Logged> logged(Position after) {
        List<LogPage.Logged> all = new ArrayList<>();
        LogPage page = log().read(after, 100);
        while (!page.entries().isEmpty()) {
            all.addAll(page.entries());
            page = log().read(page.end(), 100);
        }
        return all;
    }

    /** {@return the same outcome for each of some} */
    static List<Outcome> each(Outcome outcome, int times) {
        return Stream.generate(() -> outcome).limit(times).toList();
    }
}
