package io.victorhub.testkit;

import static io.victorhub.testkit.Samples.done;
import static io.victorhub.testkit.Samples.of;
import static io.victorhub.testkit.Samples.retry;
import static io.victorhub.testkit.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Capability;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Room;
import io.victorhub.spi.store.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which tasks a store hands out, and in which order. */
interface LeasingContract extends StoreUnderTest {

    @Test
    default void handsOutNothingWhereNothingWaits() {
        assertThat(leaseAll()).isEmpty();
    }

    @Test
    default void handsATaskToOneHolderAtATime() {
        accept(task("a"));

        Lease lease = leaseOne();

        assertThat(lease.attempt()).isEqualTo(1);
        assertThat(lease.round()).isEqualTo(1);
        assertThat(lease.readyAt()).isEqualTo(now());
        assertThat(leaseAll()).isEmpty();
        assertThat(status("a")).isEqualTo(TaskStatus.RUNNING);
    }

    @Test
    default void handsEachTaskToOneOfManyWhoAskAtOnce() throws Exception {
        accept(IntStream.range(0, 100).mapToObj(i -> task("t-" + i)).toArray(Submission[]::new));
        Callable<List<String>> worker = () -> IntStream.range(0, 50)
                .mapToObj(i -> tasks().lease(LeaseRequest.of(2, TTL)))
                .flatMap(List::stream)
                .map(Lease::taskId)
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);

        try {
            List<String> leased = threads.invokeAll(List.of(worker, worker, worker, worker)).stream()
                    .map(LeasingContract::outcome)
                    .flatMap(List::stream)
                    .toList();

            assertThat(leased).hasSize(100).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void handsOutNoMoreThanAskedFor() {
        accept(task("a"), task("b"), task("c"));

        assertThat(tasks().lease(LeaseRequest.of(2, TTL))).hasSize(2);
        assertThat(tasks().lease(LeaseRequest.of(2, TTL))).hasSize(1);
    }

    @Test
    default void numbersLeasesSoThatTheyOnlyEverRise() {
        accept(task("a"), task("b"));
        Lease first = leaseOne();
        Lease second = leaseOne();
        settle(retry(first, now(), now()));

        Lease third = leaseOne();

        assertThat(second.fence().number()).isGreaterThan(first.fence().number());
        assertThat(third.fence().number()).isGreaterThan(second.fence().number());
    }

    @Test
    default void raisesTheFenceOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        accept(task("a"));
        Lease before = leaseOne();

        reopen();

        Lease after = leaseOne();
        assertThat(after.fence().epoch()).isGreaterThan(before.fence().epoch());
        assertThat(after.fence().number()).isGreaterThan(before.fence().number());
    }

    @Test
    default void handsOutUrgentTasksFirst() {
        accept(task("low", 0), task("high", 10), task("middle", 5));

        assertThat(leasedIds()).containsExactly("high", "middle", "low");
    }

    @Test
    default void handsOutTasksOfOneRankInTheOrderOfTheirSubmission() {
        assumeDeclared(Capability.STRICT_ORDER);
        accept(task("c"), task("a", "other"), task("b"));

        assertThat(leasedIds()).containsExactly("c", "a", "b");
    }

    @Test
    default void letsATaskAgeSoThatItOvertakesUrgentOnesThatCameMuchLater() {
        assumeDeclared(Capability.STRICT_ORDER);
        accept(task("old", 5));
        clock().advance(StoreContexts.AGEING_STEP.multipliedBy(2).plusMillis(1));

        accept(task("urgent", 7), task("more-urgent", 8));

        assertThat(leasedIds()).containsExactly("more-urgent", "old", "urgent");
    }

    @Test
    default void ranksADelayedTaskByTheTimeItBecomesReady() {
        assumeDeclared(Capability.STRICT_ORDER);
        Instant later = now().plusSeconds(60);
        accept(of("delayed").notBefore(later).build());
        clock().advance(Duration.ofSeconds(59));
        accept(task("soon"));
        clock().advance(Duration.ofSeconds(60));

        assertThat(leasedIds()).containsExactly("soon", "delayed");
    }

    @Test
    default void keepsTheOrderOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        assumeDeclared(Capability.STRICT_ORDER);
        accept(task("b", 5), task("urgent", 9), task("a", 5));
        clock().advance(Duration.ofHours(1));

        reopen();

        assertThat(leasedIds()).containsExactly("urgent", "b", "a");
    }

    @Test
    default void startsADelayedTaskAtItsTimeAndNeverEarlier() {
        Instant start = now().plusSeconds(60);
        accept(of("a").notBefore(start).build());

        assertThat(leaseAll()).isEmpty();
        clock().set(start.minusNanos(1));
        assertThat(leaseAll()).isEmpty();
        assertThat(status("a")).isEqualTo(TaskStatus.DELAYED);
        clock().set(start.plus(store().capabilities().delayStep()));

        assertThat(leaseOne().readyAt()).isEqualTo(start);
    }

    @Test
    default void keepsADelayOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        Instant start = now().plusSeconds(60);
        accept(of("a").notBefore(start).build());

        reopen();

        assertThat(leaseAll()).isEmpty();
        clock().set(start.plus(store().capabilities().delayStep()));
        assertThat(leasedIds()).containsExactly("a");
    }

    @Test
    default void startsATaskAtOnceIfItsTimeIsPast() {
        accept(of("a").notBefore(now().minusSeconds(60)).build());

        assertThat(leaseOne().readyAt()).isEqualTo(now());
    }

    @Test
    default void leavesOutTypesThatAreExcluded() {
        accept(task("a", "paused"), task("b", "other"));

        List<Lease> leases = tasks().lease(LeaseRequest.of(10, TTL).excludedTypes(Set.of("paused")));

        assertThat(leases).extracting(Lease::taskId).containsExactly("b");
        assertThat(leasedIds()).containsExactly("a");
    }

    @Test
    default void keepsWithinTheRoomOfEachType() {
        accept(task("a1", "a"), task("a2", "a"), task("a3", "a"), task("b1", "b"), task("c1", "c"), task("c2", "c"));
        Room room = new Room(Map.of("a", 2, "b", 0), Map.of(), 1, Integer.MAX_VALUE);

        List<Lease> leases = tasks().lease(LeaseRequest.of(10, TTL).room(room));

        assertThat(leases).extracting(Lease::taskId).containsExactlyInAnyOrder("a1", "a2", "c1");
    }

    @Test
    default void keepsWithinTheRoomOfEachLane() {
        accept(lane("x1", "x"), lane("x2", "x"), lane("x3", "x"), lane("y1", "y"), lane("y2", "y"), task("free"));
        Room room = new Room(Map.of(), Map.of(new Room.Lane("t", "x"), 2), Integer.MAX_VALUE, 1);

        List<Lease> leases = tasks().lease(LeaseRequest.of(10, TTL).room(room));

        assertThat(leases).extracting(Lease::taskId).containsExactlyInAnyOrder("x1", "x2", "y1", "free");
    }

    @Test
    default void tellsLanesOfOneNameApartByType() {
        accept(
                lane("t1", "x"),
                Submission.builder(Task.of("other").id("o1").build()).lane("x").build());
        Room room = new Room(Map.of(), Map.of(), Integer.MAX_VALUE, 1);

        List<Lease> leases = tasks().lease(LeaseRequest.of(10, TTL).room(room));

        assertThat(leases).extracting(Lease::taskId).containsExactlyInAnyOrder("t1", "o1");
    }

    @Test
    default void passesOverAFullLaneToTheNextTaskOfTheType() {
        accept(lane("x1", "x"), lane("x2", "x"), lane("y1", "y"));
        Room room = new Room(Map.of(), Map.of(new Room.Lane("t", "x"), 0), Integer.MAX_VALUE, Integer.MAX_VALUE);

        List<Lease> leases = tasks().lease(LeaseRequest.of(10, TTL).room(room));

        assertThat(leases).extracting(Lease::taskId).containsExactly("y1");
    }

    @Test
    default void handsATaskOutAgainOnceItsLeaseRunsOut() {
        accept(task("a"));
        Lease first = leaseOne();

        clock().advance(TTL.plusMillis(1));

        if (declares(Capability.LEASE_EXPIRY)) {
            assertThat(leaseOne().fence().number()).isGreaterThan(first.fence().number());
            assertThat(tasks().settle(List.of(done(first, now())))).containsExactly(Outcome.STALE);
        } else {
            assertThat(leaseAll()).isEmpty();
            assertThat(first.expiresAt()).isEmpty();
            settle(done(first, now()));
        }
    }

    @Test
    default void keepsALeaseThatIsRenewedInTime() {
        accept(task("a"));
        Lease lease = leaseOne();

        for (int i = 0; i < 3; i++) {
            clock().advance(TTL.dividedBy(2));
            assertThat(tasks().renew(List.of(lease), TTL)).containsExactly(Outcome.RECORDED);
        }

        assertThat(leaseAll()).isEmpty();
        settle(done(lease, now()));
    }

    @Test
    default void renewsNoLeaseThatIsOver() {
        accept(task("a"), task("b"));
        Lease over = leaseOne();
        Lease current = leaseOne();
        settle(done(over, now()));

        assertThat(tasks().renew(List.of(over, current), TTL)).containsExactly(Outcome.STALE, Outcome.RECORDED);
    }

    private static Submission lane(String id, String lane) {
        return of(id).lane(lane).build();
    }

    private static <T> T outcome(Future<T> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError("a thread of the test failed", e);
        }
    }
}
