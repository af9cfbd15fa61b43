package io.victorhub.scheduling.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.json.Json;
import io.victorhub.json.JsonLimits;
import io.victorhub.scheduling.InboxReport;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of good and bad files, looked at by hand. */
class InboxTest {

    private static final String FIRST = "inbox-20260105T090000.000Z-1";

    private static final String SEED = """
            [
              {
                "id": "task_001",
                "type": "content_generation",
                "description": "Generate 10 blog posts about AI",
                "inputs": {
                  "count": 10,
                  "topic": "AI",
                  "style": "professional"
                },
                "priority": 5,
                "deadline": null,
                "context": {}
              },
              {
                "id": "task_002",
                "type": "music_generation",
                "description": "Create 20 stock music tracks",
                "inputs": {
                  "count": 20,
                  "genres": ["ambient", "electronic", "corporate"]
                },
                "priority": 7,
                "deadline": null,
                "context": {}
              }
            ]
            """;

    @TempDir
    private Path home;

    private InboxFixture tasks;

    @BeforeEach
    void open() {
        tasks = new InboxFixture(home);
    }

    @AfterEach
    void close() {
        tasks.close();
    }

    @Test
    void submitsTheSeedsFileAndPutsItAway() throws IOException {
        tasks.drop(SEED);

        List<InboxReport> reports = tasks.inbox().readNow();

        Path kept = tasks.folder.resolve("imported/" + FIRST + ".json");
        assertThat(reports)
                .containsExactly(new InboxReport(
                        kept, 2, 0, List.of(), 0, Optional.empty(), Optional.empty(), InboxFixture.NINE));
        assertThat(tasks.reports).isEqualTo(reports);
        assertThat(tasks.accepted)
                .containsExactly(
                        Task.of("content_generation")
                                .id("task_001")
                                .description("Generate 10 blog posts about AI")
                                .input("count", 10)
                                .input("topic", "AI")
                                .input("style", "professional")
                                .build(),
                        Task.of("music_generation")
                                .id("task_002")
                                .description("Create 20 stock music tracks")
                                .input("count", 20)
                                .input("genres", List.of("ambient", "electronic", "corporate"))
                                .priority(7)
                                .build());
        assertThat(kept).hasContent(SEED);
        assertThat(tasks.queue()).doesNotExist();
        assertThat(tasks.files("rejected")).isEmpty();
    }

    @Test
    void makesTheFolderAndDoesNothingWithoutAFile() throws IOException {
        assertThat(tasks.inbox().readNow()).isEmpty();

        assertThat(tasks.folder.resolve("imported")).isDirectory();
        assertThat(tasks.folder.resolve("rejected")).isDirectory();
    }

    @Test
    void demandsATypeOnlyAndTakesNullForWhatIsLeftOut() throws IOException {
        tasks.drop("[{\"type\": \"a\"}, {\"id\": null, \"type\": \"b\", \"description\": null, \"inputs\": null,"
                + " \"priority\": null, \"deadline\": null, \"context\": null}]");

        tasks.inbox().readNow();

        assertThat(tasks.accepted)
                .containsExactly(
                        Task.of("a").id(FIRST + "/0").build(),
                        Task.of("b").id(FIRST + "/1").build());
    }

    @Test
    void runsTheSameContentAgainWhenItIsDroppedAgain() throws IOException {
        Inbox inbox = tasks.inbox();
        tasks.drop("[{\"type\": \"a\"}]");
        inbox.readNow();
        Files.delete(tasks.folder.resolve("imported/" + FIRST + ".json"));
        tasks.drop("[{\"type\": \"a\"}]");

        inbox.readNow();

        assertThat(tasks.ids()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void neverTakesANameThatAnEarlierProcessTook() throws IOException {
        tasks.drop("[{\"type\": \"a\"}]");
        tasks.inbox().readNow();
        tasks.drop("[{\"type\": \"a\"}]");

        tasks.inbox().readNow();

        assertThat(tasks.files("imported")).containsExactly(FIRST + ".json", "inbox-20260105T090000.000Z-2.json");
        assertThat(tasks.ids()).hasSize(2);
    }

    @Test
    void reportsAKnownIdAndDoesNothing() throws IOException {
        Inbox inbox = tasks.inbox();
        tasks.drop("[{\"id\": \"x\", \"type\": \"a\"}]");
        inbox.readNow();
        tasks.drop("[{\"id\": \"x\", \"type\": \"a\"}, {\"id\": \"y\", \"type\": \"a\"}]");

        InboxReport report = inbox.readNow().get(0);

        assertThat(report.accepted()).isEqualTo(1);
        assertThat(report.known()).isEqualTo(1);
        assertThat(report.knownIds()).containsExactly("x");
        assertThat(report.rejected()).isZero();
        assertThat(tasks.ids()).containsExactly("x", "y");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T18:00:00Z, 2026-01-05T18:00:00Z",
        "2026-01-05T18:00:00+02:00, 2026-01-05T16:00:00Z",
        "2026-01-05T18:00:00, 2026-01-05T17:00:00Z",
        "2026-07-05T18:00, 2026-07-05T16:00:00Z",
        "2026-01-05T18:00:00.5-05:00[America/New_York], 2026-01-05T23:00:00.500Z"
    })
    void readsADeadlineWithAnOffsetOrInTheZone(String written, Instant meant) throws IOException {
        tasks.drop("[{\"type\": \"a\", \"deadline\": \"" + written + "\"}]");

        tasks.inbox().readNow();

        assertThat(tasks.accepted.get(0).deadline()).contains(meant);
    }

    @Test
    void acceptsADeadlineInThePastWhichTheStoreSettlesAsExpired() throws IOException {
        tasks.drop("[{\"id\": \"late\", \"type\": \"a\", \"deadline\": \"2020-01-01T00:00:00Z\"}]");

        InboxReport report = tasks.inbox().readNow().get(0);
        tasks.store.tasks().expire(10);

        assertThat(report.accepted()).isEqualTo(1);
        assertThat(tasks.store.tasks().find("late"))
                .get()
                .extracting(TaskState::status)
                .isEqualTo(TaskStatus.EXPIRED);
    }

    @ParameterizedTest
    @CsvSource({"+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z"})
    void acceptsTheLongestAndTheShortestDeadline(String deadline) throws IOException {
        tasks.drop("[{\"type\": \"a\", \"deadline\": \"" + deadline + "\"}]");

        Inbox inbox = tasks.inbox();

        assertThat(inbox.readNow()).extracting(InboxReport::accepted).containsExactly(1);
        assertThat(inbox.trouble()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{} ~ type ~ entry 1: it has no type; name what kind of work it is, such as \"content_generation\"",
                "{\"type\": null} ~ type ~ entry 1: it has no type; name what kind of work it is, such as \"content_generation\"",
                "{\"type\": 5} ~ type ~ entry 1: type is 5; it must be text",
                "{\"type\": \"A b\"} ~ type ~ entry 1: task type 'A b' must be 1 to 100 of a-z, 0-9, '.', '_' and '-', and begin with a letter or a digit",
                "{\"type\": \"a\", \"id\": 7} ~ id ~ entry 1: id is 7; it must be text",
                "{\"type\": \"a\", \"id\": \"\"} ~ id ~ entry 1: task id '' has 0 characters; it must have 1 to 200",
                "{\"type\": \"a\", \"id\": \"a\\nb\"} ~ id ~ entry 1: task id 'a<U+000A>b' has the unprintable character U+000A; remove it",
                "{\"type\": \"a\", \"id\": \"a/b\"} ~ id ~ entry 1: id 'a/b' has a '/', which only ids made by the hub have; leave it out",
                "{\"type\": \"a\", \"id\": \"one\"} ~ id ~ entry 1: id 'one' is that of entry 0 already; give it another one, or none",
                "{\"type\": \"a\", \"description\": []} ~ description ~ entry 1: description is a list; it must be text",
                "{\"type\": \"a\", \"inputs\": \"x\"} ~ inputs ~ entry 1: inputs is the text 'x'; it must be an object",
                "{\"type\": \"a\", \"context\": [1]} ~ context ~ entry 1: context is a list; it must be an object",
                "{\"type\": \"a\", \"priority\": 11} ~ priority ~ entry 1: priority is 11; it must be a whole number 0..10",
                "{\"type\": \"a\", \"priority\": -1} ~ priority ~ entry 1: priority is -1; it must be a whole number 0..10",
                "{\"type\": \"a\", \"priority\": 5.5} ~ priority ~ entry 1: priority is 5.5; it must be a whole number 0..10",
                "{\"type\": \"a\", \"priority\": 99999999999999999999} ~ priority ~ entry 1: priority is 99999999999999999999; it must be a whole number 0..10",
                "{\"type\": \"a\", \"priority\": \"high\"} ~ priority ~ entry 1: priority is the text 'high'; it must be a whole number 0..10",
                "{\"type\": \"a\", \"deadline\": \"tomorrow\"} ~ deadline ~ entry 1: deadline is the text 'tomorrow'; it must be null or an ISO-8601 time, such as \"2026-01-05T18:00:00Z\", or without 'Z' in Europe/Berlin",
                "{\"type\": \"a\", \"deadline\": \"2026-02-30T00:00:00Z\"} ~ deadline ~ entry 1: deadline is the text '2026-02-30T00:00:00Z'; it must be null or an ISO-8601 time, such as \"2026-01-05T18:00:00Z\", or without 'Z' in Europe/Berlin",
                "{\"type\": \"a\", \"deadline\": 1767600000} ~ deadline ~ entry 1: deadline is 1767600000; it must be null or an ISO-8601 time, such as \"2026-01-05T18:00:00Z\", or without 'Z' in Europe/Berlin",
                "{\"type\": \"a\", \"prioritty\": 7} ~ prioritty ~ entry 1 has the member 'prioritty', which a task does not have; did you mean 'priority'?",
                "{\"type\": \"a\", \"owner\": \"me\"} ~ owner ~ entry 1 has the member 'owner', which a task does not have; put what is your own into 'inputs' or 'context'",
                "{\"type\": \"a\", \"type\": \"b\"} ~ type ~ entry 1, member 'type': it stands there twice; keep one",
                "7 ~ `` ~ entry 1: it is 7; it must be an object with at least a type",
                "null ~ `` ~ entry 1: it is null; it must be an object with at least a type"
            })
    void rejectsABadEntryAndGoesOnWithTheGoodOnes(String entry, String field, String message) throws IOException {
        tasks.drop("[{\"type\": \"a\", \"id\": \"one\"},\n" + entry + ",\n{\"type\": \"a\", \"id\": \"two\"}]");

        InboxReport report = tasks.inbox().readNow().get(0);

        assertThat(tasks.ids()).containsExactly("one", "two");
        assertThat(report.accepted()).isEqualTo(2);
        assertThat(report.rejected()).isEqualTo(1);
        assertThat(report.rejects()).contains(tasks.folder.resolve("rejected/" + FIRST + ".rejected.json"));
        Map<?, ?> row = (Map<?, ?>) rows().get(0);
        assertThat(row.get("index")).isEqualTo(1L);
        assertThat(row.get("line")).isEqualTo(2L);
        Map<?, ?> problem = (Map<?, ?>) ((List<?>) row.get("problems")).get(0);
        assertThat(problem.get("message")).isEqualTo(message);
        assertThat(problem.get("field")).isEqualTo(field);
        assertThat(tasks.files("imported")).containsExactly(FIRST + ".json");
    }

    @Test
    void listsTheEntryWithFieldValueAndAllThatIsWrong() throws IOException {
        tasks.drop("[{\"type\": \"a\", \"priority\": 12, \"input\": {\"n\": 1}}]");

        tasks.inbox().readNow();

        assertThat(parsed(tasks.rejected(FIRST + ".rejected.json"))).isEqualTo(parsed("""
                        {
                          "file": "%s.json",
                          "at": "2026-01-05T09:00:00Z",
                          "rejected": [{
                            "index": 0,
                            "line": 1,
                            "problems": [{
                              "field": "input",
                              "value": "an object",
                              "message": "entry 0 has the member 'input', which a task does not have; did you mean 'inputs'?"
                            }, {
                              "field": "priority",
                              "value": 12,
                              "message": "entry 0: priority is 12; it must be a whole number 0..10"
                            }],
                            "entry": {"type": "a", "priority": 12, "input": {"n": 1}}
                          }],
                          "entries": 1
                        }
                        """.formatted(FIRST)));
    }

    @Test
    void rejectsAnEntryThatIsNestedTooDeepAndNamesThePlace() throws IOException {
        String deep = "{\"a\":".repeat(70) + "1" + "}".repeat(70);
        tasks.drop("[{\"type\": \"a\", \"inputs\": " + deep + "}, {\"type\": \"a\", \"id\": \"good\"}]");

        tasks.inbox().readNow();

        assertThat(tasks.ids()).containsExactly("good");
        assertThat(tasks.rejected(FIRST + ".rejected.json")).contains("is nested deeper than 64 levels; flatten it");
    }

    @Test
    void rejectsHalfACharacterAndStillWritesWhatIsWrong() throws IOException {
        tasks.drop(
                "[{\"type\": \"a\", \"description\": \"\\ud800\", \"inputs\": {\"a\": \"\\udc00\"}, \"owner\": \"\\ud801\"}]");

        InboxReport report = tasks.inbox().readNow().get(0);

        assertThat(report.rejected()).isEqualTo(1);
        assertThat((List<?>) ((Map<?, ?>) rows().get(0)).get("problems")).hasSize(3);
    }

    @Test
    void rejectsWhatTheStoreRefuses() throws IOException {
        String large = "x".repeat(2 << 20);
        tasks.drop("[{\"type\": \"a\", \"id\": \"large\", \"inputs\": {\"text\": \"" + large
                + "\"}}, {\"type\": \"a\", \"id\": \"small\"}]");

        InboxReport report = tasks.inbox().readNow().get(0);

        assertThat(report.rejected()).isEqualTo(1);
        assertThat(tasks.ids()).containsExactly("small");
        assertThat(tasks.rejected(FIRST + ".rejected.json")).contains("put what is large into a file");
    }

    @Test
    void doesNotCountABadEntryAsTheOwnerOfItsId() throws IOException {
        tasks.drop("[{\"id\": \"x\", \"type\": 1}, {\"id\": \"x\", \"type\": \"a\"}]");

        tasks.inbox().readNow();

        assertThat(tasks.ids()).containsExactly("x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "`` ~ it is empty",
                "` ` ~ it is empty",
                "{\"type\": \"a\"} ~ it is no array",
                "[{\"type\": \"a\"}, {\"type\": \"b\", \"pri ~ Unexpected end-of-input",
                "[{\"type\": \"a\"} ~ Unexpected end-of-input",
                "[{\"type\": \"a\"}] [] ~ there is more behind the end of the array",
                "tasks: none ~ Unrecognized token 'tasks'",
                "null ~ it is no array"
            })
    void putsAFileThatIsNoArrayAsideWholeWithTheReason(String content, String why) throws IOException {
        tasks.drop(content);

        InboxReport report = tasks.inbox().readNow().get(0);

        assertThat(tasks.ids()).isEmpty();
        assertThat(report.unreadable()).get(InstanceOfAssertFactories.STRING).contains(why);
        assertThat(report.file()).isEqualTo(tasks.folder.resolve("rejected/" + FIRST + ".json"));
        assertThat(Files.readString(report.file())).isEqualTo(content);
        assertThat(report.rejects()).contains(tasks.folder.resolve("rejected/" + FIRST + ".why.txt"));
        assertThat(tasks.rejected(FIRST + ".why.txt"))
                .startsWith(FIRST + ".json was put aside whole: ")
                .contains(why)
                .contains("Mend it and put it back as " + tasks.queue());
        assertThat(tasks.files("imported")).isEmpty();
    }

    @Test
    void putsAFileThatIsNotUtf8AsideWhole() throws IOException {
        tasks.drop("[{\"type\": \"a\", \"description\": \"für\"}]".getBytes(StandardCharsets.ISO_8859_1));

        InboxReport report = tasks.inbox().readNow().get(0);

        assertThat(report.unreadable()).contains("it is not UTF-8 at byte 32; save it as UTF-8");
        assertThat(tasks.ids()).isEmpty();
    }

    @Test
    void putsAFileThatIsUtf16AsideWhole() throws IOException {
        tasks.drop("[]".getBytes(StandardCharsets.UTF_16));

        assertThat(tasks.inbox().readNow().get(0).unreadable()).contains("it is not UTF-8 at byte 0; save it as UTF-8");
    }

    @Test
    void putsAFileThatIsNestedBeyondReasonAsideWhole() throws IOException {
        tasks.drop("[{\"type\": \"a\"}, " + "[".repeat(500_000));

        InboxReport report = tasks.inbox().readNow().get(0);

        assertThat(report.unreadable()).get(InstanceOfAssertFactories.STRING).contains("nested deeper than 200 levels");
        assertThat(tasks.ids()).isEmpty();
    }

    @Test
    void putsAFileThatIsTooLargeAsideWithoutReadingIt() throws IOException {
        tasks.drop("[{\"type\": \"a\"}]");

        InboxReport report =
                tasks.inbox(tasks::submit, step -> {}, 10).readNow().get(0);

        assertThat(report.unreadable()).contains("it has 15 bytes, more than 10; split it into smaller files");
    }

    @Test
    void takesALargeFileInBatches() throws IOException {
        List<Integer> batches = new ArrayList<>();
        tasks.drop(
                IntStream.range(0, 2500).mapToObj(i -> "{\"type\": \"a\"}").collect(Collectors.joining(",", "[", "]")));

        InboxReport report = tasks.inbox(
                        all -> {
                            batches.add(all.size());
                            return tasks.submit(all);
                        },
                        step -> {},
                        Long.MAX_VALUE)
                .readNow()
                .get(0);

        assertThat(report.accepted()).isEqualTo(2500);
        assertThat(batches).containsExactly(1000, 1000, 500);
    }

    @Test
    void keepsTheFileClaimedWhileTheStoreTakesNothing() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        Inbox inbox = tasks.inbox(
                all -> {
                    if (calls.incrementAndGet() <= 2) {
                        throw new StorageException("the disk is full");
                    }
                    return tasks.submit(all);
                },
                step -> {},
                Long.MAX_VALUE);
        tasks.drop("[{\"type\": \"a\"}]");

        assertThat(inbox.readNow()).isEmpty();
        assertThat(inbox.trouble()).get(InstanceOfAssertFactories.STRING).contains("the disk is full");
        assertThat(tasks.files("")).containsExactly(FIRST + ".json");
        assertThat(inbox.readNow()).isEmpty();

        assertThat(inbox.readNow()).extracting(InboxReport::accepted).containsExactly(1);
        assertThat(inbox.trouble()).isEmpty();
        assertThat(tasks.ids()).containsExactly(FIRST + "/0");
    }

    @Test
    void finishesClaimedFilesBeforeNewOnesAndTheOldestFirst() throws IOException {
        Files.createDirectories(tasks.folder);
        for (int i : new int[] {10, 9}) {
            Files.writeString(
                    tasks.folder.resolve("inbox-20260104T090000.000Z-" + i + ".json"),
                    "[{\"id\": \"old-" + i + "\", \"type\": \"a\"}]");
        }
        tasks.drop("[{\"id\": \"new\", \"type\": \"a\"}]");

        tasks.inbox().readNow();

        assertThat(tasks.accepted).extracting(Task::id).containsExactly("old-9", "old-10", "new");
    }

    @Test
    void leavesForeignFilesAlone() throws IOException {
        Files.createDirectories(tasks.folder);
        Files.writeString(tasks.folder.resolve("inbox-notes.json"), "[{\"type\": \"a\"}]");
        Files.writeString(tasks.folder.resolve("queue.json.bak"), "[{\"type\": \"a\"}]");

        assertThat(tasks.inbox().readNow()).isEmpty();

        assertThat(tasks.files("")).containsExactly("inbox-notes.json", "queue.json.bak");
    }

    @Test
    void goesOnWhenTheListenerThrows() throws IOException {
        Inbox inbox = new Inbox(
                InboxSettings.of(tasks.folder, InboxFixture.BERLIN),
                () -> InboxFixture.NINE,
                System::nanoTime,
                (all, waits) -> tasks.submit(all),
                report -> {
                    throw new AssertionError("a listener's own trouble");
                },
                step -> {});
        tasks.drop("[{\"type\": \"a\"}]");

        assertThat(inbox.readNow()).hasSize(1);
    }

    @Test
    void countsJoinedAndKnownAlike() throws IOException {
        tasks.drop("[{\"id\": \"x\", \"type\": \"a\"}]");

        InboxReport report = tasks.inbox(all -> List.of(new Submitted.Joined("x", "other")), step -> {}, Long.MAX_VALUE)
                .readNow()
                .get(0);

        assertThat(report.known()).isEqualTo(1);
    }

    @Test
    void readsNothingOnceClosed() {
        Inbox inbox = tasks.inbox();
        inbox.close();
        inbox.close();

        assertThatThrownBy(inbox::readNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the inbox of " + tasks.folder + " is closed; make another one");
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new InboxSettings(home, InboxFixture.BERLIN, Duration.ZERO, InboxFixture.QUIET, 1))
                .hasMessage("an inbox that looks every PT0S; make it longer");
    }

    private List<?> rows() throws IOException {
        return (List<?>) ((Map<?, ?>) parsed(tasks.rejected(FIRST + ".rejected.json"))).get("rejected");
    }

    private static Object parsed(String json) {
        return Objects.requireNonNull(Json.parse(json.getBytes(StandardCharsets.UTF_8), new JsonLimits(1 << 26, 300)));
    }
}
