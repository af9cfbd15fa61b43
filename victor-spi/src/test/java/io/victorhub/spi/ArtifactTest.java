package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactTest {

    private static final String DIGEST_OF_ABC =
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path folder;

    private Path workspace;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = Files.createDirectories(folder.resolve("workspace"));
    }

    @Test
    void describesAFileWithSizeAndDigest() throws IOException {
        Files.createDirectories(workspace.resolve("posts"));
        Files.writeString(workspace.resolve("posts/a b.md"), "abc");

        Artifact relative = Artifact.of(workspace, Path.of("posts", "a b.md"), "text/markdown");
        Artifact absolute =
                Artifact.of(workspace, workspace.resolve("posts/a b.md").toAbsolutePath(), "text/markdown");

        assertThat(relative)
                .isEqualTo(absolute)
                .isEqualTo(new Artifact("posts/a b.md", "text/markdown", 3, DIGEST_OF_ABC));
    }

    @Test
    void describesAnEmptyFileAndOneLargerThanAChunk() throws IOException {
        Files.write(workspace.resolve("empty"), new byte[0]);
        Files.write(workspace.resolve("large"), new byte[100_001]);

        assertThat(Artifact.of(workspace, Path.of("empty"), "text/plain").digest())
                .isEqualTo("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Artifact.of(workspace, Path.of("large"), "text/plain").size())
                .isEqualTo(100_001);
    }

    @Test
    void takesAwayStepsThatLeadBackIn() throws IOException {
        Files.writeString(workspace.resolve("a.txt"), "abc");

        assertThat(Artifact.of(workspace, Path.of("x", "..", "a.txt"), "text/plain")
                        .path())
                .isEqualTo("a.txt");
    }

    @Test
    void refusesAFileOutsideTheWorkspace() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "abc");
        Path likeNamed = Files.createDirectories(folder.resolve("workspace-2"));
        Files.writeString(likeNamed.resolve("a"), "abc");

        for (Path file : new Path[] {Path.of("..", "secret"), secret, likeNamed.resolve("a"), Path.of("..")}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Artifact.of(workspace, file, "text/plain"))
                    .withMessage("artifact " + file + " lies outside the workspace " + workspace);
        }
    }

    @Test
    void refusesALinkThatLeadsOutside() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "abc");
        link(workspace.resolve("file"), secret);
        link(workspace.resolve("folder"), folder);

        for (Path file : new Path[] {Path.of("file"), Path.of("folder", "secret")}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Artifact.of(workspace, file, "text/plain"))
                    .withMessage("artifact " + file + " is a link that leads outside the workspace " + workspace
                            + "; copy the file into it");
        }
    }

    @Test
    void takesAWorkspaceThatIsReachedOverALink() throws IOException {
        Files.writeString(workspace.resolve("a.txt"), "abc");
        Path link = link(folder.resolve("link"), workspace);

        assertThat(Artifact.of(link, Path.of("a.txt"), "text/plain").digest()).isEqualTo(DIGEST_OF_ABC);
    }

    @Test
    void saysThatAFileIsNotThereOrIsNone() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> Artifact.of(workspace, Path.of("missing"), "text/plain"))
                .withMessageContaining("missing");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> Artifact.of(workspace, workspace, "text/plain"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "..",
                "../a",
                "a/..",
                "a/../../b",
                ".",
                "./a",
                "a/./b",
                "a//b",
                "a/",
                "//"
            })
    void refusesAPathThatIsNoneBelowTheWorkspace(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Artifact(path, "text/plain", 3, DIGEST_OF_ABC))
                .withMessage("artifact '" + path + "' must lie below the workspace; give its path relative to it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "..a", "a..", "...", ".hidden", "a/..b/c", "日本 1.md"})
    void takesAnyOtherName(String path) {
        assertThat(new Artifact(path, "text/plain", 3, DIGEST_OF_ABC).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..\\a", "C:\\a", "a\u0000", "a\nb", "a\uD800"})
    void refusesAPathThatMeansSomethingElseElsewhere(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Artifact(path, "text/plain", 3, DIGEST_OF_ABC))
                .withMessage("artifact '" + Names.shown(path)
                        + "' has a backslash or a character that is no text in its path; give the file another name");
    }

    @Test
    void refusesASizeThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Artifact("a", "text/plain", -1, DIGEST_OF_ABC))
                .withMessage("artifact 'a' has the size -1; it must be 0 or more");
    }

    @Test
    void refusesAMediaTypeOverLines() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Artifact("a", "text/plain\r\nX: y", 1, DIGEST_OF_ABC))
                .withMessage(
                        "artifact 'a' has the media type 'text/plain<U+000D><U+000A>X: y'; it must be like text/plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256:", "md5:00", "sha256:BA7816BF"})
    void refusesADigestThatIsNone(String digest) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Artifact("a", "text/plain", 1, digest))
                .withMessage(
                        "artifact 'a' has the digest '" + digest + "'; it must be sha256: and 64 hexadecimal digits");
    }

    private static Path link(Path link, Path target) throws IOException {
        try {
            return Files.createSymbolicLink(link, target);
        } catch (UnsupportedOperationException | FileSystemException e) {
            return abort("this system makes no links: " + e);
        }
    }
}
