package io.victorhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.victorhub.Batch;
import io.victorhub.Hub;
import io.victorhub.HubListener;
import io.victorhub.TaskHandle;
import io.victorhub.WhenFull;
import io.victorhub.scheduling.BatchStatus;
import io.victorhub.spi.Result;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Batches of a hub, and what follows them. */
@Timeout(60)
class BatchHubTest {

    @TempDir
    private Path home;

    private final RecordingSkill imports = RecordingSkill.of("import");
    private final RecordingSkill reports = RecordingSkill.of("report");

    @Test
    void isFollowedWhenTheLastTaskIsDone() {
        try (HandDrivenHub hub = HandDrivenHub.inMemory(imports, reports)) {
            Batch batch = hub.hub().batch("import-42");
            List<TaskHandle> handles = batch.add(
                    Task.of("import").id("a").build(), Task.of("import").id("b").build());
            batch.closeThen(Task.of("report").input("to", "me").build());

            assertThat(handles).extracting(TaskHandle::id).containsExactly("a", "b");
            assertThat(batch.unsettled()).isEqualTo(2);
            assertThat(hub.hub().batches()).extracting(Batch::id).containsExactly("import-42");
            assertThat(hub.runUntilIdle()).isEqualTo(3);

            Task report = reports.tasks().get(0);
            assertThat(report.id()).isEqualTo("import-42/done");
            assertThat(report.inputs()).isEqualTo(Map.of("to", "me"));
            assertThat(report.context().get("batch"))
                    .isEqualTo(Map.of(
                            "id", "import-42", "total", 2L, "done", 2L, "dead", 0L, "cancelled", 0L, "expired", 0L));
            assertThat(batch.status().orElseThrow().ended()).isTrue();
            assertThat(hub.hub().batches()).isEmpty();
        }
    }

    @Test
    void isFilledOverARestart() {
        try (HandDrivenHub hub = HandDrivenHub.at(home, imports, reports)) {
            hub.hub().batch("b").add(Task.of("import").id("a").build());
            hub.runUntilIdle();
            hub.reopen();
            Batch batch = hub.hub().batch("b");
            batch.add(
                    Task.of("import").id("a").build(), Task.of("import").id("c").build());
            batch.closeThen(Task.of("report").build());
            hub.reopen();

            hub.runUntilIdle();

            assertThat(imports.tasks()).extracting(Task::id).containsExactly("a", "c");
            assertThat(reports.tasks()).hasSize(1);
            assertThat(hub.hub().batch("b").status().orElseThrow().byStatus()).isEqualTo(Map.of(TaskStatus.DONE, 2L));
        }
    }

    @Test
    void isFollowedByItselfHoweverItsTasksEnd() {
        List<BatchStatus> ended = new CopyOnWriteArrayList<>();
        HubListener listener = new HubListener() {
            @Override
            public void batchEnded(BatchStatus batch) {
                ended.add(batch);
            }
        };
        RecordingSkill failing =
                RecordingSkill.of("fails").answering(task -> Result.failure(Result.Reason.REFUSED, "no"));
        try (Hub hub = Hub.inMemory()
                .discoverSkills(false)
                .skill(imports)
                .skill(reports)
                .skill(failing)
                .listener(listener)
                .build()) {
            hub.submitBatch(
                    "b",
                    List.of(
                            Submission.of(Task.of("import").build()),
                            Submission.of(Task.of("fails").build()),
                            Submission.of(Task.of("nobody").id("cancelled").build()),
                            Submission.of(Task.of("nobody")
                                    .deadline(Instant.now().plus(Duration.ofMillis(200)))
                                    .build())),
                    Task.of("report").build());
            hub.enableAutonomousMode();
            await().until(() -> hub.batch("b").unsettled() == 1);

            hub.cancel("cancelled");

            await().until(() -> reports.tasks().size() == 1);
            await().until(() -> ended.size() == 1);
            assertThat(ended.get(0).byStatus())
                    .isEqualTo(Map.of(
                            TaskStatus.DONE, 1L,
                            TaskStatus.DEAD, 1L,
                            TaskStatus.CANCELLED, 1L,
                            TaskStatus.EXPIRED, 1L));
        }
    }

    @Test
    void isFollowedOnceWhereManyBatchesEndAtTheSameTime() {
        try (Hub hub = Hub.inMemory()
                .discoverSkills(false)
                .skill(imports)
                .skill(reports)
                .workers(8)
                .build()) {
            hub.enableAutonomousMode();
            IntStream.range(0, 50)
                    .parallel()
                    .forEach(i -> hub.submitBatch(
                            "b-" + i,
                            IntStream.range(0, 5)
                                    .mapToObj(
                                            n -> Submission.of(Task.of("import").build()))
                                    .toList(),
                            Task.of("report").build()));

            await().atMost(Duration.ofSeconds(30)).until(() -> reports.tasks().size() == 50);
            assertThat(reports.tasks()).extracting(Task::id).doesNotHaveDuplicates();
            await().until(() -> hub.batches().isEmpty());
        }
    }

    @Test
    void heedsTheLimitOfTheQueueForItsTasksAndNotForWhatFollows() {
        try (HandDrivenHub hub = HandDrivenHub.inMemory(
                builder -> builder.queueLimit(1, WhenFull.REJECT).skill(imports).skill(reports))) {
            Batch batch = hub.hub().batch("b");
            List<TaskHandle> handles =
                    batch.add(Task.of("import").build(), Task.of("import").build());
            batch.closeThen(Task.of("report").build());
            assertThat(handles.get(1).submitted()).isInstanceOf(Submitted.Refused.class);
            assertThat(batch.status().orElseThrow().total()).isOne();

            hub.runUntilIdle();

            assertThat(reports.tasks()).hasSize(1);
        }
    }

    @Test
    void asksTheAuthorizerAboutItsTasksAndWhatFollows() {
        try (HandDrivenHub hub = HandDrivenHub.inMemory(builder -> builder.authorizer((submission, source) ->
                submission.task().type().equals("admin") ? Optional.of("admins only") : Optional.empty()))) {
            Batch batch = hub.hub().batch("b");

            assertThat(batch.add(Task.of("admin").build()).get(0).submitted()).isInstanceOf(Submitted.Refused.class);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> batch.closeThen(Task.of("admin").build()))
                    .withMessage("what follows batch b: task b is refused: admins only");
            assertThat(batch.status().orElseThrow().closed()).isFalse();
        }
    }

    @Test
    void refusesWrongIdsAndAHubThatIsClosed() {
        HandDrivenHub hub = HandDrivenHub.inMemory(imports);
        Batch batch = hub.hub().batch("b");
        assertThat(batch).hasToString("Batch[b]");
        assertThat(batch.status()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> hub.hub().batch("a/b"));
        hub.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> batch.add(Task.of("import").build()));
        assertThatIllegalStateException().isThrownBy(batch::close);
        assertThatIllegalStateException().isThrownBy(batch::status);
        assertThatIllegalStateException().isThrownBy(batch::unsettled);
    }
}
