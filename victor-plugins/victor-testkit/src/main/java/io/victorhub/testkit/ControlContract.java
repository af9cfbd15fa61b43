package io.victorhub.testkit;

import static io.victorhub.testkit.Samples.dead;
import static io.victorhub.testkit.Samples.done;
import static io.victorhub.testkit.Samples.due;
import static io.victorhub.testkit.Samples.of;
import static io.victorhub.testkit.Samples.retry;
import static io.victorhub.testkit.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Capability;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people and deadlines do to tasks: cancel, hold and release, requeue, expire. */
interface ControlContract extends StoreUnderTest {

    @Test
    default void cancelsATaskThatWaits() {
        assumeDeclared(Capability.CANCEL);
        accept(task("a"), of("delayed").notBefore(now().plusSeconds(60)).build(), held("held"));

        assertThat(tasks().cancel(List.of("a", "delayed", "held"))).isEqualTo(StoreUnderTest.each(Outcome.RECORDED, 3));

        clock().advance(Duration.ofHours(1));
        assertThat(leaseAll()).isEmpty();
        assertThat(status("a")).isEqualTo(TaskStatus.CANCELLED);
        assertThat(entries()).hasSize(3).allMatch(Closed.class::isInstance);
        assertClosed(entriesOf("a").get(0), "a", Reason.CANCELLED);
    }

    @Test
    default void keepsACancellationOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        assumeDeclared(Capability.CANCEL);
        accept(task("a"));
        tasks().cancel(List.of("a"));

        reopen();

        assertThat(leaseAll()).isEmpty();
        assertThat(status("a")).isEqualTo(TaskStatus.CANCELLED);
    }

    @Test
    default void cancelsNothingThatIsSettledOrNotThere() {
        assumeDeclared(Capability.CANCEL);
        accept(task("a"), task("b"));
        settle(done(leaseOne(), now()));

        assertThat(tasks().cancel(List.of("a", "nobody", "b", "b")))
                .containsExactly(Outcome.STALE, Outcome.UNKNOWN, Outcome.RECORDED, Outcome.STALE);
        assertThat(status("a")).isEqualTo(TaskStatus.DONE);
    }

    @Test
    default void marksARunningTaskThatIsCancelled() {
        assumeDeclared(Capability.CANCEL);
        accept(task("a"));
        leaseOne();
        assertThat(find("a").cancelRequested()).isFalse();

        assertThat(tasks().cancel(List.of("a"))).containsExactly(Outcome.RECORDED);

        assertThat(find("a").cancelRequested()).isTrue();
        assertThat(status("a")).isEqualTo(TaskStatus.RUNNING);
    }

    @Test
    default void triesACancelledTaskNoMore() {
        assumeDeclared(Capability.CANCEL);
        accept(task("a"));
        Lease lease = leaseOne();
        tasks().cancel(List.of("a"));

        settle(retry(lease, now(), now()));

        assertThat(leaseAll()).isEmpty();
        assertThat(status("a")).isEqualTo(TaskStatus.CANCELLED);
        List<LogEntry> logged = entriesOf("a");
        assertThat(logged).hasSize(2);
        assertThat(logged.get(0)).isInstanceOf(Execution.class);
        assertClosed(logged.get(1), "a", Reason.CANCELLED);
    }

    @Test
    default void handsACancelledTaskOutNoMoreThatIsReleased() {
        assumeDeclared(Capability.CANCEL);
        accept(task("a"));
        Lease lease = leaseOne();
        tasks().cancel(List.of("a"));

        settle(Settlement.silent(lease, Disposition.released(now())));

        assertThat(leaseAll()).isEmpty();
        assertThat(status("a")).isEqualTo(TaskStatus.CANCELLED);
        assertThat(entriesOf("a")).hasSize(1);
        assertClosed(entriesOf("a").get(0), "a", Reason.CANCELLED);
    }

    @Test
    default void letsACancelledTaskThatIsDoneAnywayBeDone() {
        assumeDeclared(Capability.CANCEL);
        accept(task("a"));
        Lease lease = leaseOne();
        tasks().cancel(List.of("a"));

        settle(done(lease, now()));

        assertThat(status("a")).isEqualTo(TaskStatus.DONE);
        assertThat(entriesOf("a")).hasSize(1);
    }

    @Test
    default void handsOutNoHeldTaskUntilItIsReleased() {
        accept(held("a"));
        clock().advance(Duration.ofDays(1));
        assertThat(leaseAll()).isEmpty();
        assertThat(status("a")).isEqualTo(TaskStatus.HELD);

        assertThat(tasks().release(List.of("a"))).containsExactly(Outcome.RECORDED);

        assertThat(leasedIds()).containsExactly("a");
    }

    @Test
    default void keepsAHoldAndItsReleaseOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        accept(held("a"), held("b"));
        tasks().release(List.of("a"));

        reopen();

        assertThat(leasedIds()).containsExactly("a");
        assertThat(status("b")).isEqualTo(TaskStatus.HELD);
    }

    @Test
    default void releasesOnlyWhatIsHeld() {
        accept(task("a"), held("b"));

        assertThat(tasks().release(List.of("a", "b", "b", "nobody")))
                .containsExactly(Outcome.STALE, Outcome.RECORDED, Outcome.STALE, Outcome.UNKNOWN);
    }

    @Test
    default void startsAReleasedTaskNoEarlierThanItsDelay() {
        Instant start = now().plusSeconds(60);
        accept(of("a").held(true).notBefore(start).build());

        tasks().release(List.of("a"));

        clock().set(start.minusNanos(1));
        assertThat(leaseAll()).isEmpty();
        clock().set(start.plus(store().capabilities().delayStep()));
        assertThat(leasedIds()).containsExactly("a");
    }

    @Test
    default void beginsTheNextRoundOfADeadLetterWithAttemptOne() {
        accept(task("a"));
        settle(retry(leaseOne(), now(), now()));
        settle(dead(leaseOne(), now()));
        clock().advance(Duration.ofHours(1));

        assertThat(tasks().requeue(List.of("a"))).containsExactly(Outcome.RECORDED);

        TaskState queued = find("a");
        assertThat(queued.status()).isEqualTo(TaskStatus.READY);
        assertThat(queued.attempts()).isZero();
        assertThat(queued.settledAt()).isEmpty();
        Lease lease = leaseOne();
        assertThat(lease.attempt()).isEqualTo(1);
        assertThat(lease.round()).isEqualTo(2);
        assertThat(lease.readyAt()).isEqualTo(now());
    }

    @Test
    default void holdsADeadLetterThatIsRequeuedAsHeld() {
        accept(task("a"));
        settle(dead(leaseOne(), now()));

        assertThat(tasks().requeue(List.of("a"), true)).containsExactly(Outcome.RECORDED);

        assertThat(find("a").status()).isEqualTo(TaskStatus.HELD);
        assertThat(find("a").round()).isEqualTo(2);
        assertThat(leaseAll()).isEmpty();
        assertThat(tasks().release(List.of("a"))).containsExactly(Outcome.RECORDED);
        assertThat(leaseOne().round()).isEqualTo(2);
    }

    @Test
    default void aRequeuedTaskIsHeldOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        accept(task("a"));
        settle(dead(leaseOne(), now()));
        tasks().requeue(List.of("a"), true);

        reopen();

        assertThat(find("a").status()).isEqualTo(TaskStatus.HELD);
        assertThat(leaseAll()).isEmpty();
    }

    @Test
    default void keepsTheRoundOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        accept(task("a"));
        settle(dead(leaseOne(), now()));
        tasks().requeue(List.of("a"));

        reopen();

        assertThat(leaseOne().round()).isEqualTo(2);
    }

    @Test
    default void requeuesDeadLettersOnly() {
        accept(task("done", 9), task("dead", 8), task("waits"));
        settle(done(leaseOne(), now()));
        settle(dead(leaseOne(), now()));

        assertThat(tasks().requeue(List.of("done", "dead", "dead", "waits", "nobody")))
                .containsExactly(Outcome.STALE, Outcome.RECORDED, Outcome.STALE, Outcome.STALE, Outcome.UNKNOWN);
        assertThat(leasedIds()).containsExactly("dead", "waits");
    }

    @Test
    default void requeuesNoDeadLetterWhoseUniqueKeyIsTaken() {
        accept(of("a").uniqueKey("k").build());
        settle(dead(leaseOne(), now()));
        accept(of("b").uniqueKey("k").build());

        assertThat(tasks().requeue(List.of("a"))).containsExactly(Outcome.STALE);
        assertThat(leasedIds()).containsExactly("b");
    }

    @Test
    default void requeuesOnlyOneOfTheDeadLettersOfAUniqueKey() {
        accept(of("a").uniqueKey("k").build());
        settle(dead(leaseOne(), now()));
        accept(of("b").uniqueKey("k").build());
        settle(dead(leaseOne(), now()));

        assertThat(tasks().requeue(List.of("a", "b"))).containsExactly(Outcome.RECORDED, Outcome.STALE);
        assertThat(leasedIds()).containsExactly("a");
    }

    @Test
    default void expiresWaitingTasksWhoseDeadlineHasPassed() {
        Instant deadline = now().plusSeconds(60);
        accept(due("a", deadline), held("held", deadline), due("later", deadline.plusSeconds(1)));
        assertThat(tasks().expire(10)).isZero();
        clock().set(deadline.plusNanos(1));

        assertThat(tasks().expire(10)).isEqualTo(2);

        assertThat(status("a")).isEqualTo(TaskStatus.EXPIRED);
        assertThat(status("held")).isEqualTo(TaskStatus.EXPIRED);
        assertThat(leasedIds()).containsExactly("later");
        assertClosed(entriesOf("a").get(0), "a", Reason.EXPIRED);
    }

    @Test
    default void expiresNoMoreThanAskedFor() {
        accept(due("a", now()), due("b", now()), due("c", now()));
        clock().advance(Duration.ofSeconds(1));

        assertThat(tasks().expire(2)).isEqualTo(2);
        assertThat(tasks().expire(2)).isEqualTo(1);
        assertThat(tasks().expire(2)).isZero();
    }

    @Test
    default void handsOutNothingThatIsOverdue() {
        accept(due("a", now().plusSeconds(60)), task("b"));
        clock().advance(Duration.ofSeconds(61));

        assertThat(leasedIds()).containsExactly("b");
    }

    @Test
    default void expiresOverdueTasksOfPausedTypes() {
        accept(due("a", now().plusSeconds(60)));
        clock().advance(Duration.ofSeconds(61));

        tasks().lease(LeaseRequest.one(TTL).excludedTypes(Set.of("t")));
        tasks().expire(10);

        assertThat(status("a")).isEqualTo(TaskStatus.EXPIRED);
        assertThat(entriesOf("a")).hasSize(1);
    }

    @Test
    default void leavesARunningTaskToItsHolderWhenItsDeadlinePasses() {
        accept(due("a", now().plusSeconds(10)));
        Lease lease = leaseOne();
        clock().advance(Duration.ofSeconds(11));

        assertThat(tasks().expire(10)).isZero();

        settle(done(lease, now()));
    }

    @Test
    default void expiresATaskThatWaitsForItsNextAttempt() {
        accept(due("a", now().plusSeconds(10)));
        settle(retry(leaseOne(), now(), now().plusSeconds(60)));
        clock().advance(Duration.ofSeconds(11));

        assertThat(tasks().expire(10)).isEqualTo(1);

        assertThat(entriesOf("a")).hasSize(2);
        assertThat(find("a").attempts()).isEqualTo(1);
    }

    @Test
    default void freesTheUniqueKeyOfATaskThatIsCancelled() {
        assumeDeclared(Capability.CANCEL);
        accept(of("a").uniqueKey("k").build());
        tasks().cancel(List.of("a"));

        accept(of("b").uniqueKey("k").build());
    }

    private static Submission held(String id) {
        return of(id).held(true).build();
    }

    private static Submission held(String id, Instant deadline) {
        return Submission.builder(Task.of("t").id(id).deadline(deadline).build())
                .held(true)
                .build();
    }

    private static void assertClosed(LogEntry entry, String id, Reason reason) {
        assertThat(entry).isInstanceOfSatisfying(Closed.class, closed -> {
            assertThat(closed.taskId()).isEqualTo(id);
            assertThat(closed.reason()).isEqualTo(reason);
        });
    }
}
