package io.victorhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.victorhub.Erasure;
import io.victorhub.review.Statistics;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Artifact;
import io.victorhub.spi.Details;
import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A marker in everything that a task carries and leaves is nowhere in the home once the task is erased. */
class ErasedHomeTest {

    private static final String MARK = "dQ0-marker-4714";

    /** Leaves the marker wherever a skill can. */
    private static final class Marking implements Skill {
        @Override
        public SkillDescriptor descriptor() {
            return SkillDescriptor.of("marking").capability("mark").build();
        }

        @Override
        public Result execute(Task task, SkillContext context) throws IOException {
            context.log("read " + task.inputs().text("mark"));
            context.progress(.5, "half of " + MARK);
            Path file = Files.writeString(context.workspace().resolve(MARK + ".txt"), MARK);
            Files.writeString(context.workspace().resolve("scratch-" + MARK), MARK);
            if (task.description().isEmpty()) {
                return Result.failure(Result.Reason.REFUSED, "it is about " + MARK);
            }
            context.submit(Task.of("mark")
                    .id(task.id() + "-next")
                    .description("")
                    .input("mark", MARK)
                    .build());
            return Result.success(
                    Map.of("made", MARK),
                    Details.builder()
                            .metadata("about", MARK)
                            .artifact(Artifact.of(context.workspace(), file, "text/plain"))
                            .build());
        }
    }

    @TempDir
    private Path home;

    private HandDrivenHub open() {
        return HandDrivenHub.at(
                home, builder -> builder.retry(RetryPolicy.immediate(2)).skill(new Marking()));
    }

    @Test
    void nothingOfItIsFoundInAnyFile() throws IOException {
        try (HandDrivenHub hub = open()) {
            hub.submit(
                    Submission.builder(marked("a")).uniqueKey(MARK).lane(MARK).build());
            dropFile(
                    entry("b", MARK),
                    "{\"id\": \"a\", \"type\": \"mark\", \"wrong\": \"" + MARK + "\"}",
                    "{\"type\": \"mark\", \"description\": \"x\", \"inputs\": {\"mark\": \"" + MARK + "\"}}");
            hub.hub().readInbox();
            dropFile(entry("a", MARK), entry("c", "other"));
            hub.runUntilIdle();
            String byPlace = hub.hub().tasks(TaskQuery.all().max(100)).tasks().stream()
                    .map(task -> task.id())
                    .filter(id -> id.startsWith("inbox-") && id.endsWith("/2"))
                    .findFirst()
                    .orElseThrow();
            Statistics before = hub.hub().reviewer().statistics();
            assertThat(HomeBytes.with(home, MARK)).hasSizeGreaterThan(8);

            List<Erasure> all = hub.hub().eraseAll(List.of("a", "a-next", "b", "b-next", byPlace));

            assertThat(HomeBytes.with(home, MARK)).isEmpty();
            assertThat(all).allMatch(Erasure::found);
            assertThat(all.get(0).removed())
                    .contains(
                            "1 artifacts",
                            "its entry in tasks/queue.json",
                            "its entry in tasks/imported/inbox-20260105T090000.000Z-1.json",
                            "its entry in tasks/rejected/inbox-20260105T090000.000Z-1.rejected.json")
                    .anyMatch(line -> line.endsWith("in the store"));
            assertThat(hub.hub().reviewer().statistics()).isEqualTo(before);
            hub.reopen();
            assertThat(HomeBytes.with(home, MARK)).isEmpty();
            assertThat(hub.hub().reviewer().statistics()).isEqualTo(before);
            assertThat(hub.hub().find("a").orElseThrow().status()).isEqualTo(TaskStatus.DONE);
            assertThat(hub.hub().artifacts("a")).isEmpty();
            assertThat(Files.readString(home.resolve("tasks/queue.json"))).contains("other");
            assertThat(hub.hub().readInbox().get(0).known()).isEqualTo(1); // a is not run again
        }
    }

    @Test
    void aDeadLetterIsNotQueuedAnewAfterwards() {
        try (HandDrivenHub hub = open()) {
            hub.run(Task.of("mark").id("d").input("mark", MARK).build());

            hub.hub().erase("d");

            assertThat(hub.hub().requeue("d")).isFalse();
            assertThat(hub.runUntilIdle()).isZero();
            assertThat(HomeBytes.with(home, MARK)).isEmpty();
        }
    }

    @Test
    void whatIsDoneAtOnceIsErasedToo() {
        try (HandDrivenHub hub = open()) {
            hub.hub().execute(marked("now"));
            hub.runUntilIdle();

            hub.hub().eraseAll(List.of("now", "now-next"));

            assertThat(HomeBytes.with(home, MARK)).isEmpty();
        }
    }

    @Test
    void whatRecoveryHadSetAsideGoesToo() throws IOException {
        try (HandDrivenHub hub = open()) {
            hub.run(marked("a"));
            hub.run(marked("b"));
        }
        Path journal = HomeBytes.with(home.resolve("store"), MARK).get(0);
        byte[] bytes = Files.readAllBytes(journal);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf(MARK) - 2] ^= 2;
        Files.write(journal, bytes);
        try (HandDrivenHub hub = open()) {
            assertThat(HomeBytes.with(home, MARK))
                    .anyMatch(file -> file.toString().contains(".damaged-"));

            hub.hub().eraseAll(List.of("a", "a-next", "b", "b-next"));

            assertThat(HomeBytes.with(home, MARK)).isEmpty();
        }
    }

    @Test
    void whatIsNotSettledIsNotErased() {
        try (HandDrivenHub hub = open()) {
            hub.submit(marked("a"));

            assertThatIllegalStateException()
                    .isThrownBy(() -> hub.hub().erase("a"))
                    .withMessage("task a is READY; only what is settled is erased: cancel it, or wait for its end");
            assertThat(hub.run(marked("b")).succeeded()).isTrue();
            assertThat(hub.hub().find("a").orElseThrow().status()).isEqualTo(TaskStatus.DONE);
        }
    }

    @Test
    void ofATaskThatNobodyKnowsNothingIsFound() {
        try (HandDrivenHub hub = open()) {
            Erasure none = hub.hub().erase("nobody");

            assertThat(none.found()).isFalse();
            assertThat(none.removed()).isEmpty();
            assertThat(none.notReached()).anyMatch(line -> line.contains("backups"));
        }
    }

    private static Task marked(String id) {
        return Task.of("mark")
                .id(id)
                .description("about " + MARK)
                .input("mark", MARK)
                .context(Map.of("for", MARK))
                .build();
    }

    private static String entry(String id, String mark) {
        return "{\"id\": \"" + id + "\", \"type\": \"mark\", \"description\": \"" + mark
                + " \\\"[{\", \"inputs\": {\"mark\": \"" + mark
                + "\"}, \"bad\": \"no\"}".replace(", \"bad\": \"no\"", id.equals("c") ? ", \"priority\": 99" : "");
    }

    private void dropFile(String... entries) throws IOException {
        Files.createDirectories(home.resolve("tasks"));
        Files.writeString(home.resolve("tasks/queue.json"), "\ufeff[ " + String.join(" ,\n", entries) + " ]\n");
    }
}
