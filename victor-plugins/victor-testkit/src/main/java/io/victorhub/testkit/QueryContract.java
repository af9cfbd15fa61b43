package io.victorhub.testkit;

import static io.victorhub.testkit.Samples.dead;
import static io.victorhub.testkit.Samples.done;
import static io.victorhub.testkit.Samples.of;
import static io.victorhub.testkit.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Capability;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Fence;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.StoreStats;
import io.victorhub.spi.store.Subscription;
import io.victorhub.spi.store.TaskPage;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a store tells of its tasks: lists, counts, progress, news. */
interface QueryContract extends StoreUnderTest {

    @Test
    default void listsTasksInTheOrderOfTheirSubmission() {
        accept(task("c", 0), task("a", 10), task("b"));

        TaskPage page = tasks().tasks(TaskQuery.all());

        assertThat(page.tasks()).extracting(TaskState::id).containsExactly("c", "a", "b");
        assertThat(page.next()).isEmpty();
    }

    @Test
    default void listsTheSameOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        accept(task("c", 9), task("a"), task("b"));
        settle(done(leaseOne(), now()));
        List<TaskState> before = tasks().tasks(TaskQuery.all()).tasks();

        reopen();

        assertThat(tasks().tasks(TaskQuery.all()).tasks()).isEqualTo(before).hasSize(3);
    }

    @Test
    default void listsPageByPageWithoutGapOrRepetition() {
        accept(IntStream.range(0, 25).mapToObj(i -> task("t-" + i)).toArray(Submission[]::new));

        List<String> listed = new ArrayList<>();
        Optional<String> cursor = Optional.of("");
        for (int pages = 0; cursor.isPresent(); pages++) {
            assertThat(pages).isLessThan(10);
            TaskQuery query = TaskQuery.all().max(10);
            TaskPage page = tasks().tasks(cursor.get().isEmpty() ? query : query.after(cursor.get()));
            assertThat(page.tasks()).hasSizeLessThanOrEqualTo(10);
            page.tasks().forEach(task -> listed.add(task.id()));
            accept(task("new-" + pages));
            cursor = page.next();
        }

        assertThat(listed.stream().filter(id -> id.startsWith("t-")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 25).mapToObj(i -> "t-" + i).toList());
        assertThat(listed).doesNotHaveDuplicates();
    }

    @Test
    default void listsTasksOfSomeTypesOnly() {
        accept(task("a", "one"), task("b", "two"), task("c", "three"));

        assertThat(ids(TaskQuery.all().types("one", "three"))).containsExactly("a", "c");
        assertThat(ids(TaskQuery.all().types("four"))).isEmpty();
    }

    @Test
    default void listsTasksOfSomeStatusesOnly() {
        accept(task("running", 10), task("ready"), of("held").held(true).build());
        accept(of("delayed").notBefore(now().plusSeconds(60)).build());
        leaseOne();

        assertThat(ids(TaskQuery.all().status(TaskStatus.RUNNING))).containsExactly("running");
        assertThat(ids(TaskQuery.all().status(TaskStatus.DELAYED))).containsExactly("delayed");
        assertThat(ids(TaskQuery.waiting())).containsExactly("ready", "held", "delayed");
    }

    @Test
    default void listsTasksWithATextInIdOrDescriptionWhateverTheCase() {
        accept(described("Report-1", "x"), described("b", "the yearly REPORT"), described("c", "other"));

        assertThat(ids(TaskQuery.all().text("report"))).containsExactly("Report-1", "b");
        assertThat(ids(TaskQuery.all().text("nothing like it"))).isEmpty();
    }

    @Test
    default void listsTasksThatWereSubmittedInATime() {
        accept(task("early"));
        settle(done(leaseOne(), now()));
        clock().advance(Duration.ofHours(1));
        Instant from = now();
        accept(task("in-time"));
        clock().advance(Duration.ofHours(1));
        Instant before = now();
        accept(task("late"));

        assertThat(ids(TaskQuery.all().submitted(from, before))).containsExactly("in-time");
        assertThat(ids(TaskQuery.all().submitted(Instant.MIN, from))).containsExactly("early");
        assertThat(ids(TaskQuery.all().submitted(before, Instant.MAX))).containsExactly("late");
        assertThat(ids(TaskQuery.waiting().submitted(Instant.MIN, before))).containsExactly("in-time");
    }

    @Test
    default void listsTasksThatWereSettledInATime() {
        accept(task("early", 9), task("in-time", 8), task("dead", 7), task("waits", 1));
        settle(done(leaseOne(), now()));
        clock().advance(Duration.ofHours(1));
        Instant from = now();
        settle(done(leaseOne(), now()));
        settle(dead(leaseOne(), now()));
        clock().advance(Duration.ofHours(1));

        assertThat(ids(TaskQuery.all().settled(from, now()))).containsExactly("in-time", "dead");
        assertThat(ids(TaskQuery.all().settled(Instant.MIN, from))).containsExactly("early");
        assertThat(ids(TaskQuery.all().settled(now(), Instant.MAX))).isEmpty();
        assertThat(ids(TaskQuery.deadLetters().settled(from, now()))).containsExactly("dead");
    }

    @Test
    default void listsTasksWhoseLatestAttemptWasOfASkill() {
        accept(task("a", 9), task("b", 8), task("waits", 1));
        settle(by(leaseOne(), "one"));
        settle(by(leaseOne(), "two"));

        assertThat(ids(TaskQuery.all().skill("one"))).containsExactly("a");
        assertThat(ids(TaskQuery.all().skill("nobody"))).isEmpty();
    }

    @Test
    default void findsWhatTheLogSaysOfATask() {
        accept(task("a", 9), task("b", 1));
        Lease first = leaseOne();
        settle(Samples.retry(first, now(), now()));
        settle(Settlement.silent(leaseOne(), Disposition.released(now())));
        settle(dead(leaseOne(), now()));
        tasks().requeue(List.of("a"));
        settle(done(leaseOne(), now()));
        settle(done(leaseOne(), now()));
        accept(task("cancelled"));
        tasks().cancel(List.of("cancelled"));
        reopenWhereDurable();

        assertSaysTheSameAsTheLog("a");
        assertSaysTheSameAsTheLog("b");
        assertSaysTheSameAsTheLog("cancelled");
        assertThat(tasks().entries("nobody", 10).orElse(List.of())).isEmpty();
        tasks().entries("a", 2)
                .ifPresent(latest -> assertThat(latest).isEqualTo(entriesOf("a").subList(1, 3)));
    }

    @Test
    default void findsWhatTheLogSaysOfATaskOverAKill() {
        assumeDeclared(Capability.DURABLE);
        accept(task("a"));
        settle(Samples.retry(leaseOne(), now(), now()));
        leaseOne();
        tasks().cancel(List.of("a"));

        killAndOpen();

        assertThat(entriesOf("a")).hasSizeGreaterThan(1);
        assertSaysTheSameAsTheLog("a");
    }

    private void assertSaysTheSameAsTheLog(String id) {
        tasks().entries(id, 100).ifPresent(found -> assertThat(found).isEqualTo(entriesOf(id)));
    }

    private static Settlement by(Lease lease, String skill) {
        return Settlement.of(
                lease,
                Disposition.done(),
                Samples.success(lease, Instant.EPOCH).toBuilder()
                        .skill(new SkillRef(skill, "1"))
                        .build());
    }

    @Test
    default void listsDeadLetters() {
        accept(task("a", 9), task("b", 8), task("c"));
        settle(dead(leaseOne(), now()));
        settle(done(leaseOne(), now()));

        assertThat(ids(TaskQuery.deadLetters())).containsExactly("a");
        tasks().requeue(List.of("a"));
        assertThat(ids(TaskQuery.deadLetters())).isEmpty();
    }

    @Test
    default void refusesACursorThatItNeverGave() {
        assertThatThrownBy(() -> tasks().tasks(TaskQuery.all().after("not a cursor")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a cursor");
    }

    @Test
    default void countsTasksByTypeAndStatus() {
        assertThat(tasks().stats().counts()).isEmpty();
        accept(task("a", "one"), task("b", "one"), task("c", "two"));
        accept(of("held").held(true).build());
        Lease lease = leaseOne();

        StoreStats running = tasks().stats();
        settle(dead(lease, now()));
        StoreStats settled = tasks().stats();

        if (declares(Capability.EXACT_COUNTS)) {
            assertThat(running.counts())
                    .allMatch(count -> count.precision() == StoreStats.Precision.EXACT)
                    .allMatch(count -> count.number() > 0);
            assertThat(running.count("one", TaskStatus.RUNNING)).hasValue(1);
            assertThat(running.count("one", TaskStatus.READY)).hasValue(1);
            assertThat(running.count(TaskStatus.READY)).hasValue(2);
            assertThat(running.count(TaskStatus.HELD)).hasValue(1);
            assertThat(settled.count(TaskStatus.RUNNING)).hasValue(0);
            assertThat(settled.count("one", TaskStatus.DEAD)).hasValue(1);
        } else {
            assertThat(running.counts()).noneMatch(count -> count.precision() == StoreStats.Precision.EXACT);
        }
    }

    @Test
    default void countsTheSameOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        assumeDeclared(Capability.EXACT_COUNTS);
        accept(task("a", "one"), task("b", "two"), of("held").held(true).build());
        settle(done(leaseOne(), now()));
        List<StoreStats.Count> before = tasks().stats().counts();

        reopen();

        assertThat(tasks().stats().counts()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    default void countsADelayedTaskAsReadyOnceItsTimeHasCome() {
        assumeDeclared(Capability.EXACT_COUNTS);
        accept(of("a").notBefore(now().plusSeconds(60)).build());
        assertThat(tasks().stats().count(TaskStatus.DELAYED)).hasValue(1);

        clock().set(now().plusSeconds(60).plus(store().capabilities().delayStep()));

        assertThat(tasks().stats().count(TaskStatus.DELAYED)).hasValue(0);
        assertThat(tasks().stats().count(TaskStatus.READY)).hasValue(1);
    }

    @Test
    default void countsTheTasksOfABatchThatAreNotSettled() {
        accept(inBatch("held").held(true).build(), inBatch("ready").build(), task("other"));
        accept(inBatch("later").notBefore(now().plusSeconds(60)).build());
        assertThat(tasks().unsettled("b")).isEqualTo(3);
        assertThat(tasks().unsettled("nobody's")).isZero();

        Lease lease = leaseAll().get(0);
        assertThat(lease.taskId()).isEqualTo("ready");
        assertThat(tasks().unsettled("b")).isEqualTo(3);
        settle(Samples.retry(lease, now(), now()));
        assertThat(tasks().unsettled("b")).isEqualTo(3);

        settle(dead(leaseOne(), now()));
        assertThat(tasks().unsettled("b")).isEqualTo(2);
        tasks().cancel(List.of("held", "later"));
        assertThat(tasks().unsettled("b")).isZero();
        tasks().requeue(List.of("ready"));
        assertThat(tasks().unsettled("b")).isEqualTo(1);
    }

    @Test
    default void countsTheTasksOfABatchThatJoinItWithTheEndOfAnother() {
        accept(inBatch("first").build());
        Lease lease = leaseOne();

        settle(new Settlement(
                lease,
                Disposition.done(),
                Optional.of(Samples.success(lease, now())),
                List.of(inBatch("second").build(), inBatch("third").build())));

        assertThat(tasks().unsettled("b")).isEqualTo(2);
    }

    @Test
    default void countsTheTasksOfABatchNoMoreWhoseDeadlineHasPassed() {
        accept(inBatch("a", now().plusSeconds(60)).build());

        clock().advance(Duration.ofSeconds(61));
        tasks().expire(10);

        assertThat(tasks().unsettled("b")).isZero();
    }

    @Test
    default void countsTheSameTasksOfABatchOverAKill() {
        assumeDeclared(Capability.DURABLE);
        accept(inBatch("a").build(), inBatch("b").build(), inBatch("c").build());
        settle(done(leaseOne(), now()));
        leaseOne();

        killAndOpen();

        assertThat(tasks().unsettled("b")).isEqualTo(2);
    }

    @Test
    default void tellsTheLatestProgressOfARunningTask() {
        accept(task("a"));
        Lease lease = leaseOne();
        Progress latest = new Progress("a", lease.fence(), .5, "half way", now());

        tasks().progress(List.of(new Progress("a", lease.fence(), .25, "begun", now())));
        tasks().progress(List.of(latest));

        assertThat(find("a").progress()).contains(latest);
        settle(done(lease, now()));
        assertThat(find("a").progress()).isEmpty();
    }

    @Test
    default void ignoresProgressThatIsStale() {
        accept(task("a"));
        Fence late = new Fence(0, 0);

        tasks().progress(List.of(new Progress("a", late, .5, "too late", now())));
        tasks().progress(List.of(new Progress("nobody", late, .5, "nobody", now())));
        leaseOne();
        tasks().progress(List.of(new Progress("a", late, .5, "too late", now())));

        assertThat(find("a").progress()).isEmpty();
    }

    @Test
    default void wakesWhoeverWaitsWhenWorkComes() {
        AtomicInteger wakes = new AtomicInteger();
        try (Subscription subscription = tasks().onWork(wakes::incrementAndGet)) {
            assertThat(subscription).isNotNull();
            accept(task("a"));
            int afterSubmit = eventually(wakes, 1);

            settle(Samples.retry(leaseOne(), now(), now()));

            eventually(wakes, afterSubmit + 1);
        }
    }

    @Test
    default void wakesNobodyWhoseSubscriptionHasEnded() {
        AtomicInteger ended = new AtomicInteger();
        AtomicInteger wakes = new AtomicInteger();
        Subscription first = tasks().onWork(ended::incrementAndGet);
        try (Subscription second = tasks().onWork(wakes::incrementAndGet)) {
            assertThat(second).isNotNull();
            first.close();
            first.close();
            int before = ended.get();

            accept(task("a"));

            eventually(wakes, 1);
            assertThat(ended).hasValue(before);
        }
    }

    @Test
    default void letsWhoeverIsWokenCallTheStore() {
        List<Integer> ready = new ArrayList<>();
        AtomicInteger wakes = new AtomicInteger();
        Runnable wake = () -> {
            synchronized (ready) {
                ready.add(tasks().tasks(TaskQuery.waiting()).tasks().size());
            }
            wakes.incrementAndGet();
        };
        try (Subscription subscription = tasks().onWork(wake)) {
            assertThat(subscription).isNotNull();
            accept(task("a"));
            eventually(wakes, 1);
        }

        synchronized (ready) {
            assertThat(ready).contains(1);
        }
    }

    @Test
    default void goesOnWhenSomebodyThrowsWhoWasWoken() {
        AtomicInteger wakes = new AtomicInteger();
        try (Subscription bad = tasks().onWork(() -> {
                    throw new IllegalStateException("thrown on purpose");
                });
                Subscription good = tasks().onWork(wakes::incrementAndGet)) {
            assertThat(List.of(bad, good)).hasSize(2);

            accept(task("a"));

            eventually(wakes, 1);
        }
    }

    @Test
    default void throwsOnceItIsClosed() {
        accept(task("a"));
        store().close();
        store().close();

        assertThatThrownBy(() -> tasks().submit(List.of(task("b")))).isInstanceOf(StorageException.class);
        assertThatThrownBy(this::leaseAll).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> tasks().find("a")).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> tasks().stats()).isInstanceOf(StorageException.class);
        assertThatThrownBy(this::entries).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> keys().read("k")).isInstanceOf(StorageException.class);
    }

    private List<String> ids(TaskQuery query) {
        return tasks().tasks(query).tasks().stream().map(TaskState::id).toList();
    }

    private static Submission.Builder inBatch(String id) {
        return of(id).batch("b");
    }

    private static Submission.Builder inBatch(String id, Instant deadline) {
        return Samples.due(id, deadline).toBuilder().batch("b");
    }

    private static Submission described(String id, String description) {
        return Submission.of(Task.of("t").id(id).description(description).build());
    }

    /** Waits until the counter is there; a store may wake from a thread of its own. */
    private static int eventually(AtomicInteger counter, int atLeast) {
        long giveUp = System.nanoTime() + 10_000_000_000L;
        while (counter.get() < atLeast) {
            assertThat(System.nanoTime()).as("nobody was woken").isLessThan(giveUp);
            Thread.onSpinWait();
        }
        return counter.get();
    }
}
