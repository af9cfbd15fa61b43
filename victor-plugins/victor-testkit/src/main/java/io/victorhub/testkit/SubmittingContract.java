package io.victorhub.testkit;

import static io.victorhub.testkit.Samples.done;
import static io.victorhub.testkit.Samples.of;
import static io.victorhub.testkit.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.UniquePolicy;
import io.victorhub.spi.store.Capability;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How tasks come into a store. */
interface SubmittingContract extends StoreUnderTest {

    @Test
    default void acceptsATaskAndLetsItBeFound() {
        accept(task("a"));

        TaskState found = find("a");
        assertThat(found.status()).isEqualTo(TaskStatus.READY);
        assertThat(found.type()).isEqualTo("t");
        assertThat(found.attempts()).isZero();
        assertThat(found.round()).isEqualTo(1);
        assertThat(found.submittedAt()).isEqualTo(now());
        assertThat(found.readyAt()).isEqualTo(now());
        assertThat(found.settledAt()).isEmpty();
        assertThat(found.last()).isEmpty();
    }

    @Test
    default void handsOutATaskWithEverythingThatWasSubmitted() {
        Submission full = full("a");

        accept(full);
        clock().advance(Duration.ofMinutes(5));

        assertThat(leaseOne().submission()).isEqualTo(full);
    }

    @Test
    default void keepsEverythingThatWasSubmittedOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        Submission full = full("a");
        accept(full);

        reopen();

        assertThat(find("a").submission()).contains(full);
    }

    @Test
    default void findsNothingUnderAnIdThatWasNeverSubmitted() {
        assertThat(tasks().find("nobody")).isEmpty();
    }

    @Test
    default void keepsWhatItAcknowledgedOverAReopenWhereItIsDurable() {
        accept(task("a"), task("b"));

        reopen();

        List<String> kept = declares(Capability.DURABLE) ? List.of("a", "b") : List.of();
        assertThat(leasedIds()).isEqualTo(kept);
    }

    @Test
    default void keepsWhatItAcknowledgedWhenItsProcessIsKilled() {
        assumeDeclared(Capability.DURABLE);
        accept(task("a"), task("b"));

        killAndOpen();

        assertThat(leasedIds()).containsExactly("a", "b");
    }

    @Test
    default void answersEachSubmissionInTheOrderGiven() {
        accept(task("known"), of("live").uniqueKey("k").build());

        List<Submitted> answers = tasks().submit(List.of(
                task("known"), task("new"), of("second").uniqueKey("k").build(), task("other")));

        assertThat(answers)
                .containsExactly(
                        new Submitted.Known("known"),
                        new Submitted.Accepted("new"),
                        new Submitted.Joined("second", "live"),
                        new Submitted.Accepted("other"));
        assertThat(leasedIds()).containsExactly("known", "live", "new", "other");
    }

    @Test
    default void acceptsNothingOfAnEmptyBatch() {
        assertThat(tasks().submit(List.of())).isEmpty();
        assertThat(leaseAll()).isEmpty();
    }

    @Test
    default void knowsAnIdThatComesTwiceInOneBatch() {
        List<Submitted> answers = tasks().submit(List.of(task("a", 1), task("a", 9)));

        assertThat(answers).containsExactly(new Submitted.Accepted("a"), new Submitted.Known("a"));
        assertThat(leaseOne().task().priority()).isEqualTo(1);
    }

    @Test
    default void knowsATaskThatRunsOrIsSettled() {
        accept(task("a"));
        Lease lease = leaseOne();

        assertThat(tasks().submit(List.of(task("a")))).containsExactly(new Submitted.Known("a"));
        settle(done(lease, now()));

        assertThat(tasks().submit(List.of(task("a")))).containsExactly(new Submitted.Known("a"));
        assertThat(leaseAll()).isEmpty();
    }

    @Test
    default void knowsItsTasksOverAReopenWhereItIsDurable() {
        accept(task("waits"), task("settled", 9));
        settle(done(leaseOne(), now()));

        reopen();

        List<Submitted> answers = tasks().submit(List.of(task("waits"), task("settled", 9)));
        assertThat(answers)
                .allMatch(
                        declares(Capability.DURABLE)
                                ? Submitted.Known.class::isInstance
                                : Submitted.Accepted.class::isInstance);
    }

    @Test
    default void tellsIdsApartByCase() {
        accept(task("a"), task("A"));

        assertThat(leasedIds()).containsExactly("a", "A");
    }

    @Test
    default void refusesASubmissionThatIsTooLargeAndTakesTheOthers() {
        Submission huge = Submission.of(
                Task.of("t").id("huge").input("text", "x".repeat(8 << 20)).build());

        List<Submitted> answers = tasks().submit(List.of(task("a"), huge, task("b")));

        assertThat(answers.get(1)).isInstanceOfSatisfying(Submitted.Refused.class, refused -> {
            assertThat(refused.taskId()).isEqualTo("huge");
            assertThat(refused.why()).contains("huge");
        });
        assertThat(leasedIds()).containsExactly("a", "b");
    }

    @Test
    default void forgetsNothingOfTheIdOfARefusedTask() {
        tasks().submit(List.of(Submission.of(
                Task.of("t").id("a").input("text", "x".repeat(8 << 20)).build())));

        accept(task("a"));
    }

    @Test
    default void joinsATaskToTheOneThatRunsUnderItsUniqueKey() {
        accept(of("a").uniqueKey("k").build());
        leaseOne();

        List<Submitted> answers = tasks().submit(List.of(of("b").uniqueKey("k").build()));

        assertThat(answers).containsExactly(new Submitted.Joined("b", "a"));
        assertThat(tasks().find("b")).isEmpty();
    }

    @Test
    default void joinsTasksOfOneUniqueKeyWithinABatch() {
        List<Submitted> answers = tasks().submit(List.of(
                of("a").uniqueKey("k").build(), of("b").uniqueKey("k").build()));

        assertThat(answers).containsExactly(new Submitted.Accepted("a"), new Submitted.Joined("b", "a"));
    }

    @Test
    default void refusesATaskThatWouldNotJoinTheLiveOneOfItsUniqueKey() {
        accept(of("a").uniqueKey("k").build());

        List<Submitted> waiting = tasks().submit(List.of(exclusive("b", "k"), exclusive("c", "other")));
        Lease lease = leaseOne();
        List<Submitted> running = tasks().submit(List.of(exclusive("b", "k"), exclusive("a", "k")));
        settle(done(lease, now()));

        assertThat(waiting.get(0)).isInstanceOfSatisfying(Submitted.Refused.class, refused -> {
            assertThat(refused.taskId()).isEqualTo("b");
            assertThat(refused.why()).contains("task a", "'k'");
        });
        assertThat(waiting.get(1)).isEqualTo(new Submitted.Accepted("c"));
        assertThat(running.get(0)).isInstanceOf(Submitted.Refused.class);
        assertThat(running.get(1)).isEqualTo(new Submitted.Known("a"));
        accept(exclusive("b", "k"));
    }

    @Test
    default void refusesATaskThatWouldNotJoinAnotherOfTheSameCall() {
        List<Submitted> answers = tasks().submit(List.of(
                exclusive("a", "k"), exclusive("b", "k"), of("c").uniqueKey("k").build()));

        assertThat(answers.get(0)).isEqualTo(new Submitted.Accepted("a"));
        assertThat(answers.get(1)).isInstanceOf(Submitted.Refused.class);
        assertThat(answers.get(2)).isEqualTo(new Submitted.Joined("c", "a"));
    }

    @Test
    default void leavesOutAFollowUpThatWouldNotJoinTheLiveOneOfItsUniqueKey() {
        accept(task("a", 9), of("b").uniqueKey("k").build());

        settle(new Settlement(
                leaseOne(), Disposition.done(), Optional.empty(), List.of(exclusive("c", "k"), exclusive("d", "l"))));

        assertThat(tasks().find("c")).isEmpty();
        assertThat(find("d").submission()).contains(exclusive("d", "l"));
    }

    @Test
    default void freesAUniqueKeyOnceItsTaskIsSettled() {
        accept(of("a").uniqueKey("k").build());
        settle(done(leaseOne(), now()));

        accept(of("b").uniqueKey("k").build());

        assertThat(leasedIds()).containsExactly("b");
    }

    @Test
    default void holdsAUniqueKeyOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        accept(of("a").uniqueKey("k").build());

        reopen();

        assertThat(tasks().submit(List.of(of("b").uniqueKey("k").build())))
                .containsExactly(new Submitted.Joined("b", "a"));
    }

    private static Submission exclusive(String id, String key) {
        return of(id).uniqueKey(key, UniquePolicy.REFUSE).build();
    }

    private static Submission full(String id) {
        Task task = Task.of("some.type")
                .id(id)
                .description("Zeilen\numbruch, \"Zitat\", \u00e4\u00f6\u00fc \ud83c\udfb5")
                .inputs(Map.of("list", List.of(1, 2.5, true), "none", Collections.singletonList(null)))
                .priority(7)
                .deadline(Instant.parse("2027-01-01T00:00:00.123456789Z"))
                .context(Map.of("who", Map.of("is", "it")))
                .build();
        return Submission.builder(task)
                .notBefore(Instant.parse("2026-01-05T09:01:00Z"))
                .uniqueKey("key", UniquePolicy.REFUSE)
                .lane("lane")
                .parent("parent")
                .batch("batch")
                .skill("skill")
                .maxCost(1.5)
                .noExplore(true)
                .maxAttempts(3)
                .timeLimit(Duration.ofSeconds(9))
                .mdc(Map.of("request", "r-1"))
                .build();
    }
}
