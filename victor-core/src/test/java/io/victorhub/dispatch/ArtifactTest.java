package io.victorhub.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.spi.Artifact;
import io.victorhub.spi.Details;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Execution.Status;
import io.victorhub.spi.Result;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Fence;
import io.victorhub.spi.store.Lease;
import io.victorhub.testing.RecordingSkill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that an attempt leaves behind, and folders it does not. */
class ArtifactTest {

    private static final String DIGEST = "sha256:" + "0".repeat(64);

    @TempDir
    Path home;

    @TempDir
    Path elsewhere;

    DispatchBench bench;

    @BeforeEach
    void makeBench() {
        bench = new DispatchBench(home);
    }

    @Test
    void anArtifactIsKeptByItsPathBelowTheHome() throws Exception {
        Execution execution = bench.execution((task, context) -> {
            Path file =
                    Files.createDirectory(context.workspace().resolve("posts")).resolve("one.md");
            Files.writeString(file, "# One");
            return success(Artifact.of(context.workspace(), file, "text/markdown"));
        });

        assertThat(execution.status()).isEqualTo(Status.SUCCESS);
        Artifact artifact = execution.details().artifacts().get(0);
        assertThat(artifact.path()).startsWith("artifacts/").endsWith("/posts/one.md");
        assertThat(artifact.size()).isEqualTo(5);
        assertThat(home.resolve(artifact.path())).hasContent("# One");
        assertThat(bench.artifacts.used()).isEqualTo(5);
    }

    @Test
    void aFileWithAnotherContentThanItsDigestSaysIsNoArtifact() {
        refuses(
                workspace -> {
                    Path file = Files.writeString(workspace.resolve("a.md"), "first");
                    Artifact described = Artifact.of(workspace, file, "text/markdown");
                    Files.writeString(file, "other");
                    return described;
                },
                "artifact 'a.md' has the digest sha256:d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa,"
                        + " not sha256:a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e; describe it when"
                        + " it is complete");
    }

    @Test
    void aFileThatIsNamedTwiceIsRefused() {
        Execution execution = bench.execution((task, context) -> {
            Path folder = Files.createDirectory(context.workspace().resolve("posts"));
            Files.createSymbolicLink(context.workspace().resolve("link"), folder);
            Files.writeString(folder.resolve("one.md"), "# One");
            Artifact one = Artifact.of(context.workspace(), folder.resolve("one.md"), "text/markdown");
            Artifact again = new Artifact("link/one.md", "text/markdown", one.size(), one.digest());
            return Result.success(
                    null, Details.builder().artifact(one).artifact(again).build());
        });

        assertThat(execution.trouble().orElseThrow().message())
                .isEqualTo("artifact 'link/one.md' is a file that another artifact names; name each file once");
        assertThat(home.resolve("artifacts")).doesNotExist();
    }

    @Test
    void hostileButPossibleNamesAreKeptAsTheyAre() {
        List<String> names = List.of("-rf *", "...", ".hidden/$(rm)", "a'b\"c;d", "ü/\u202e.txt", "con.txt ");

        Execution execution = bench.execution((task, context) -> {
            Details.Builder details = Details.builder();
            for (String name : names) {
                Path file = context.workspace().resolve(name);
                Files.createDirectories(file.getParent());
                details.artifact(Artifact.of(context.workspace(), Files.writeString(file, name), "text/plain"));
            }
            return Result.success(null, details.build());
        });

        assertThat(execution.details().artifacts())
                .extracting(artifact -> Files.readString(home.resolve(artifact.path())))
                .isEqualTo(names);
    }

    @Test
    void artifactsOfManyAttemptsFillTheQuotaAndNoMore() {
        bench = DispatchBench.keeping(home, 10, Duration.ofDays(1));
        bench.with(RecordingSkill.named("s", "t").doing((task, context) -> {
            Path file = Files.writeString(context.workspace().resolve("a"), "12345");
            return success(Artifact.of(context.workspace(), file, "text/plain"));
        }));

        List<Execution> executions = Stream.of("a", "b", "c")
                .map(id -> bench.attempt(io.victorhub.spi.Task.of("t").id(id).build())
                        .run()
                        .orElseThrow()
                        .execution())
                .toList();

        assertThat(executions)
                .extracting(Execution::status)
                .containsExactly(Status.SUCCESS, Status.SUCCESS, Status.FAILED);
        assertThat(executions.get(2).trouble().orElseThrow())
                .isEqualTo(Execution.Trouble.of(
                        Reason.RESOURCE,
                        "its artifacts have 5 bytes, and of the 10 that this home's artifacts may have only 0 are free;"
                                + " raise artifactQuota, keep less of the log, or write less"));
        assertThat(bench.artifacts.used()).isEqualTo(10);
        bench.artifacts.remove(
                ArtifactShelf.folderOf(executions.get(0)).stream().collect(Collectors.toSet()));
        assertThat(bench.artifacts.used()).isEqualTo(5);
    }

    @Test
    void artifactsThatCannotBePutThereAreTroubleOfTheMachine() throws Exception {
        Files.writeString(home.resolve("artifacts"), "a file is in the way");

        Execution execution = bench.execution((task, context) -> {
            Path file = Files.writeString(context.workspace().resolve("a"), "12345");
            return success(Artifact.of(context.workspace(), file, "text/plain"));
        });

        assertThat(execution.trouble().orElseThrow().reason()).isEqualTo(Reason.RESOURCE);
        assertThat(execution.trouble().orElseThrow().message()).startsWith("its artifacts cannot be kept: ");
        assertThat(bench.artifacts.used()).isZero();
    }

    @Test
    void aSweepRemovesWhatNoExecutionNamesAndCountsTheRest() throws Exception {
        Execution execution = bench.execution((task, context) -> {
            Path file = Files.writeString(context.workspace().resolve("a"), "12345");
            return success(Artifact.of(context.workspace(), file, "text/plain"));
        });
        Path orphan = Files.createDirectories(home.resolve("artifacts/0123-1-1/deep"));
        Files.writeString(orphan.resolve("b"), "left by a process that died");
        ArtifactShelf reopened = new ArtifactShelf(home, 100);

        ArtifactShelf.Sweep sweep = reopened.sweep();
        sweep.see(execution);
        sweep.see(execution);
        sweep.end();

        assertThat(orphan.getParent()).doesNotExist();
        assertThat(home.resolve(execution.details().artifacts().get(0).path())).hasContent("12345");
        assertThat(reopened.used()).isEqualTo(5);
    }

    @Test
    void aMissingFileIsNoArtifact() {
        refuses(
                context -> new Artifact("none.md", "text/markdown", 1, DIGEST),
                "artifact 'none.md' is not in the workspace");
    }

    @Test
    void aFileThatChangedSinceItWasDescribedIsNoArtifact() {
        refuses(
                workspace -> {
                    Path file = Files.writeString(workspace.resolve("a.md"), "first");
                    Artifact described = Artifact.of(workspace, file, "text/markdown");
                    Files.writeString(file, "second");
                    return described;
                },
                "artifact 'a.md' has 6 bytes, not 5; describe it when it is complete");
    }

    @Test
    void aFolderIsNoArtifact() {
        refuses(
                workspace -> {
                    Files.createDirectory(workspace.resolve("posts"));
                    return new Artifact("posts", "text/markdown", 1, DIGEST);
                },
                "artifact 'posts' is no plain file of the workspace");
    }

    @Test
    void aLinkOutOfTheWorkspaceIsNoArtifact() {
        refuses(
                workspace -> {
                    Path secret = Files.writeString(elsewhere.resolve("secret"), "hush");
                    Files.createSymbolicLink(workspace.resolve("a.md"), secret);
                    return new Artifact("a.md", "text/markdown", 4, DIGEST);
                },
                "artifact 'a.md' is no plain file of the workspace");
    }

    @Test
    void aFileBehindALinkedFolderIsNoArtifact() {
        refuses(
                workspace -> {
                    Files.writeString(elsewhere.resolve("secret"), "hush");
                    Files.createSymbolicLink(workspace.resolve("posts"), elsewhere);
                    return new Artifact("posts/secret", "text/markdown", 4, DIGEST);
                },
                "artifact 'posts/secret' is no plain file of the workspace");
    }

    @Test
    void aPathOutOfTheWorkspaceIsRefusedAtOnce() {
        assertThatThrownBy(() -> new Artifact("../secret", "text/plain", 4, DIGEST))
                .hasMessage("artifact '../secret' must lie below the workspace; give its path relative to it");
    }

    @Test
    void whatAnAttemptLeftStaysForATimeAndGoesWithoutFollowingLinks() throws Exception {
        Path outside = Files.writeString(elsewhere.resolve("kept"), "kept");
        bench.execution((task, context) -> {
            Files.createDirectories(context.workspace().resolve("a/b"));
            Files.writeString(context.workspace().resolve("a/b/c"), "part");
            Files.createSymbolicLink(context.workspace().resolve("a/link"), elsewhere);
            return Result.failure(Reason.UNAVAILABLE, "");
        });

        bench.clock.advance(Duration.ofHours(23));
        bench.workspaces.removeOld();
        assertThat(bench.workspaces.of("t-1"))
                .singleElement()
                .satisfies(left -> assertThat(left.resolve("a/b/c")).hasContent("part"));
        bench.clock.advance(Duration.ofHours(2));
        bench.workspaces.removeOld();

        assertThat(workspaces()).isEmpty();
        assertThat(outside).exists();
    }

    @Test
    void aWorkspaceThatIsInUseStaysHoweverOldItIs() throws Exception {
        bench.with(RecordingSkill.named("s", "t"));
        Path used = workspace(bench.attempt(DispatchBench.task()));
        Files.writeString(used.resolve("half"), "half");
        Files.setLastModifiedTime(used, FileTime.from(Instant.EPOCH));

        bench.workspaces.removeOld();

        assertThat(used.resolve("half")).hasContent("half");
    }

    @Test
    void anAttemptLeavesNothingBehindWhereWorkspacesAreNotKept() throws Exception {
        bench = DispatchBench.keeping(home, 10, Duration.ZERO);
        AtomicReference<Attempt> running = new AtomicReference<>();
        running.set(bench.attemptOf((task, context) -> {
            Files.writeString(context.workspace().resolve("half"), "half");
            running.get().cancel(Reason.CANCELLED, "it was cancelled");
            throw new InterruptedException();
        }));

        running.get().run();

        assertThat(workspaces()).isEmpty();
    }

    @Test
    void aSuccessThatWroteNothingLeavesNoFolder() throws Exception {
        bench.execution((task, context) -> Result.success(Files.isDirectory(context.workspace())));

        assertThat(workspaces()).isEmpty();
    }

    @Test
    void anAttemptFindsItsWorkspaceEmptyWhateverALostOneLeft() throws Exception {
        Submission submission = Submission.of(DispatchBench.task());
        bench.with(RecordingSkill.named("s", "t"));
        Attempt lost = bench.attempt(submission);
        Files.writeString(workspace(lost).resolve("half"), "half");

        Attempt next = bench.attempt(submission);

        assertThat(workspace(next)).isEqualTo(workspace(lost)).isEmptyDirectory();
    }

    @Test
    void eachAttemptHasAWorkspaceOfItsOwn() {
        Submission submission = Submission.of(DispatchBench.task());
        bench.with(RecordingSkill.named("s", "t"));

        Plan first = bench.dispatcher.plan(bench.lease(submission, 1));
        Plan second = bench.dispatcher.plan(bench.lease(submission, 2));

        assertThat(List.of(first, second))
                .extracting(plan -> workspace(((Plan.Run) plan).attempt()))
                .doesNotHaveDuplicates();
    }

    /** They have no history that could tell whether the id was there before. */
    @Test
    void whatRunsAtOnceNeverTakesAnothersWorkspace() {
        Submission submission = Submission.of(DispatchBench.task());
        bench.with(RecordingSkill.named("s", "t").doing((task, context) -> {
            Path file = Files.writeString(context.workspace().resolve("a.md"), "kept");
            return success(Artifact.of(context.workspace(), file, "text/markdown"));
        }));
        Lease now =
                new Lease(submission, new Fence(Dispatcher.UNQUEUED, 1), 1, 1, bench.clock.instant(), Optional.empty());

        List<String> kept = Stream.of(bench.lease(submission), now, now)
                .map(lease -> ((Plan.Run) bench.dispatcher.plan(lease))
                        .attempt()
                        .run()
                        .orElseThrow())
                .map(ended -> ended.execution().details().artifacts().get(0).path())
                .toList();

        assertThat(kept)
                .doesNotHaveDuplicates()
                .allSatisfy(path -> assertThat(home.resolve(path)).hasContent("kept"));
    }

    @Test
    void anIdIsNeverUsedAsAPath() {
        AtomicReference<Path> workspace = new AtomicReference<>();
        bench.with(RecordingSkill.named("s", "t").doing((task, context) -> {
            workspace.set(context.workspace());
            return Result.success(null);
        }));

        bench.attempt(io.victorhub.spi.Task.of("t").id("../../etc").build()).run();

        assertThat(workspace.get().getParent()).isEqualTo(home.resolve("workspace"));
        assertThat(workspace.get().getFileName().toString()).matches("[0-9a-f]{24}-1-1");
    }

    @Test
    void aSkillThatAsksForNoWorkspaceCostsNoFolder() {
        bench.execution((task, context) -> Result.success(null));

        assertThat(home.resolve("workspace")).doesNotExist();
    }

    @Test
    void aWorkspaceIsTheSameHoweverOftenItIsAskedFor() throws Exception {
        bench.execution((task, context) -> {
            Files.writeString(context.workspace().resolve("a"), "a");
            assertThat(context.workspace().resolve("a")).hasContent("a");
            return Result.success(null);
        });

        assertThat(workspaces())
                .singleElement()
                .satisfies(one -> assertThat(one.resolve("a")).hasContent("a"));
    }

    @Test
    void anArtifactOfASkillThatAskedForNoWorkspaceIsNone() {
        Execution execution =
                bench.execution((task, context) -> success(new Artifact("none.md", "text/markdown", 1, DIGEST)));

        assertThat(execution.trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble.message())
                        .isEqualTo("artifact 'none.md' is not in the workspace, which was never asked for"));
    }

    private static Path workspace(Attempt attempt) {
        return attempt.means().context().workspace();
    }

    private interface Naming {
        Artifact in(Path workspace) throws IOException;
    }

    private void refuses(Naming naming, String message) {
        Execution execution = bench.execution((task, context) -> success(naming.in(context.workspace())));

        assertThat(execution.trouble()).hasValueSatisfying(trouble -> {
            assertThat(trouble.reason()).isEqualTo(Reason.INVALID_RESULT);
            assertThat(trouble.message()).isEqualTo(message);
        });
        assertThat(execution.details().artifacts()).isEmpty();
    }

    private static Result success(Artifact artifact) {
        return Result.success(null, Details.builder().artifact(artifact).build());
    }

    private List<Path> workspaces() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("workspace"))) {
            return files.toList();
        }
    }
}
