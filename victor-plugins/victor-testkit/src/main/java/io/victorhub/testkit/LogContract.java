package io.victorhub.testkit;

import static io.victorhub.testkit.Samples.dead;
import static io.victorhub.testkit.Samples.done;
import static io.victorhub.testkit.Samples.of;
import static io.victorhub.testkit.Samples.retry;
import static io.victorhub.testkit.Samples.success;
import static io.victorhub.testkit.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.spi.Execution;
import io.victorhub.spi.Imported;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Rating;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Capability;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a store remembers of what happened. */
interface LogContract extends StoreUnderTest {

    @Test
    default void readsNothingFromAnEmptyLog() {
        LogPage page = log().read(Position.START, 10);

        assertThat(page.entries()).isEmpty();
        assertThat(page.end()).isEqualTo(Position.START);
    }

    @Test
    default void readsEveryKindOfEntryAsItWasWritten() {
        List<LogEntry> all = List.of(
                rating("a", 1),
                new Imported(
                        "old",
                        Execution.Status.PARTIAL,
                        Duration.ofMillis(1500),
                        Optional.of("t"),
                        Optional.empty(),
                        now()));

        log().append(all);

        assertThat(entries()).isEqualTo(all);
    }

    @Test
    default void keepsOneOrderOfAttemptsAndOfWhatIsAppended() {
        accept(task("a", 9), task("b"));
        log().append(List.of(rating("a", .1)));
        Lease a = leaseOne();
        settle(done(a, now()));
        log().append(List.of(rating("a", .2), rating("a", .3)));
        Lease b = leaseOne();
        settle(done(b, now()));

        assertThat(entries())
                .containsExactly(
                        rating("a", .1), success(a, now()), rating("a", .2), rating("a", .3), success(b, now()));
    }

    @Test
    default void readsTheSameOrderOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        log().append(List.of(rating("a", .1), rating("a", .2)));
        accept(task("a"));
        settle(done(leaseOne(), now()));
        List<LogPage.Logged> before = logged(Position.START);

        reopen();

        assertThat(logged(Position.START)).isEqualTo(before).hasSize(3);
    }

    @Test
    default void readsOnFromEveryPositionThatItGave() {
        appendRatings(10);
        List<LogPage.Logged> all = logged(Position.START);

        for (int i = 0; i < all.size(); i++) {
            assertThat(logged(all.get(i).position())).isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    @Test
    default void readsOnFromAPositionOfBeforeAReopen() {
        assumeDeclared(Capability.DURABLE);
        appendRatings(4);
        Position second = logged(Position.START).get(1).position();

        reopen();
        log().append(List.of(rating("new", 1)));

        assertThat(logged(new Position(second.text())))
                .extracting(LogPage.Logged::entry)
                .containsExactly(rating("t-2", .5), rating("t-3", .5), rating("new", 1));
    }

    @Test
    default void readsPagesNoLargerThanAskedFor() {
        log().append(List.of(rating("a", .1), rating("a", .2), rating("a", .3)));

        LogPage first = log().read(Position.START, 2);

        assertThat(first.entries()).hasSize(2);
        assertThat(first.end()).isEqualTo(first.entries().get(1).position());
        assertThat(log().read(first.end(), 2).entries())
                .extracting(LogPage.Logged::entry)
                .containsExactly(rating("a", .3));
    }

    @Test
    default void staysAtTheEndUntilThereIsMore() {
        appendRatings(1);
        Position end = log().read(Position.START, 10).end();

        LogPage none = log().read(end, 10);
        appendRatings(1);

        assertThat(none.entries()).isEmpty();
        assertThat(none.end()).isEqualTo(end);
        assertThat(log().read(end, 10).entries()).hasSize(1);
    }

    @Test
    default void readsAnEntryThatIsLargerThanAnyBuffer() {
        accept(task("a"));
        Lease lease = leaseOne();
        Execution large =
                success(lease, now()).toBuilder().output("x".repeat(700_000)).build();
        settle(Settlement.of(lease, Disposition.done(), large));
        appendRatings(1);

        assertThat(entries()).containsExactly(large, rating("t-0", .5));
    }

    @Test
    default void refusesAPositionThatItNeverGave() {
        appendRatings(2);
        List<String> foreign = new ArrayList<>(List.of("not a position", "-1", "-1:-1:-1", "999999999", "99:0:0"));

        for (String text : foreign) {
            assertThatThrownBy(() -> log().read(new Position(text), 10))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(text);
        }
    }

    @Test
    default void refusesAPageOfNothing() {
        assertThatThrownBy(() -> log().read(Position.START, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void appendsNothingWhereThereIsNothing() {
        log().append(List.of());

        assertThat(entries()).isEmpty();
    }

    @Test
    default void dropsWhatStandsBeforeAPositionThatIsForgotten() {
        appendRatings(4);
        Position second = logged(Position.START).get(1).position();

        log().forget(second);

        assertThat(entries().subList(entries().size() - 2, entries().size()))
                .containsExactly(rating("t-2", .5), rating("t-3", .5));
        assertThat(logged(second)).hasSize(2);
    }

    @Test
    default void forgetsNothingBeforeTheStart() {
        accept(task("a"));
        settle(done(leaseOne(), now()));

        log().forget(Position.START);
        reopenWhereDurable();

        assertThat(entries()).hasSize(1);
        assertThat(tasks().submit(List.of(task("a")))).containsExactly(new Submitted.Known("a"));
    }

    @Test
    default void forgetsNoPositionThatItNeverGave() {
        appendRatings(1);

        assertThatThrownBy(() -> log().forget(new Position("not a position")))
                .isInstanceOf(IllegalArgumentException.class);
        reopenWhereDurable();

        assertThat(entries()).hasSize(1);
    }

    @Test
    default void keepsTasksThatAreNotSettledWhenItForgets() {
        accept(task("ran", 9), task("waits"));
        settle(retry(leaseOne(), now(), now().plusSeconds(60)));
        appendRatings(1);

        log().forget(lastPosition());
        reopenWhereDurable();

        assertThat(find("ran").attempts()).isEqualTo(1);
        assertThat(find("ran").last()).isPresent();
        assertThat(leasedIds()).containsExactly("waits");
    }

    @Test
    default void takesTheIdOfATaskWhoseLogIsForgottenAsNew() {
        accept(task("a"));
        settle(done(leaseOne(), now()));
        appendRatings(1);
        log().forget(lastPosition());

        boolean known = tasks().find("a").isPresent();

        assertThat(tasks().submit(List.of(task("a"))))
                .containsExactly(known ? new Submitted.Known("a") : new Submitted.Accepted("a"));
        assertThat(leasedIds()).isEqualTo(known ? List.of() : List.of("a"));
    }

    @Test
    default void staysReadableFromTheForgottenPositionOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        appendRatings(4);
        Position third = logged(Position.START).get(2).position();
        log().forget(third);

        reopen();

        assertThat(logged(third)).extracting(LogPage.Logged::entry).containsExactly(rating("t-3", .5));
    }

    @Test
    default void knowsTheStepsOfATaskThatIsNotSettledHoweverMuchIsForgotten() {
        accept(task("run", 0), of("run-1").parent("run").build(), of("free").build());
        settle(done(leaseOne(), now()));
        settle(done(leaseOne(), now()));
        appendRatings(1);

        log().forget(lastPosition());
        reopenWhereDurable();

        assertThat(tasks().submit(List.of(of("run-1").parent("run").build())))
                .containsExactly(new Submitted.Known("run-1"));
    }

    @Test
    default void knowsTheTasksOfABatchThatIsNotSettledHoweverMuchIsForgotten() {
        accept(of("b-1").batch("b").build(), of("b-2").batch("b").build());
        settle(done(leaseOne(), now()));
        appendRatings(1);

        log().forget(lastPosition());
        reopenWhereDurable();

        assertThat(tasks().submit(List.of(of("b-1").batch("b").build()))).containsExactly(new Submitted.Known("b-1"));
    }

    @Test
    default void erasesWhatASettledTaskCarried() {
        String secret = "aX7-very-private-4711";
        accept(secretive("a", secret));
        Lease lease = leaseOne();
        Execution told = success(lease, now()).toBuilder()
                .output(secret)
                .lines(List.of("read " + secret))
                .duration(Duration.ofSeconds(7))
                .build();
        settle(Settlement.of(lease, Disposition.done(), told));

        assertThat(tasks().erase(List.of("a"))).containsExactly(Outcome.RECORDED);

        assertThat(entries()).singleElement().isInstanceOfSatisfying(Execution.class, left -> {
            assertThat(left.output()).isNull();
            assertThat(left.lines()).isEmpty();
            assertThat(left.duration()).isEqualTo(Duration.ofSeconds(7));
            assertThat(left.status()).isEqualTo(Execution.Status.SUCCESS);
        });
        assertThat(find("a").submission().orElseThrow().task().description()).isEmpty();
        assertThat(find("a").submission().orElseThrow().task().inputs()).isEmpty();
        assertThat(Bytes.in(directory())).doesNotContain(secret);
    }

    @Test
    default void keepsAnErasureOverAReopenAndLeavesTheOthersWhole() {
        assumeDeclared(Capability.DURABLE);
        accept(secretive("a", "gone"), secretive("b", "kept"));
        Lease a = leaseOne();
        Lease b = leaseOne();
        settle(done(a, now()));
        settle(done(b, now()));
        Position first = logged(Position.START).get(0).position();

        tasks().erase(List.of("a"));
        accept(task("later"));
        reopen();

        assertThat(logged(first)).extracting(LogPage.Logged::entry).containsExactly(success(b, now()));
        assertThat(find("b").submission()).contains(secretive("b", "kept"));
        assertThat(find("a").submission().orElseThrow().task().description()).isEmpty();
        assertThat(tasks().submit(List.of(task("a")))).containsExactly(new Submitted.Known("a"));
        assertThat(leasedIds()).containsExactly("later");
    }

    @Test
    default void erasesWhatAFollowUpCarried() {
        String secret = "bY8-very-private-4712";
        accept(task("a"));
        Lease lease = leaseOne();
        settle(new Settlement(
                lease, Disposition.done(), Optional.of(success(lease, now())), List.of(secretive("f", secret))));
        settle(done(leaseOne(), now()));

        assertThat(tasks().erase(List.of("f"))).containsExactly(Outcome.RECORDED);

        assertThat(Bytes.in(directory())).doesNotContain(secret);
        assertThat(entriesOf("a")).containsExactly(success(lease, now()));
    }

    @Test
    default void erasesOnlyWhatIsSettled() {
        accept(secretive("a", "still needed"));

        assertThat(tasks().erase(List.of("a", "nobody"))).containsExactly(Outcome.STALE, Outcome.UNKNOWN);

        assertThat(leaseOne().submission()).isEqualTo(secretive("a", "still needed"));
    }

    @Test
    default void neverQueuesAnErasedDeadLetterAnew() {
        accept(secretive("a", "gone"));
        settle(dead(leaseOne(), now()));
        tasks().erase(List.of("a"));

        assertThat(tasks().requeue(List.of("a"))).containsExactly(Outcome.STALE);
        reopenWhereDurable();

        assertThat(tasks().requeue(List.of("a"))).containsExactly(Outcome.STALE);
        assertThat(find("a").status()).isEqualTo(TaskStatus.DEAD);
        assertThat(leasedIds()).isEmpty();
    }

    @Test
    default void erasesWhatTheLogHasOfATaskThatWasNeverQueued() {
        Execution told = Execution.of("a", "t")
                .startedAt(now())
                .output("aX7-very-private-4711")
                .build();
        log().append(List.of(told));

        assertThat(tasks().erase(List.of("a"))).containsExactly(Outcome.RECORDED);

        assertThat(entries()).containsExactly(told.toBuilder().output(null).build());
    }

    private void appendRatings(int number) {
        IntStream.range(0, number).forEach(i -> log().append(List.of(rating("t-" + i, .5))));
    }

    private Rating rating(String id, double quality) {
        return new Rating(id, quality, "somebody", now());
    }

    private Position lastPosition() {
        List<LogPage.Logged> all = logged(Position.START);
        return all.get(all.size() - 1).position();
    }

    private static Submission secretive(String id, String secret) {
        return Submission.of(Task.of("t")
                .id(id)
                .description("about " + secret)
                .input("key", secret)
                .context(Map.of("for", secret))
                .build());
    }
}
