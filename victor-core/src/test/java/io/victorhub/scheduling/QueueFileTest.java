package io.victorhub.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.scheduling.QueueFile.Contents;
import io.victorhub.scheduling.QueueFile.Problem;
import io.victorhub.scheduling.inbox.Inbox;
import io.victorhub.scheduling.inbox.InboxSettings;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Submitted;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueFileTest {

    private static final Task POSTS = Task.of("content_generation")
            .id("posts")
            .description("Ten \"posts\" on\nAI")
            .input("count", 10)
            .priority(7)
            .deadline(Instant.parse("2026-01-05T09:00:00Z"))
            .context(Map.of("owner", "me"))
            .build();
    private static final Task TRACKS = Task.of("music_generation").id("tracks").build();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("queue.json");
    }

    @Test
    void readsWhatItWrote() throws IOException {
        QueueFile.write(file, List.of(POSTS, TRACKS));

        assertThat(QueueFile.read(file, ZoneOffset.UTC)).isEqualTo(new Contents(List.of(POSTS, TRACKS), List.of()));
    }

    @Test
    void writesTheSeedsMembers() throws IOException {
        QueueFile.write(file, List.of(TRACKS));

        assertThat(file).content().isEqualTo("""
                        [
                          {
                            "id" : "tracks",
                            "type" : "music_generation",
                            "description" : "",
                            "inputs" : { },
                            "priority" : 5,
                            "deadline" : null,
                            "context" : { }
                          }
                        ]
                        """);
    }

    @Test
    void appendsBehindWhatIsThere() throws IOException {
        QueueFile.append(file, List.of(POSTS));
        QueueFile.append(file, List.of());
        QueueFile.append(file, List.of(TRACKS));

        assertThat(QueueFile.read(file, ZoneOffset.UTC).tasks()).containsExactly(POSTS, TRACKS);
    }

    @Test
    void keepsWhatIsThereByteByByte() throws IOException {
        String odd = "\uFEFF [ {\"type\":\"a\", \"mine\": 1.00, \"mine\": \"]\"},\r\n 7 ]\n\n";
        Files.writeString(file, odd);

        QueueFile.append(file, List.of(TRACKS));

        assertThat(Files.readString(file))
                .startsWith(odd.substring(0, odd.lastIndexOf(']')).stripTrailing() + ",\n  {");
        Contents contents = QueueFile.read(file, ZoneOffset.UTC);
        assertThat(contents.tasks()).containsExactly(TRACKS);
        assertThat(contents.problems())
                .extracting(Problem::entry)
                .contains(0, 1)
                .doesNotContain(2);
    }

    @Test
    void appendsToAnEmptyArray() throws IOException {
        Files.writeString(file, "[]");

        QueueFile.append(file, List.of(TRACKS));

        assertThat(QueueFile.read(file, ZoneOffset.UTC).tasks()).containsExactly(TRACKS);
    }

    @Test
    void changesNothingInAFileThatIsNoArray() throws IOException {
        Files.writeString(file, "[{\"type\": ");

        assertThatThrownBy(() -> QueueFile.append(file, List.of(TRACKS)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " cannot be appended to: line 1, column 11: Unexpected end-of-input")
                .hasMessageEndingWith("; mend it or move it away");

        assertThat(file).hasContent("[{\"type\": ");
    }

    @Test
    void refusesIdsThatOnlyHubsMake() {
        Task task = Task.of("a").id("run/1").build();

        assertThatThrownBy(() -> QueueFile.append(file, List.of(task)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("task run/1 has a '/' in its id, which only ids made by a hub have; give it another id");
        assertThat(file).doesNotExist();
    }

    @Test
    void tellsWhatIsWrongAndWhere() throws IOException {
        Files.writeString(file, "[\n{\"type\": \"a\", \"priority\": 11},\n{\"id\": \"ok\", \"type\": \"a\"}]");

        Contents contents = QueueFile.read(file, ZoneOffset.UTC);

        assertThat(contents.tasks()).extracting(Task::id).containsExactly("ok");
        assertThat(contents.problems())
                .containsExactly(
                        new Problem(0, 2, "priority", "entry 0: priority is 11; it must be a whole number 0..10"));
    }

    @Test
    void saysWhichFileCannotBeRead() throws IOException {
        Files.writeString(file, "");

        assertThatThrownBy(() -> QueueFile.read(file, ZoneOffset.UTC))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " cannot be read: it is empty; write an array into it, [] for none");
    }

    @Test
    void leavesNoTemporaryFile() throws IOException {
        QueueFile.append(file, List.of(TRACKS));

        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("queue.json", ".queue.json.lock");
    }

    @Test
    void keepsThePermissionsThatTheFileHas() throws IOException {
        QueueFile.write(file, List.of());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        QueueFile.append(file, List.of(TRACKS));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw-r--");
    }

    @Test
    void losesAndDoublesNothingWhileAnInboxTakesTheFile() throws Exception {
        int writers = 4;
        int each = 40;
        List<String> taken = new CopyOnWriteArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try (Inbox inbox = inbox(taken)) {
            List<Future<Void>> writing = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                writing.add(pool.submit(appending("w" + writer, each)));
            }
            while (writing.stream().anyMatch(one -> !one.isDone())) {
                inbox.readNow();
            }
            for (Future<Void> one : writing) {
                one.get();
            }
            inbox.readNow();

            assertThat(inbox.trouble()).isEmpty();
        } finally {
            pool.shutdownNow();
        }
        assertThat(taken).doesNotHaveDuplicates().hasSize(writers * each);
    }

    @Test
    void losesAndDoublesNothingThatAnotherProcessAppends() throws Exception {
        int each = 60;
        List<String> taken = new CopyOnWriteArrayList<>();
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Appending.class.getName(),
                        file.toString(),
                        Integer.toString(each))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        try (Inbox inbox = inbox(taken)) {
            while (other.isAlive()) {
                appending("own-" + taken.size(), 1).call();
                inbox.readNow();
            }
            inbox.readNow();
        } finally {
            other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }

        assertThat(folder.resolve("out")).content().isEmpty();
        assertThat(other.exitValue()).isZero();
        assertThat(taken.stream().filter(id -> id.startsWith("other-")).toList())
                .hasSize(each)
                .doesNotHaveDuplicates();
    }

    /** Another program that hands tasks to the hub. */
    static final class Appending {
        private Appending() {}

        public static void main(String[] args) throws IOException {
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                QueueFile.append(
                        new File(args[0]).toPath(),
                        List.of(Task.of("a").id("other-" + i).build()));
            }
        }
    }

    private Callable<Void> appending(String name, int count) {
        return () -> {
            for (int i = 0; i < count; i++) {
                QueueFile.append(file, List.of(Task.of("a").id(name + "-" + i).build()));
            }
            return null;
        };
    }

    private Inbox inbox(List<String> taken) {
        InboxSettings settings =
                new InboxSettings(folder, ZoneOffset.UTC, Duration.ofMinutes(10), Duration.ZERO, 1 << 20);
        return Inbox.of(settings, InstantSource.system(), (all, waits) -> accept(all, taken), report -> {});
    }

    private static List<Submitted> accept(List<Submission> all, List<String> taken) {
        return IntStream.range(0, all.size())
                .mapToObj(i -> {
                    taken.add(all.get(i).task().id());
                    return (Submitted) new Submitted.Accepted(all.get(i).task().id());
                })
                .toList();
    }
}
