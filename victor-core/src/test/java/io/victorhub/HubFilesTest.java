package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Artifact;
import io.victorhub.spi.Details;
import io.victorhub.spi.Result;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.store.EmbeddedSettings;
import io.victorhub.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that tasks leave in the home of a hub. */
class HubFilesTest {

    @TempDir
    private Path home;

    @Test
    void listsTheFilesThatAResultNamesAndOpensThem() throws Exception {
        try (Hub hub = builder().build()) {
            run(hub, write("a", "posts/one.md", "# One"));

            KeptArtifact kept = hub.artifacts("a").get(0);

            assertThat(kept.name()).isEqualTo("posts/one.md");
            assertThat(kept.file()).isEqualTo(hub.home().resolve(kept.artifact().path()));
            assertThat(kept.isIntact()).isTrue();
            try (InputStream in = kept.open()) {
                assertThat(in.readAllBytes()).isEqualTo("# One".getBytes(StandardCharsets.UTF_8));
            }
            Files.writeString(kept.file(), "# Two");
            assertThat(kept.isIntact()).isFalse();
            assertThat(hub.artifacts("nobody")).isEmpty();
        }
    }

    @Test
    void keepsThemOverARestartAndRemovesWhatAKilledProcessLeft() throws Exception {
        try (Hub hub = builder().build()) {
            run(hub, write("a", "one.md", "# One"));
            run(hub, Task.of("fail").id("b").build());
        }
        Path orphan = Files.createDirectories(home.resolve("artifacts/0123456789abcdef01234567-1-1"));
        Files.writeString(orphan.resolve("left"), "left");

        try (Hub hub = builder().build()) {
            assertThat(hub.artifacts("a"))
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.isIntact()).isTrue());
            assertThat(orphan).doesNotExist();
            assertThat(hub.workspaces("b"))
                    .singleElement()
                    .satisfies(left -> assertThat(left.resolve("half")).hasContent("half"));
        }
    }

    @Test
    void thoseOfATaskThatIsDoneAtOnceAreInItsResult() {
        try (Hub hub = builder().build()) {
            Artifact artifact = hub.execute(write("a", "one.md", "# One"))
                    .details()
                    .artifacts()
                    .get(0);

            assertThat(hub.home().resolve(artifact.path())).hasContent("# One");
        }
        try (Hub hub = builder().build()) {
            assertThat(hub.home().resolve("artifacts")).isNotEmptyDirectory();
        }
    }

    @Test
    void theyGoWithTheirExecutionsWhenTheLogIsShortened() throws Exception {
        try (Hub hub = small(LogRetention.FOREVER).build()) {
            IntStream.range(0, 200).forEach(i -> hub.submit(write("t-" + i, "one.md", "x".repeat(i))));
            hub.enableAutonomousMode();
            await().until(() -> hub.reviewer().statistics().totals().settled() == 200);
            assertThat(folders()).hasSize(200);
        }
        try (Hub hub = small(LogRetention.FOREVER.bytes(100_000)).build()) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> hub.find("t-0").isEmpty() && folders().size() < 200);

            List<Path> named = Stream.iterate(0, i -> i < 200, i -> i + 1)
                    .flatMap(i -> hub.artifacts("t-" + i).stream())
                    .map(kept -> kept.file().getParent())
                    .toList();
            await().untilAsserted(() -> assertThat(folders()).containsExactlyInAnyOrderElementsOf(named));
            assertThat(named).isNotEmpty();
        }
    }

    @Test
    void anAttemptWhoseFilesDoNotFitFailsForWantOfRoom() {
        try (Hub hub = builder().artifactQuota(8).build()) {
            assertThat(run(hub, write("a", "one", "12345")).succeeded()).isTrue();

            Completion full = run(hub, write("b", "one", "12345"));

            assertThat(full.status()).isEqualTo(TaskStatus.DEAD);
            assertThat(full.execution().orElseThrow().trouble().orElseThrow().reason())
                    .isEqualTo(Result.Reason.RESOURCE);
            assertThat(hub.workspaces("b")).hasSize(1); // with what did not fit, to be looked into
        }
    }

    @Test
    void refusesAQuotaAndARetentionThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().artifactQuota(0))
                .withMessage("the quota of artifacts is 0 bytes; it must be 1 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().workspaceRetention(Duration.ofSeconds(-1)))
                .withMessage("workspace retention is PT-1S; it must not be negative");
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(home.resolve("artifacts"))) {
            return all.toList();
        }
    }

    private static Task write(String id, String file, String content) {
        return Task.of("write")
                .id(id)
                .input("file", file)
                .input("content", content)
                .build();
    }

    private static Completion run(Hub hub, Task task) {
        hub.enableAutonomousMode();
        return hub.submit(task).completion().toCompletableFuture().join();
    }

    private HubBuilder small(LogRetention retention) {
        return builder().logRetention(retention).store(Stores.embedded(EmbeddedSettings.DEFAULT.segmentBytes(1 << 16)));
    }

    private HubBuilder builder() {
        return Hub.at(home)
                .discoverSkills(false)
                .retry(RetryPolicy.immediate(1))
                .skill(LambdaSkill.of("write", HubFilesTest::written))
                .skill(LambdaSkill.of("fail", (task, context) -> {
                    Files.writeString(context.workspace().resolve("half"), "half");
                    return Result.failure(Result.Reason.REFUSED, "for a test");
                }));
    }

    private static Result written(Task task, SkillContext context) throws IOException {
        Path file = context.workspace().resolve(task.inputs().text("file"));
        Files.createDirectories(file.getParent());
        Files.writeString(file, task.inputs().text("content"));
        Artifact artifact = Artifact.of(context.workspace(), file, "text/plain");
        return Result.success("written", Details.builder().artifact(artifact).build());
    }
}
