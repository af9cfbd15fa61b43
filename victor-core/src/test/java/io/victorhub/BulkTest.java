package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.spi.Result;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BulkTest {

    private final SettableClock clock = new SettableClock();

    @Test
    void cancelsAllThatAQueryFindsPageByPage() {
        try (Hub hub = hub().build()) {
            submit(hub, "mail", 25);
            submit(hub, "pdf", 3);
            List<Long> progress = new ArrayList<>();

            BulkResult result = hub.bulk(TaskQuery.waiting().types("mail").max(10))
                    .onProgress(soFar -> progress.add(soFar.changed()))
                    .cancel();

            assertThat(result.matched()).isEqualTo(25);
            assertThat(result.changed()).isEqualTo(25);
            assertThat(result.unchanged()).isZero();
            assertThat(result.complete()).isTrue();
            assertThat(progress).containsExactly(10L, 20L);
            assertThat(hub.tasks(TaskQuery.waiting()).tasks())
                    .extracting(TaskState::type)
                    .containsOnly("pdf")
                    .hasSize(3);
        }
    }

    @Test
    void onlyCountsWhereItRunsDry() {
        try (Hub hub = hub().build()) {
            submit(hub, "mail", 12);

            BulkResult result = hub.bulk(TaskQuery.all().max(5)).dryRun().cancel();

            assertThat(result.matched()).isEqualTo(12);
            assertThat(result.changed()).isEqualTo(12);
            assertThat(hub.tasks(TaskQuery.waiting()).tasks()).hasSize(12);
            assertThat(hub.bulk(TaskQuery.all()).dryRun().requeue().matched()).isZero();
        }
    }

    @Test
    void asksThoseThatRunToEnd() throws InterruptedException {
        CountDownLatch began = new CountDownLatch(1);
        LambdaSkill slow = LambdaSkill.of("slow", (task, context) -> {
            began.countDown();
            new CountDownLatch(1).await();
            return Result.success(1);
        });
        try (Hub hub = hub().skill(slow).workers(1).build()) {
            hub.enableAutonomousMode();
            TaskHandle runs = hub.submit(Task.of("slow").id("runs").build());
            began.await();
            TaskHandle waits = hub.submit(Task.of("slow").id("waits").build());

            BulkResult result = hub.bulk(TaskQuery.all().types("slow")).cancel();

            assertThat(result.changed()).isEqualTo(2);
            assertThat(result.asked()).isEqualTo(1);
            assertThat(runs.completion().toCompletableFuture().join().status()).isEqualTo(TaskStatus.CANCELLED);
            assertThat(waits.completion().toCompletableFuture().join().status()).isEqualTo(TaskStatus.CANCELLED);
        }
    }

    @Test
    void cancelsOnlyWhatWasSubmittedInATime() {
        try (Hub hub = hub().build()) {
            submit(hub, "old", 3);
            clock.advance(Duration.ofHours(1));
            submit(hub, "new", 2);

            BulkResult result = hub.bulk(TaskQuery.all().submitted(Instant.MIN, clock.instant()))
                    .cancel();

            assertThat(result.changed()).isEqualTo(3);
            assertThat(hub.tasks(TaskQuery.waiting().types("new")).tasks()).hasSize(2);
        }
    }

    @Test
    void saysWhichCouldNotBeQueuedAnewAndWhy() {
        LambdaSkill fails =
                LambdaSkill.of("fails", (task, context) -> Result.failure(Result.Reason.INVALID_INPUT, "no"));
        try (Hub hub = hub().skill(fails).build()) {
            hub.enableAutonomousMode();
            IntStream.range(0, 3)
                    .mapToObj(i -> hub.submit(
                            Submission.builder(Task.of("fails").id("t-" + i).build())
                                    .uniqueKey("k-" + i)
                                    .build()))
                    .toList()
                    .forEach(task -> task.completion().toCompletableFuture().join());
            hub.disableAutonomousMode();
            hub.submit(Submission.builder(Task.of("fails").id("live").build())
                    .uniqueKey("k-1")
                    .build());

            BulkResult result = hub.bulk(TaskQuery.all()).requeue();

            assertThat(result.matched()).isEqualTo(3);
            assertThat(result.changed()).isEqualTo(2);
            assertThat(result.unchanged()).isEqualTo(1);
            assertThat(result.examples())
                    .containsOnlyKeys("t-1")
                    .containsValue("a live task has its unique key, or somebody requeued it meanwhile");
        }
    }

    @Test
    void releasesWhatIsHeld() {
        try (Hub hub = hub().build()) {
            IntStream.range(0, 5)
                    .forEach(i -> hub.submit(
                            Submission.builder(Task.of("mail").id("h-" + i).build())
                                    .held(true)
                                    .build()));
            submit(hub, "mail", 2);

            assertThat(hub.bulk(TaskQuery.all().types("mail")).release().changed())
                    .isEqualTo(5);
            assertThat(hub.tasks(TaskQuery.all().status(TaskStatus.READY)).tasks())
                    .hasSize(7);
        }
    }

    @Test
    void endsAfterAPageWhereItsThreadIsInterrupted() {
        try (Hub hub = hub().build()) {
            submit(hub, "mail", 30);

            BulkResult result = hub.bulk(TaskQuery.waiting().max(10))
                    .onProgress(soFar -> Thread.currentThread().interrupt())
                    .cancel();
            boolean interrupted = Thread.interrupted();

            assertThat(interrupted).isTrue();
            assertThat(result.complete()).isFalse();
            assertThat(result.changed()).isEqualTo(10);
            assertThat(hub.tasks(TaskQuery.waiting()).tasks()).hasSize(20);
        }
    }

    @Test
    void throwsWhereTheStoreKeepsNothing() {
        UnreliableStore store = new UnreliableStore();
        try (Hub hub = hub().store(store).build()) {
            submit(hub, "mail", 3);
            store.fail("cancel", () -> new StorageException("the disk is full"));

            assertThatThrownBy(() -> hub.bulk(TaskQuery.waiting()).cancel()).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void changesNothingOnceTheHubIsClosed() {
        Hub hub = hub().build();
        Bulk all = hub.bulk(TaskQuery.all());
        submit(hub, "mail", 1);
        hub.close();

        assertThatThrownBy(all::cancel).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> hub.bulk(TaskQuery.all())).isInstanceOf(IllegalStateException.class);
    }

    private HubBuilder hub() {
        return Hub.inMemory().discoverSkills(false).clock(clock);
    }

    private static void submit(Hub hub, String type, int number) {
        hub.submitAll(IntStream.range(0, number)
                .mapToObj(i -> Submission.of(Task.of(type).id(type + "-" + i).build()))
                .toList());
    }
}
