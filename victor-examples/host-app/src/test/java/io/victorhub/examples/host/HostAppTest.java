package io.victorhub.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HostAppTest {

    private static final String TWO_POSTS = """
            [{"id": "posts", "type": "content_generation", "inputs": {"count": 2, "topic": "gardening"}}]
            """;

    @TempDir
    private Path folder;

    private String printed = "";

    @Test
    void doesTheTasksOfAFileAndShowsWhatCameOfThem() throws Exception {
        int code = run(queue(TWO_POSTS));

        assertThat(code).isZero();
        assertThat(printed)
                .contains("skill content_generator")
                .contains("1 tasks taken in, 0 known, 0 rejected")
                .containsPattern("posts +content_generation +content_generator.* done +[0-9.]+ +2")
                .contains("Autonomous Operation Dashboard:")
                .contains("Tasks Processed: 1");
        assertThat(posts()).hasSize(2);
    }

    @Test
    void saysAtTheSecondRunWhatIsDoneAndHowToDoItAnew() throws Exception {
        Path queue = queue(TWO_POSTS);
        run(queue);

        assertThat(run(queue)).isZero();

        assertThat(printed)
                .contains("0 tasks taken in, 1 known, 0 rejected")
                .contains("task posts is known from a run before: done")
                .contains("to do them anew: add --again");
        assertThat(run(queue, "--again")).isZero();
        assertThat(printed).contains("1 tasks taken in, 0 known, 0 rejected");
        assertThat(posts()).hasSize(4);
    }

    @Test
    void doesTheGoodEntriesOfAFileAndTellsOfTheOthers() throws Exception {
        int code = run(queue("""
                [{"id": "posts", "type": "content_generation", "inputs": {"count": 1, "topic": "gardening"}},
                 {"typ": "content_generation"},
                 {"id": "nobody", "type": "nobody"},
                 {"id": "baroque", "type": "content_generation", "inputs": {"topic": "AI", "style": "baroque"}}]
                """));

        assertThat(code).isEqualTo(1);
        assertThat(printed)
                .contains("3 tasks taken in, 0 known, 1 rejected")
                .contains("what is wrong, and what to do: ")
                .contains("baroque: INVALID_INPUT: input 'style' is 'baroque'; it must be one of")
                .contains("nobody: no skill serves type nobody");
        assertThat(posts()).hasSize(1);
    }

    @Test
    void putsAFileAsideThatIsNoJson() throws Exception {
        int code = run(queue("[{\"type\": "));

        assertThat(code).isEqualTo(1);
        assertThat(printed).contains("the file was put aside: ");
        assertThat(folder.resolve("home/tasks/rejected")).isNotEmptyDirectory();
    }

    @Test
    void explainsItselfWhereTheCommandLineIsWrong() throws Exception {
        assertThat(HostApp.run(List.of("--bogus"), out(new ByteArrayOutputStream())))
                .isEqualTo(2);
        assertThat(HostApp.run(List.of("no-such-file.json", "--home", home()), out(new ByteArrayOutputStream())))
                .isEqualTo(2);
        assertThat(HostApp.run(List.of("--help"), out(new ByteArrayOutputStream())))
                .isZero();
    }

    private int run(Path queue, String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--home", home(), queue.toString()));
        arguments.addAll(List.of(more));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = out(bytes);
        int code = HostApp.run(arguments, out);
        out.flush();
        printed = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private static PrintStream out(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }

    private String home() {
        return folder.resolve("home").toString();
    }

    private Path queue(String json) throws IOException {
        return Files.writeString(folder.resolve("queue.json"), json);
    }

    private List<Path> posts() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("home/artifacts"))) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }
}
