package io.victorhub.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.victorhub.spi.Artifact;
import io.victorhub.spi.Choice;
import io.victorhub.spi.Closed;
import io.victorhub.spi.Details;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Imported;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Rating;
import io.victorhub.spi.Result;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.UniquePolicy;
import io.victorhub.spi.store.StorageException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The format itself: what stands in it, and what becomes of what does not belong there. */
class EntryCodecTest {

    private static final Instant AT = Instant.parse("2026-01-05T09:00:00.5Z");
    private static final EntryCodec CODEC = new EntryCodec();

    @Test
    void writesATaskAsTheSeedDoesAndNothingThatSaysNothing() {
        Task task = Task.of("content_generation").id("t-1").input("count", 10).build();

        assertThat(text(CODEC.encode(Submission.of(task))))
                .isEqualTo("{\"id\":\"t-1\",\"type\":\"content_generation\",\"inputs\":{\"count\":10}}");
    }

    @Test
    void writesAnExecutionAsTheSeedDoesWithOursBeside() {
        Execution execution = Execution.of("t-1", "t")
                .startedAt(AT)
                .duration(Duration.ofMillis(1500))
                .output(List.of("post"))
                .build();

        assertThat(text(CODEC.encode(execution)))
                .isEqualTo("{\"entry\":\"execution\",\"task_id\":\"t-1\",\"type\":\"t\",\"status\":\"success\","
                        + "\"output\":[\"post\"],\"duration\":1.5,\"attempt\":1,\"round\":1,"
                        + "\"started_at\":\"2026-01-05T09:00:00.500Z\"}");
    }

    @Test
    void readsWhatIsWholeBackAsItWas() {
        assertThat(CODEC.submission(CODEC.encode(submission()))).isEqualTo(submission());
        entries().forEach(entry -> assertThat(CODEC.entry(CODEC.encode(entry))).isEqualTo(entry));
    }

    @Test
    void ignoresMembersThatANewerVersionAdded() {
        assertThat(CODEC.submission(with(CODEC.encode(submission()), "colour", Map.of("red", List.of(1)))))
                .isEqualTo(submission());
        entries()
                .forEach(entry -> assertThat(CODEC.entry(with(CODEC.encode(entry), "colour", "red")))
                        .isEqualTo(entry));
    }

    @Test
    void takesNullForAMemberThatMayBeAbsent() {
        Submission plain = Submission.of(Task.of("t").id("t-1").build());

        for (String member :
                List.of("description", "inputs", "priority", "deadline", "context", "lane", "mdc", "held")) {
            assertThat(CODEC.submission(with(CODEC.encode(plain), member, null)))
                    .isEqualTo(plain);
        }
    }

    @Test
    void namesTheMemberOfASubmissionThatIsOfAnotherKind() {
        namesWrongMembers(CODEC.encode(submission()), CODEC::submission, "a submission cannot be read: ", Set.of());
    }

    @ParameterizedTest
    @MethodSource("entries")
    void namesTheMemberOfAnEntryThatIsOfAnotherKind(LogEntry entry) {
        namesWrongMembers(CODEC.encode(entry), CODEC::entry, "a log entry cannot be read: ", Set.of("output"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                | 'entry' is missing; it must be text",
                "{\"entry\":7}                                     | 'entry' is a whole number; it must be text",
                "{\"entry\":\"dream\"}                             | it is a 'dream', which this version does not know",
                "[]                                                | it is no JSON object",
                "null                                              | it is no JSON object",
                "{\"entry\":\"rating\"}{}                          | there is more behind the end of the value",
                "{\"entry\":\"rating\",\"task_id\":\"t\",\"quality\":2,\"by\":\"a\",\"at\":\"2026-01-05T09:00:00Z\"} |"
                        + " quality of task t is 2.0; it must be 0..1",
                "{\"entry\":\"rating\",\"task_id\":\"t\",\"quality\":1,\"by\":\"a\",\"at\":\"now\"} |"
                        + " 'at' is now, which is no instant",
                "{\"entry\":\"imported\",\"task_id\":\"t\",\"status\":\"great\"} |"
                        + " 'status' is 'great', which this version does not know",
                "{\"entry\":\"imported\",\"task_id\":\"t\",\"status\":\"success\",\"duration\":1e30} |"
                        + " 'duration' is 1.0E30 seconds, which is out of its range",
                "{\"entry\":\"imported\",\"task_id\":\"t\",\"status\":\"success\",\"duration\":1e1000000000} |"
                        + " 'duration' is 1E+1000000000 seconds, which is out of its range",
                "{\"entry\":\"imported\",\"task_id\":\"t\",\"status\":\"success\",\"duration\":1e-1000000000} |"
                        + " 'duration' is 1E-1000000000 seconds, which is out of its range",
                "{\"entry\":\"execution\",\"task_id\":\"t\",\"type\":\"t\",\"status\":\"success\",\"attempt\":2147483648} |"
                        + " 'attempt' is 2147483648, which is out of its range",
                "{\"entry\":\"execution\",\"task_id\":\"t\",\"type\":\"t\",\"status\":\"success\",\"started_at\":\"2026-01-05T09:00:00Z\",\"lines\":[1]} |"
                        + " 'lines' holds a whole number; each of its elements must be text",
                "{\"entry\":\"execution\",\"task_id\":\"t\",\"type\":\"t\",\"status\":\"success\",\"artifacts\":[null]} |"
                        + " 'artifacts' holds null; each of its elements must be an object",
            })
    void saysWhatIsWrongWithAnEntry(String json, String complaint) {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> CODEC.entry(json.strip().getBytes(StandardCharsets.UTF_8)))
                .withMessage("a log entry cannot be read: " + complaint);
    }

    @Test
    void saysOfNoBytesThatTheyAreNone() {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> CODEC.submission(new byte[0]))
                .withMessage("a submission cannot be read: it is empty");
    }

    @Test
    void refusesWhatIsCutAnywhere() {
        byte[] whole = CODEC.encode(submission());

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(StorageException.class)
                    .as("cut at byte %d", length)
                    .isThrownBy(() -> CODEC.submission(cut));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-", "01", "NaN", "\"\\ud8\"", "tru"})
    void refusesWhatIsNoJson(String value) {
        byte[] json =
                ("{\"id\":\"t\",\"type\":\"t\",\"inputs\":{\"a\":" + value + "}}").getBytes(StandardCharsets.UTF_8);

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> CODEC.submission(json))
                .withMessageStartingWith("a submission cannot be read: ");
    }

    static Stream<LogEntry> entries() {
        Execution execution = Execution.of("t-1", "t")
                .priority(7)
                .attempt(2)
                .round(3)
                .status(Execution.Status.FAILED)
                .skill(new SkillRef("s", "1.0"))
                .output(Map.of("posts", List.of(1L)))
                .details(Details.builder()
                        .cost(.5)
                        .quality(.25)
                        .metadata("m", "v")
                        .artifact(new Artifact("a.md", "text/markdown", 3, "sha256:" + "0a".repeat(32)))
                        .build())
                .trouble(new Execution.Trouble(
                        Result.Reason.SKILL_ERROR, "boom", Optional.of("a.Boom"), Optional.of("a.B.c(B.java:7)")))
                .missing("the rest")
                .startedAt(AT)
                .queueWait(Duration.ofNanos(1))
                .duration(Duration.ofDays(1))
                .retryAt(AT.plusSeconds(1))
                .choice(new Choice(
                        List.of(new SkillRef("s", "1.0")),
                        Map.of("f", 1L),
                        7,
                        "p",
                        "1:2",
                        OptionalDouble.of(.5),
                        "why"))
                .lines(List.of("began", "ended"))
                .node("n-1")
                .build();
        return Stream.of(
                execution,
                new Closed("t-1", "t", Result.Reason.LOST, "gone", 3, 1, AT),
                new Rating("t-1", .75, "Ada", AT),
                new Imported(
                        "old",
                        Execution.Status.PARTIAL,
                        Duration.ofSeconds(3),
                        Optional.of("t"),
                        Optional.of("s"),
                        AT));
    }

    private static Submission submission() {
        Task task = Task.of("t")
                .id("t-1")
                .description("Ten posts")
                .input("count", 10)
                .priority(7)
                .deadline(AT)
                .context(Map.of("ticket", "V-1"))
                .build();
        return Submission.builder(task)
                .notBefore(AT)
                .uniqueKey("k", UniquePolicy.REFUSE)
                .lane("l")
                .parent("p")
                .batch("b")
                .held(true)
                .skill("s")
                .maxCost(2)
                .noExplore(true)
                .maxAttempts(3)
                .timeLimit(Duration.ofMinutes(1))
                .mdc(Map.of("request", "r-1"))
                .build();
    }

    /** Puts a value of another kind in the place of each member in turn, also of those in nested objects. */
    private static void namesWrongMembers(byte[] json, Function<byte[], ?> reading, String begin, Set<String> free) {
        Map<String, Object> members = members(json);
        for (Map.Entry<String, Object> member : members.entrySet()) {
            if (free.contains(member.getKey())) {
                continue;
            }
            Object wrong = member.getValue() instanceof List ? "text" : List.of();
            assertThatExceptionOfType(StorageException.class)
                    .as("%s", member)
                    .isThrownBy(() -> reading.apply(with(json, member.getKey(), wrong)))
                    .withMessageStartingWith(begin + "'" + member.getKey() + "' is ");
        }
        for (String nested : List.of("skill", "choice")) {
            if (members.get(nested) instanceof Map<?, ?> object) {
                object.keySet().stream()
                        .filter(name -> !name.equals("propensity"))
                        .forEach(name -> {
                            Map<Object, Object> changed = new LinkedHashMap<>(object);
                            changed.put(name, object.get(name) instanceof List ? "text" : List.of());
                            assertThatExceptionOfType(StorageException.class)
                                    .isThrownBy(() -> reading.apply(with(json, nested, changed)))
                                    .withMessageStartingWith(begin + "'" + name + "' is ");
                        });
            }
        }
    }

    private static byte[] with(byte[] json, String member, Object value) {
        Map<String, Object> members = members(json);
        members.put(member, value);
        return Json.compact(members);
    }

    @SuppressWarnings("unchecked") // an object has text keys
    private static Map<String, Object> members(byte[] json) {
        return (Map<String, Object>) Json.parse(json, new JsonLimits(1 << 20, 100));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
