package io.victorhub.testkit;

import static io.victorhub.testkit.Samples.done;
import static io.victorhub.testkit.Samples.retry;
import static io.victorhub.testkit.Samples.success;
import static io.victorhub.testkit.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.store.Capability;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Room;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.spi.store.Turnover;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a worker goes from one task to the next. */
interface TurnoverContract extends StoreUnderTest {

    @Test
    default void settlesAndHandsOutInOneCall() {
        accept(task("a"), task("b"), task("c"));
        Lease lease = leaseOne();

        Turnover turnover = tasks().turnOver(List.of(done(lease, now())), LeaseRequest.one(TTL));

        assertThat(turnover.outcomes()).containsExactly(Outcome.RECORDED);
        assertThat(turnover.leases()).hasSize(1);
        assertThat(turnover.trouble()).isEmpty();
        assertThat(entries()).containsExactly(success(lease, now()));
        assertThat(leaseAll()).hasSize(1);
        assertThat(status(lease.taskId())).isEqualTo(TaskStatus.DONE);
        assertThat(status(turnover.leases().get(0).taskId())).isEqualTo(TaskStatus.RUNNING);
    }

    @Test
    default void settlesSeveralInTheOrderGivenAndHandsOutSeveral() {
        accept(task("a"), task("b"), task("c"), task("d"));
        List<Lease> leases = tasks().lease(LeaseRequest.of(2, TTL));
        Lease first = leases.get(0);
        Lease second = leases.get(1);

        Turnover turnover = tasks().turnOver(List.of(done(second, now()), done(first, now())), LeaseRequest.of(5, TTL));

        assertThat(turnover.outcomes()).isEqualTo(StoreUnderTest.each(Outcome.RECORDED, 2));
        assertThat(turnover.leases()).hasSize(2).doesNotContain(first, second);
        assertThat(entries()).containsExactly(success(second, now()), success(first, now()));
    }

    @Test
    default void handsOutOnlyWhereThereIsNothingToSettle() {
        accept(task("a"));

        Turnover turnover = tasks().turnOver(List.of(), LeaseRequest.one(TTL));

        assertThat(turnover.outcomes()).isEmpty();
        assertThat(turnover.leases()).hasSize(1);
    }

    @Test
    default void settlesWhereThereIsNothingToHandOut() {
        accept(task("a"));
        Lease lease = leaseOne();

        Turnover turnover = tasks().turnOver(List.of(done(lease, now())), LeaseRequest.one(TTL));

        assertThat(turnover.outcomes()).containsExactly(Outcome.RECORDED);
        assertThat(turnover.leases()).isEmpty();
        assertThat(turnover.trouble()).isEmpty();
    }

    @Test
    default void handsOutWhatASettlementOfTheSameCallQueues() {
        accept(task("a"));
        Lease lease = leaseOne();
        Settlement followed =
                new Settlement(lease, Disposition.done(), Optional.of(success(lease, now())), List.of(task("next")));

        Turnover turnover = tasks().turnOver(List.of(followed), LeaseRequest.one(TTL));

        assertThat(turnover.leases()).extracting(Lease::taskId).containsExactly("next");
    }

    /** Whoever asks for more than is ready gets what becomes ready too: nobody else would be told of it. */
    @Test
    default void handsOutWhatWasReadyTogetherWithWhatASettlementQueues() {
        accept(task("a"), task("b"));
        List<Lease> both = leaseAll();
        accept(task("c"));
        Settlement followed = new Settlement(
                both.get(0), Disposition.done(), Optional.of(success(both.get(0), now())), List.of(task("next")));
        Settlement released = Settlement.silent(both.get(1), Disposition.released(now()));

        Turnover turnover = tasks().turnOver(List.of(followed, released), LeaseRequest.of(4, TTL));

        assertThat(turnover.leases())
                .extracting(Lease::taskId)
                .containsExactlyInAnyOrder("c", "next", both.get(1).taskId());
    }

    @Test
    default void handsOutWhatASettlementOfTheSameCallGivesBack() {
        accept(task("a"));
        Lease lease = leaseOne();

        Turnover turnover =
                tasks().turnOver(List.of(Settlement.silent(lease, Disposition.released(now()))), LeaseRequest.one(TTL));

        Lease again = turnover.leases().get(0);
        assertThat(again.taskId()).isEqualTo("a");
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(again.fence()).isNotEqualTo(lease.fence());
    }

    @Test
    default void handsOutNoRetryBeforeItsTime() {
        accept(task("a"));
        Lease lease = leaseOne();

        Turnover turnover = tasks().turnOver(List.of(retry(lease, now(), now().plusSeconds(1))), LeaseRequest.one(TTL));

        assertThat(turnover.leases()).isEmpty();
        clock().advance(Duration.ofSeconds(1).plus(store().capabilities().delayStep()));
        assertThat(leaseOne().attempt()).isEqualTo(2);
    }

    @Test
    default void keepsToTheRoomBehindTheSettlements() {
        accept(task("a", "t"), task("b", "t"), task("c", "u"));
        Lease lease =
                tasks().lease(LeaseRequest.one(TTL).excludedTypes(Set.of("u"))).get(0);
        LeaseRequest request = LeaseRequest.of(3, TTL)
                .excludedTypes(Set.of("u"))
                .room(new Room(Map.of("t", 1), Map.of(), Integer.MAX_VALUE, Integer.MAX_VALUE));

        Turnover turnover = tasks().turnOver(List.of(done(lease, now())), request);

        assertThat(turnover.leases())
                .singleElement()
                .satisfies(next -> assertThat(next.task().type()).isEqualTo("t"));
    }

    @Test
    default void settlesWhatWasPreparedAndWhatWasNot() {
        accept(task("a"), task("b"), task("c"));
        List<Lease> leases = tasks().lease(LeaseRequest.of(2, TTL));
        Settlement followed = new Settlement(
                leases.get(0), Disposition.done(), Optional.of(success(leases.get(0), now())), List.of(task("next")));
        Settlement plain = done(leases.get(1), now());
        Settlement never = retry(leases.get(0), now(), now().plusSeconds(1));

        Settlement prepared = tasks().prepare(followed);
        tasks().prepare(never);
        Turnover turnover = tasks().turnOver(List.of(plain, prepared), LeaseRequest.one(TTL));

        assertThat(prepared).isEqualTo(followed);
        assertThat(turnover.outcomes()).isEqualTo(StoreUnderTest.each(Outcome.RECORDED, 2));
        assertThat(entries()).containsExactly(success(leases.get(1), now()), success(leases.get(0), now()));
        assertThat(status("next")).isIn(TaskStatus.READY, TaskStatus.RUNNING);
    }

    /** What another store made of it says nothing to this one. */
    @Test
    default void settlesWhatSomebodyElsePrepared() {
        accept(task("a"));
        Lease lease = leaseOne();

        settle(done(lease, now()).prepared("something else"));

        assertThat(status("a")).isEqualTo(TaskStatus.DONE);
    }

    @Test
    default void handsOutBesideALeaseThatHadEnded() {
        accept(task("a"), task("b"));
        Lease lease = leaseOne();
        settle(done(lease, now()));

        Turnover turnover = tasks().turnOver(List.of(done(lease, now())), LeaseRequest.one(TTL));

        assertThat(turnover.outcomes()).containsExactly(Outcome.STALE);
        assertThat(turnover.leases()).hasSize(1);
        assertThat(entries()).hasSize(1);
    }

    @Test
    default void keepsBothHalvesWhenTheProcessIsKilled() {
        assumeDeclared(Capability.DURABLE);
        accept(task("a"), task("b"));
        Lease first = leaseOne();
        Lease second = tasks().turnOver(List.of(done(first, now())), LeaseRequest.one(TTL))
                .leases()
                .get(0);

        killAndOpen();

        clock().advance(TTL.plusMillis(1));
        Lease again = leaseOne();
        assertThat(again.taskId()).isEqualTo(second.taskId());
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(leaseAll()).isEmpty();
    }
}
