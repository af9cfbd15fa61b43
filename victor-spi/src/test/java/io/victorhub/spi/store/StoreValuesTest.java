package io.victorhub.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into a store and comes out of it, beside tasks and log entries. */
class StoreValuesTest {

    private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
    private static final Fence FENCE = new Fence(1, 1);

    @Test
    void aLeaseSaysWhatIsToBeDone() {
        Task task = Task.of("t").id("t-1").build();
        Lease lease = new Lease(Submission.of(task), FENCE, 1, 1, NOW, Optional.empty());

        assertThat(lease.task()).isSameAs(task);
        assertThat(lease.taskId()).isEqualTo("t-1");
        assertThatNullPointerException()
                .isThrownBy(() -> new Lease(Submission.of(task), null, 1, 1, NOW, Optional.empty()))
                .withMessage("fence");
    }

    @Test
    void aLeaseRequestAsksForWorkAndTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LeaseRequest.of(0, Duration.ofMinutes(1)))
                .withMessage("a lease request for 0 tasks; ask for 1 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LeaseRequest.one(Duration.ZERO))
                .withMessage("a lease request for PT0S; ask for more than no time");
    }

    @Test
    void aLeaseRequestChangesInOnePlaceOnly() {
        Room room = new Room(Map.of("t", 1), Map.of(), 2, 3);
        LeaseRequest request = LeaseRequest.of(3, Duration.ofMinutes(1));

        assertThat(request.node("n").excludedTypes(Set.of("x")).room(room))
                .isEqualTo(new LeaseRequest(3, Duration.ofMinutes(1), "n", Set.of("x"), room));
        assertThat(request).isEqualTo(new LeaseRequest(3, Duration.ofMinutes(1), "", Set.of(), Room.UNLIMITED));
    }

    @Test
    void aRoomIsWhatIsNamedAndElseTheSameForAll() {
        Room.Lane lane = new Room.Lane("t", "k");
        Map<String, Integer> byType = new HashMap<>(Map.of("t", 0));
        Room room = new Room(byType, Map.of(lane, 1), 2, 3);

        byType.clear();

        assertThat(room.forType("t")).isZero();
        assertThat(room.forType("other")).isEqualTo(2);
        assertThat(room.forLane(lane)).isEqualTo(1);
        assertThat(room.forLane(new Room.Lane("other", "k"))).isEqualTo(3);
        assertThat(Room.UNLIMITED.forType("t")).isEqualTo(Integer.MAX_VALUE);
        assertThat(Room.UNLIMITED.forLane(lane)).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource
    void aTaskIsSettledOnlyAsWhatIsSettled(TaskStatus status) {
        boolean settled = EnumSet.of(TaskStatus.DONE, TaskStatus.DEAD, TaskStatus.CANCELLED, TaskStatus.EXPIRED)
                .contains(status);

        assertThat(status.settled()).isEqualTo(settled);
        if (settled) {
            assertThat(new Disposition.Settled(status).as()).isEqualTo(status);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Disposition.Settled(status))
                    .withMessage("a task cannot be settled as " + status);
        }
    }

    @Test
    void aDispositionSaysWhatBecomesOfTheTask() {
        assertThat(Stream.of(Disposition.done(), Disposition.dead(), Disposition.cancelled(), Disposition.expired())
                        .map(disposition -> ((Disposition.Settled) disposition).as()))
                .containsExactly(TaskStatus.DONE, TaskStatus.DEAD, TaskStatus.CANCELLED, TaskStatus.EXPIRED);
        assertThat(Disposition.retry(NOW)).isEqualTo(new Disposition.Retry(NOW));
        assertThat(Disposition.released(NOW)).isEqualTo(new Disposition.Released(NOW));
        assertThatNullPointerException()
                .isThrownBy(() -> Disposition.retry(null))
                .withMessage("at");
        assertThatNullPointerException()
                .isThrownBy(() -> Disposition.released(null))
                .withMessage("notBefore");
    }

    @Test
    void aSettlementCopiesItsFollowUps() {
        Submission task = Submission.of(Task.of("t").build());
        Lease lease = new Lease(task, FENCE, 1, 1, NOW, Optional.empty());
        List<Submission> followUps = new ArrayList<>(List.of(task));
        Settlement settlement = new Settlement(lease, Disposition.done(), Optional.empty(), followUps);

        followUps.clear();

        assertThat(settlement.followUps()).containsExactly(task);
        assertThat(Settlement.silent(lease, Disposition.done()).entry()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-.001, 1.001, Double.NaN})
    void progressIsAFraction(double fraction) {
        assertThat(new Progress("t-1", FENCE, 1, "", NOW).fraction()).isEqualTo(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Progress("t-1", FENCE, fraction, "", NOW))
                .withMessage("progress of task t-1 is " + fraction + "; it must be 0..1");
    }

    @Test
    void capabilitiesAreWhatIsDeclared() {
        StoreCapabilities some = new StoreCapabilities(EnumSet.of(Capability.DURABLE), Duration.ZERO);

        assertThat(some.declares(Capability.DURABLE)).isTrue();
        assertThat(some.declares(Capability.LEASE_EXPIRY)).isFalse();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> some.declared().clear());
    }

    @Test
    void whatBecameOfASubmissionNamesTheTask() {
        assertThat(Stream.of(
                                new Submitted.Accepted("t-1"),
                                new Submitted.Known("t-1"),
                                new Submitted.Joined("t-1", "t-0"),
                                new Submitted.Refused("t-1", "too large"))
                        .map(Submitted::taskId))
                .containsOnly("t-1");
        assertThatNullPointerException()
                .isThrownBy(() -> new Submitted.Refused("t-1", null))
                .withMessage("why");
        assertThatNullPointerException()
                .isThrownBy(() -> new Submitted.Joined("t-1", null))
                .withMessage("liveId");
    }

    @Test
    void pagesCopyWhatTheyHold() {
        List<LogPage.Logged> entries = new ArrayList<>();
        List<TaskState> tasks = new ArrayList<>();
        LogPage log = new LogPage(entries, Position.START);
        TaskPage page = new TaskPage(tasks, Optional.of("next"));

        entries.add(null);
        tasks.add(null);

        assertThat(log.entries()).isEmpty();
        assertThat(page.tasks()).isEmpty();
        assertThat(Position.START.text()).isEmpty();
    }

    @Test
    void aSettlementCarriesWhatAStoreMadeOfItAndStaysTheSame() {
        Lease lease = new Lease(Submission.of(Task.of("t").id("t-1").build()), FENCE, 1, 1, NOW, Optional.empty());
        Settlement settlement = Settlement.silent(lease, Disposition.done());

        Settlement prepared = settlement.prepared("bytes");

        assertThat(settlement.prepared()).isNull();
        assertThat(prepared.prepared()).isEqualTo("bytes");
        assertThat(prepared)
                .isEqualTo(settlement)
                .hasSameHashCodeAs(settlement)
                .isNotEqualTo(Settlement.silent(lease, Disposition.dead()))
                .hasToString(settlement.toString());
    }

    /** Whoever turned over must know that the settlements are kept, whatever came then. */
    @Test
    void aTurnoverWhoseLeasingFailsSaysWhatWasSettled() {
        RuntimeException full = new StorageException("no space left on device");
        TaskStore store = (TaskStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TaskStore.class}, (proxy, method, arguments) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    } else if (method.getName().equals("lease")) {
                        throw full;
                    }
                    return List.of(Outcome.RECORDED);
                });
        Settlement settlement = Settlement.silent(
                new Lease(Submission.of(Task.of("t").build()), FENCE, 1, 1, NOW, Optional.empty()),
                Disposition.released(NOW));

        Turnover turnover = store.turnOver(List.of(settlement), LeaseRequest.one(Duration.ofMinutes(1)));

        assertThat(turnover.outcomes()).containsExactly(Outcome.RECORDED);
        assertThat(turnover.leases()).isEmpty();
        assertThat(turnover.trouble()).containsSame(full);
    }
}
