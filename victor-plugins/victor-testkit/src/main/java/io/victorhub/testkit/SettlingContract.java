package io.victorhub.testkit;

import static io.victorhub.testkit.Samples.dead;
import static io.victorhub.testkit.Samples.done;
import static io.victorhub.testkit.Samples.failure;
import static io.victorhub.testkit.Samples.of;
import static io.victorhub.testkit.Samples.retry;
import static io.victorhub.testkit.Samples.success;
import static io.victorhub.testkit.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Execution;
import io.victorhub.spi.Result;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Capability;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Fence;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How leases end, and what becomes of the tasks. */
interface SettlingContract extends StoreUnderTest {

    @Test
    default void settlesATaskAsDoneWithItsLogEntry() {
        accept(task("a"));
        Lease lease = leaseOne();
        clock().advance(Duration.ofSeconds(3));
        Execution success = success(lease, now());

        settle(Settlement.of(lease, Disposition.done(), success));

        assertThat(leaseAll()).isEmpty();
        assertThat(entries()).containsExactly(success);
        TaskState found = find("a");
        assertThat(found.status()).isEqualTo(TaskStatus.DONE);
        assertThat(found.settledAt()).contains(now());
        assertThat(found.attempts()).isEqualTo(1);
        assertThat(found.last()).contains(success);
    }

    @Test
    default void keepsASettlementOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        accept(task("a"));
        Lease lease = leaseOne();
        settle(done(lease, now()));
        TaskState before = find("a");

        reopen();

        assertThat(find("a")).isEqualTo(before);
        assertThat(entries()).containsExactly(success(lease, now()));
        assertThat(leaseAll()).isEmpty();
    }

    @Test
    default void runsNothingAgainThatWasSettledWhenItsProcessIsKilled() {
        assumeDeclared(Capability.DURABLE);
        accept(task("a"));
        settle(done(leaseOne(), now()));

        killAndOpen();

        assertThat(leaseAll()).isEmpty();
        assertThat(entries()).hasSize(1);
    }

    @Test
    default void triesATaskAgainAtTheTimeSaidAndNeverEarlier() {
        accept(task("a"));
        Instant next = now().plusSeconds(30);
        settle(retry(leaseOne(), now(), next));

        clock().set(next.minusNanos(1));
        assertThat(leaseAll()).isEmpty();
        assertThat(status("a")).isEqualTo(TaskStatus.DELAYED);
        clock().set(next.plus(store().capabilities().delayStep()));

        Lease second = leaseOne();
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.round()).isEqualTo(1);
        assertThat(second.readyAt()).isEqualTo(next);
    }

    @Test
    default void keepsARetryAndItsCountOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        accept(task("a"));
        settle(retry(leaseOne(), now(), now().plusSeconds(30)));

        reopen();

        assertThat(leaseAll()).isEmpty();
        clock().advance(Duration.ofSeconds(30).plus(store().capabilities().delayStep()));
        assertThat(leaseOne().attempt()).isEqualTo(2);
    }

    @Test
    default void countsNoAttemptThatWasReleased() {
        accept(task("a"));
        settle(Settlement.silent(leaseOne(), Disposition.released(now())));

        assertThat(find("a").attempts()).isZero();
        assertThat(entries()).isEmpty();
        assertThat(leaseOne().attempt()).isEqualTo(1);
    }

    @Test
    default void leavesAReleasedTaskItsPlaceInTheOrder() {
        assumeDeclared(Capability.STRICT_ORDER);
        accept(task("first"));
        Lease lease = leaseOne();
        clock().advance(Duration.ofSeconds(1));
        accept(task("second"));

        settle(Settlement.silent(lease, Disposition.released(now())));

        assertThat(leasedIds()).containsExactly("first", "second");
    }

    @Test
    default void handsAReleasedTaskOutNoEarlierThanSaid() {
        accept(task("a"));
        Instant until = now().plusSeconds(10);
        settle(Settlement.silent(leaseOne(), Disposition.released(until)));

        clock().set(until.minusNanos(1));
        assertThat(leaseAll()).isEmpty();
        clock().set(until.plus(store().capabilities().delayStep()));

        assertThat(leaseOne().attempt()).isEqualTo(1);
    }

    @Test
    default void keepsADeadLetterUntilItIsRequeued() {
        accept(task("a"));
        Lease lease = leaseOne();

        settle(dead(lease, now()));

        clock().advance(Duration.ofDays(100));
        assertThat(leaseAll()).isEmpty();
        assertThat(status("a")).isEqualTo(TaskStatus.DEAD);
        assertThat(tasks().submit(List.of(task("a")))).containsExactly(new Submitted.Known("a"));
    }

    @Test
    default void settlesATaskAsCancelledOrExpiredWhereItsHolderSaysSo() {
        accept(task("a"), task("b"));
        List<Lease> leases = leaseAll();

        settle(Settlement.of(leases.get(0), Disposition.cancelled(), failure(leases.get(0), now())));
        settle(Settlement.of(leases.get(1), Disposition.expired(), failure(leases.get(1), now())));

        assertThat(status("a")).isEqualTo(TaskStatus.CANCELLED);
        assertThat(status("b")).isEqualTo(TaskStatus.EXPIRED);
    }

    @Test
    default void settlesALeaseOnlyOnce() {
        assumeDeclared(Capability.FENCED_SETTLE);
        accept(task("a"));
        Lease lease = leaseOne();
        settle(done(lease, now()));

        assertThat(tasks().settle(List.of(dead(lease, now())))).containsExactly(Outcome.STALE);

        assertThat(status("a")).isEqualTo(TaskStatus.DONE);
        assertThat(entries()).hasSize(1);
    }

    @Test
    default void settlesALeaseOnlyOnceWithinOneCall() {
        assumeDeclared(Capability.FENCED_SETTLE);
        accept(task("a"));
        Lease lease = leaseOne();

        assertThat(tasks().settle(List.of(done(lease, now()), dead(lease, now()))))
                .containsExactly(Outcome.RECORDED, Outcome.STALE);
        assertThat(entries()).containsExactly(success(lease, now()));
    }

    @Test
    default void refusesTheSettlementOfAnEarlierLeaseWithAllThatComesWithIt() {
        assumeDeclared(Capability.FENCED_SETTLE);
        accept(task("a"));
        Lease late = leaseOne();
        settle(retry(late, now(), now()));
        Lease current = leaseOne();
        Settlement tooLate =
                new Settlement(late, Disposition.done(), Optional.of(success(late, now())), List.of(task("follow-up")));

        assertThat(tasks().settle(List.of(tooLate))).containsExactly(Outcome.STALE);

        assertThat(tasks().find("follow-up")).isEmpty();
        assertThat(entries()).hasSize(1);
        settle(done(current, now()));
    }

    @Test
    default void refusesTheSettlementOfALeaseFromBeforeAReopen() {
        assumeDeclared(Capability.DURABLE);
        assumeDeclared(Capability.FENCED_SETTLE);
        accept(task("a"));
        Lease before = leaseOne();

        reopen();

        assertThat(tasks().settle(List.of(done(before, now())))).containsExactly(Outcome.STALE);
        Lease after = leaseOne();
        assertThat(tasks().settle(List.of(done(before, now())))).containsExactly(Outcome.STALE);
        settle(done(after, now()));
    }

    @Test
    default void refusesAFenceThatItNeverGave() {
        assumeDeclared(Capability.FENCED_SETTLE);
        accept(task("a"));
        Lease real = leaseOne();
        Fence fence = real.fence();

        assertThat(tasks().settle(List.of(
                        done(with(real, new Fence(fence.epoch() + 1, fence.number())), now()),
                        done(with(real, new Fence(fence.epoch(), fence.number() + 1)), now()))))
                .isEqualTo(StoreUnderTest.each(Outcome.STALE, 2));
        assertThat(status("a")).isEqualTo(TaskStatus.RUNNING);
    }

    @Test
    default void saysThatItDoesNotKnowATaskThatIsNotThere() {
        accept(task("a"));
        Lease real = leaseOne();
        Lease stranger = new Lease(task("nobody"), real.fence(), 1, 1, now(), Optional.empty());

        assertThat(tasks().settle(List.of(done(stranger, now()), done(real, now()))))
                .containsExactly(Outcome.UNKNOWN, Outcome.RECORDED);
        assertThat(tasks().renew(List.of(stranger), TTL)).containsExactly(Outcome.UNKNOWN);
    }

    @Test
    default void queuesFollowUpsWithTheSettlement() {
        accept(task("a"));
        Lease lease = leaseOne();
        Submission urgent = task("f-2", 9);

        settle(withFollowUps(lease, task("f-1"), urgent));

        assertThat(leaseAll()).extracting(Lease::submission).containsExactly(urgent, task("f-1"));
    }

    @Test
    default void keepsFollowUpsOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        accept(task("a"));
        settle(withFollowUps(leaseOne(), task("f-1"), of("f-2").uniqueKey("k").build()));

        reopen();

        assertThat(find("f-2").submission()).contains(of("f-2").uniqueKey("k").build());
        assertThat(leasedIds()).containsExactly("f-1", "f-2");
    }

    @Test
    default void leavesOutFollowUpsThatAreKnown() {
        accept(task("a"), task("waits", 0));
        Lease lease = leaseOne();

        settle(withFollowUps(lease, task("waits", 10), task("a"), task("new"), task("new", 10)));

        assertThat(leaseAll()).extracting(Lease::submission).containsExactly(task("new"), task("waits", 0));
        assertThat(status("a")).isEqualTo(TaskStatus.DONE);
    }

    @Test
    default void leavesOutAFollowUpWhoseUniqueKeyIsTaken() {
        accept(task("a", 9), of("holder").uniqueKey("k").build());
        Lease lease = leaseOne();

        settle(withFollowUps(lease, of("second").uniqueKey("k").build()));

        assertThat(tasks().find("second")).isEmpty();
        assertThat(leasedIds()).containsExactly("holder");
    }

    @Test
    default void queuesAFollowUpUnderTheUniqueKeyThatItsTaskGivesBack() {
        accept(of("round-1").uniqueKey("k").build());
        Lease lease = leaseOne();

        settle(withFollowUps(lease, of("round-2").uniqueKey("k").build()));

        assertThat(leasedIds()).containsExactly("round-2");
        assertThat(tasks().submit(List.of(of("round-3").uniqueKey("k").build())))
                .containsExactly(new Submitted.Joined("round-3", "round-2"));
    }

    @Test
    default void queuesFollowUpsOfAnAttemptThatIsTriedAgainOnlyOnce() {
        accept(task("a"));
        Lease first = leaseOne();
        settle(new Settlement(
                first, Disposition.retry(now()), Optional.of(failure(first, now())), List.of(task("f", 0))));

        settle(withFollowUps(leaseOne(), task("f", 0)));

        assertThat(leasedIds()).containsExactly("f");
    }

    @Test
    default void logsALeaseThatWasLostWithItsProcess() {
        assumeDeclared(Capability.DURABLE);
        accept(task("a"));
        Lease lost = leaseOne();

        killAndOpen();

        if (declares(Capability.LEASE_EXPIRY)) {
            clock().advance(TTL.plusMillis(1));
        }
        Lease next = leaseOne();
        assertThat(next.attempt()).isEqualTo(2);
        assertThat(tasks().settle(List.of(done(lost, now())))).containsExactly(Outcome.STALE);
        assertThat(entries()).singleElement().isInstanceOfSatisfying(Execution.class, entry -> {
            assertThat(entry.taskId()).isEqualTo("a");
            assertThat(entry.attempt()).isEqualTo(1);
            assertThat(entry.status()).isEqualTo(Execution.Status.FAILED);
            assertThat(entry.trouble().orElseThrow().reason()).isEqualTo(Result.Reason.LOST);
        });
    }

    @Test
    default void logsALostLeaseOnlyOnceHoweverOftenItIsOpened() {
        assumeDeclared(Capability.DURABLE);
        accept(task("a"));
        leaseOne();
        killAndOpen();
        clock().advance(TTL.plusMillis(1));
        tasks().lease(LeaseRequest.one(TTL).excludedTypes(Set.of("t")));

        reopen();

        assertThat(entriesOf("a")).hasSize(1);
    }

    @Test
    default void settlesATaskThatWasCancelledWhenItsProcessDied() {
        assumeDeclared(Capability.DURABLE);
        assumeDeclared(Capability.CANCEL);
        accept(task("a"));
        leaseOne();
        tasks().cancel(List.of("a"));

        killAndOpen();

        clock().advance(TTL.plusMillis(1));
        assertThat(leaseAll()).isEmpty();
        assertThat(status("a")).isEqualTo(TaskStatus.CANCELLED);
    }

    private Settlement withFollowUps(Lease lease, Submission... followUps) {
        return new Settlement(lease, Disposition.done(), Optional.of(success(lease, now())), List.of(followUps));
    }

    private static Lease with(Lease lease, Fence fence) {
        return new Lease(lease.submission(), fence, lease.attempt(), lease.round(), lease.readyAt(), lease.expiresAt());
    }
}
