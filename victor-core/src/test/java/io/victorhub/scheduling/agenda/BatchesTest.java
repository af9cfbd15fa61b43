package io.victorhub.scheduling.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.victorhub.scheduling.BatchStatus;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.UniquePolicy;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.store.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batches and what follows them; the agenda works when the test says so. */
@Timeout(60)
class BatchesTest {

    private static final Submission THEN = Submission.of(
            Task.of("report").id("whatever").context(Map.of("who", "me")).build());

    private final AgendaBench bench = new AgendaBench();
    private final List<BatchStatus> ended = new CopyOnWriteArrayList<>();
    private final AtomicInteger due = new AtomicInteger();
    private Batches batches = batches();

    private Batches batches() {
        return new Batches(bench.store, Stores.codec(), bench.clock, due::incrementAndGet, ended::add);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void isFollowedByATaskOnceAllOfItIsSettled() {
        add("b", "a-1", "a-2", "a-3", "a-4");
        batches.close("b", Optional.of(THEN));
        settle("a-1", Disposition.done());
        settle("a-2", Disposition.dead());
        bench.store.tasks().cancel(List.of("a-3"));
        assertThat(work()).isZero();

        settle("a-4", Disposition.expired());

        assertThat(work()).isOne();
        Submission followUp = bench.find("b/done").submission().orElseThrow();
        assertThat(followUp.task().type()).isEqualTo("report");
        assertThat(followUp.task().context())
                .isEqualTo(Map.of(
                        "who",
                        "me",
                        "batch",
                        Map.of("id", "b", "total", 4L, "done", 1L, "dead", 1L, "cancelled", 1L, "expired", 1L)));
        assertThat(ended)
                .containsExactly(new BatchStatus(
                        "b",
                        true,
                        Map.of(
                                TaskStatus.DONE, 1L,
                                TaskStatus.DEAD, 1L,
                                TaskStatus.CANCELLED, 1L,
                                TaskStatus.EXPIRED, 1L),
                        Optional.of("b/done"),
                        Optional.of(bench.clock.instant())));
        assertThat(work()).isZero();
        assertThat(batches.open()).isEmpty();
    }

    @Test
    void waitsUntilItIsClosed() {
        add("b", "a-1");
        finish();
        assertThat(work()).isZero();
        add("b", "a-2");
        batches.close("b", Optional.of(THEN));
        assertThat(work()).isZero();

        finish();

        assertThat(work()).isOne();
        assertThat(ended.get(0).total()).isEqualTo(2);
    }

    @Test
    void tellsThatItMayBeOverWhenTheLastIsSettled() {
        add("b", "a-1", "a-2");
        batches.close("b", Optional.of(THEN));
        settle("a-1", Disposition.done());
        batches.settled("b");
        assertThat(due).hasValue(0);
        assertThat(batches.next()).isEmpty();

        settle("a-2", Disposition.done());
        batches.settled("b");

        assertThat(due).hasValue(1);
        assertThat(batches.next()).contains(bench.clock.instant());
        assertThat(batches.work(false)).isOne();
        assertThat(batches.next()).isEmpty();
        batches.settled("nobody's");
        assertThat(due).hasValue(1);
    }

    @Test
    void tellsHowItStands() {
        assertThat(batches.status("b")).isEmpty();
        batches.add(
                "b",
                List.of(
                        of("held").held(true).build(),
                        of("ready").build(),
                        of("runs").build(),
                        of("dies").build()),
                bench.store.tasks()::submit);
        settle("dies", Disposition.dead());
        lease("runs");

        BatchStatus status = batches.status("b").orElseThrow();

        assertThat(status.byStatus())
                .isEqualTo(
                        Map.of(TaskStatus.HELD, 1L, TaskStatus.READY, 1L, TaskStatus.RUNNING, 1L, TaskStatus.DEAD, 1L));
        assertThat(status.total()).isEqualTo(4);
        assertThat(status.settled()).isOne();
        assertThat(status.count(TaskStatus.DONE)).isZero();
        assertThat(status.closed()).isFalse();
        assertThat(status.ended()).isFalse();
        assertThat(batches.open()).containsExactly("b");
    }

    @Test
    void countsOnlyWhatWasAcceptedIntoIt() {
        bench.store
                .tasks()
                .submit(List.of(
                        Submission.of(Task.of("t").id("elsewhere").build()),
                        of("holder").uniqueKey("k").build()));

        List<Submitted> answers = batches.add(
                "b",
                List.of(
                        of("a").build(),
                        of("elsewhere").build(),
                        of("joins").uniqueKey("k").build(),
                        of("refused").uniqueKey("k", UniquePolicy.REFUSE).build()),
                bench.store.tasks()::submit);

        assertThat(answers)
                .extracting(answer -> answer.getClass().getSimpleName())
                .containsExactly("Accepted", "Known", "Joined", "Refused");
        assertThat(batches.status("b").orElseThrow().total()).isOne();
        restart();
        assertThat(batches.status("b").orElseThrow().total()).isOne();
    }

    @Test
    void canBeFilledAgainWithoutCountingAnythingTwice() {
        add("b", "a-1", "a-2");
        settle("a-1", Disposition.done());
        restart();

        List<Submitted> answers = add("b", "a-1", "a-2", "a-3");

        assertThat(answers)
                .containsExactly(new Submitted.Known("a-1"), new Submitted.Known("a-2"), new Submitted.Accepted("a-3"));
        assertThat(batches.status("b").orElseThrow().total()).isEqualTo(3);
        assertThat(add("b", "a-3")).containsExactly(new Submitted.Known("a-3"));
        assertThat(batches.status("b").orElseThrow().total()).isEqualTo(3);
    }

    @Test
    void refusesWhatIsNewOnceItIsClosedAndKnowsTheRest() {
        add("b", "a-1");
        batches.close("b", Optional.of(THEN));

        assertThat(add("b", "a-1", "a-2"))
                .containsExactly(
                        new Submitted.Known("a-1"),
                        new Submitted.Refused(
                                "a-2", "task a-2 is refused: batch b is closed; add it to another batch"));
        finish();
        work();
        assertThat(add("b", "a-1", "a-2").get(1)).isInstanceOf(Submitted.Refused.class);
        batches.close("b", Optional.empty());
        assertThat(batches.open()).isEmpty();
        assertThat(bench.store.tasks().find("a-2")).isEmpty();
    }

    @Test
    void closesOnceAndForAll() {
        add("b", "a-1");
        batches.close("b", Optional.empty());

        batches.close("b", Optional.of(THEN));
        finish();

        assertThat(work()).isZero();
        assertThat(ended).singleElement().returns(Optional.empty(), BatchStatus::followUp);
        assertThat(bench.store.tasks().find("b/done")).isEmpty();
    }

    @Test
    void isOverAtOnceIfItIsEmpty() {
        batches.close("b", Optional.of(THEN));

        assertThat(batches.next()).isPresent();
        assertThat(work()).isOne();
        assertThat(ended.get(0).total()).isZero();
    }

    @Test
    void waitsForADeadLetterThatIsRequeued() {
        add("b", "a-1");
        settle("a-1", Disposition.dead());
        bench.store.tasks().requeue(List.of("a-1"));
        batches.close("b", Optional.of(THEN));
        assertThat(work()).isZero();

        settle("a-1", Disposition.done());

        assertThat(work()).isOne();
        assertThat(ended.get(0).byStatus()).isEqualTo(Map.of(TaskStatus.DONE, 1L));
    }

    @Test
    void goesOnAfterARestart() {
        add("b", "a-1");
        restart();
        add("b", "a-2");
        batches.close("b", Optional.of(THEN));
        settle("a-1", Disposition.done());
        restart();
        assertThat(batches.isEmpty()).isFalse();
        assertThat(batches.work(false)).isZero();
        settle("a-2", Disposition.done());

        restart();

        assertThat(batches.next()).as("what was settled while nobody listened").isPresent();
        assertThat(batches.work(false)).isOne();
        assertThat(ended.get(0).total()).isEqualTo(2);
        restart();
        assertThat(batches.isEmpty()).isTrue();
        assertThat(batches.status("b")).contains(ended.get(0));
    }

    @Test
    void isFollowedOnceThoughTheProcessDiesBeforeThatIsKept() {
        add("b", "a-1");
        batches.close("b", Optional.of(THEN));
        finish();
        bench.store.settleFails(true); // tasks are taken, and state is not kept
        assertThatExceptionOfType(StorageException.class).isThrownBy(this::work);
        assertThat(bench.find("b/done").status()).isEqualTo(TaskStatus.READY);
        bench.store.settleFails(false);
        finish();

        restart();
        work();

        assertThat(bench.find("b/done").status()).isEqualTo(TaskStatus.DONE);
        assertThat(bench.ids()).containsExactly("a-1", "b/done");
        assertThat(ended).singleElement().returns(Optional.of("b/done"), BatchStatus::followUp);
    }

    @Test
    void triesAgainWhatCouldNotBeKept() {
        add("b", "a-1");
        batches.close("b", Optional.of(THEN));
        finish();
        batches.settled("b");
        bench.store.settleFails(true);
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> batches.work(false));
        bench.store.settleFails(false);

        assertThat(batches.work(false)).isOne();

        assertThat(ended).hasSize(1);
    }

    @Test
    void knowsWhatIsInItThoughTheProcessDiesWhileTasksAreAdded() {
        for (boolean stored : List.of(true, false)) {
            String id = "b-" + stored;
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> batches.add(
                            id, List.of(of(id + "-1").build(), of(id + "-2").build()), all -> {
                                if (stored) {
                                    bench.store.tasks().submit(all);
                                }
                                throw new IllegalStateException("the process died");
                            }));
        }

        restart();

        assertThat(batches.status("b-true").orElseThrow().total()).isEqualTo(2);
        assertThat(batches.status("b-false").orElseThrow().total()).isZero();
        assertThat(add("b-true", "b-true-1", "b-true-3"))
                .containsExactly(new Submitted.Known("b-true-1"), new Submitted.Accepted("b-true-3"));
        assertThat(add("b-false", "b-false-1", "b-false-2")).hasOnlyElementsOfType(Submitted.Accepted.class);
        restart();
        assertThat(batches.status("b-true").orElseThrow().total()).isEqualTo(3);
        assertThat(batches.status("b-false").orElseThrow().total()).isEqualTo(2);
    }

    @Test
    void isNotOverWhileTasksAreOnTheirWayIntoIt() {
        CountDownLatch submitting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread adding = new Thread(() -> batches.add("b", List.of(of("a-1").build()), all -> {
            submitting.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return bench.store.tasks().submit(all);
        }));
        adding.start();
        await().until(() -> submitting.getCount() == 0);
        batches.close("b", Optional.of(THEN));
        assertThat(work()).isZero();
        assertThat(batches.status("b").orElseThrow().total()).isZero();

        goOn.countDown();
        await().until(() -> !adding.isAlive());

        assertThat(work()).isZero();
        finish();
        assertThat(work()).isOne();
        assertThat(ended.get(0).total()).isOne();
    }

    @Test
    void takesManyTasksSomeAtATime() {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        List<Submission> many =
                IntStream.range(0, 2500).mapToObj(i -> of("a-" + i).build()).toList();

        batches.add("b", many, all -> {
            sizes.add(all.size());
            return bench.store.tasks().submit(all);
        });
        batches.close("b", Optional.of(THEN));

        assertThat(sizes).containsExactly(1000, 1000, 500);
        assertThat(batches.status("b").orElseThrow().total()).isEqualTo(2500);
        while (bench.store.tasks().unsettled("b") > 0) {
            finish();
        }
        work();
        assertThat(ended.get(0).count(TaskStatus.DONE)).isEqualTo(2500);
        assertThat(bench.store.state().list("batch-tasks/", "", 1)).isEmpty();
    }

    @Test
    void waitsForTasksThatNameItAndDoesNotCountThem() {
        add("b", "a-1");
        bench.store.tasks().submit(List.of(of("other").batch("b").build()));
        batches.close("b", Optional.of(THEN));
        settle("a-1", Disposition.done());
        assertThat(work()).isZero();

        settle("other", Disposition.done());

        assertThat(work()).isOne();
        assertThat(ended.get(0).total()).isOne();
    }

    @Test
    void isForgottenThirtyDaysAfterItsEnd() {
        batches.close("b", Optional.of(THEN));
        add("open", "a-1");
        work();
        bench.clock.advance(Duration.ofDays(30));
        restart();
        assertThat(batches.status("b")).isPresent();

        bench.clock.advance(Duration.ofNanos(1));
        restart();

        assertThat(batches.status("b")).isEmpty();
        assertThat(batches.status("open")).isPresent();
        batches.close("b", Optional.of(THEN));
        work();
        assertThat(bench.ids()).containsOnlyOnce("b/done");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batches.requireId("import/42"))
                .withMessage("batch id 'import/42' has 9 characters; it must have 1 to 190, and no '/', "
                        + "which is reserved for the hub");
        assertThatIllegalArgumentException().isThrownBy(() -> Batches.requireId("x".repeat(191)));
        assertThatIllegalArgumentException().isThrownBy(() -> Batches.requireId(" b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batches.add("b", List.of(of("a").batch("c").build()), bench.store.tasks()::submit))
                .withMessage("task a names batch c and is added to batch b; name none");
    }

    @Test
    void isWokenByItsAgenda() {
        Agenda agenda = new Agenda(bench.clock, Thread::new, bench.failures::add);
        Batches watched = new Batches(bench.store, Stores.codec(), bench.clock, agenda::poke, ended::add);
        agenda.add(watched);
        watched.add("b", List.of(of("a-1").build()), bench.store.tasks()::submit);
        watched.close("b", Optional.of(THEN));
        agenda.poke();
        finish();

        watched.settled("b");

        await().until(() -> ended.size() == 1);
        agenda.close();
    }

    private void restart() {
        batches = batches();
    }

    private int work() {
        return batches.work(true);
    }

    private List<Submitted> add(String batch, String... ids) {
        return batches.add(batch, Stream.of(ids).map(id -> of(id).build()).toList(), bench.store.tasks()::submit);
    }

    private static Submission.Builder of(String id) {
        return Submission.builder(Task.of("t").id(id).build());
    }

    /** Leases that task; others are given back. */
    private Lease lease(String id) {
        Lease wanted = null;
        for (Lease lease : bench.store.tasks().lease(LeaseRequest.of(1000, Duration.ofMinutes(1)))) {
            if (lease.taskId().equals(id)) {
                wanted = lease;
            } else {
                Disposition back = Disposition.released(bench.clock.instant());
                bench.store.tasks().settle(List.of(Settlement.silent(lease, back)));
            }
        }
        return Objects.requireNonNull(wanted, id + " cannot be leased");
    }

    private void settle(String id, Disposition disposition) {
        bench.store.tasks().settle(List.of(Settlement.silent(lease(id), disposition)));
    }

    private void finish() {
        bench.finishAll();
    }
}
