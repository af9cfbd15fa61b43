package io.victorhub.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Execution.Status;
import io.victorhub.spi.Imported;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Rating;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillRef;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsFileTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** As the seed's document shows it. */
    private static final String SEED = """
            [
              {
                "timestamp": "2025-11-09T14:30:00",
                "task_id": "task_001",
                "status": "success",
                "duration": 5.2,
                "skill_used": "content_generator",
                "success": true
              },
              {
                "timestamp": "2025-11-09T14:35:00",
                "task_id": "task_002",
                "status": "failed",
                "duration": 2.1,
                "skill_used": "music_generator",
                "success": false
              }
            ]
            """;

    private static final String GOOD =
            "'timestamp':'2025-11-09T14:30:00','task_id':'t','status':'success','duration':1,'skill_used':'s'";

    @TempDir
    Path folder;

    @Nested
    class Reading {

        @Test
        void takesTheSeedsOwnExample() throws IOException {
            Path file = Files.writeString(folder.resolve("patterns.json"), SEED);

            PatternsImport read = PatternsFile.read(file, BERLIN);

            assertThat(read.entries())
                    .containsExactly(
                            imported("task_001", Status.SUCCESS, 5200, "content_generator", "2025-11-09T13:30:00Z"),
                            imported("task_002", Status.FAILED, 2100, "music_generator", "2025-11-09T13:35:00Z"));
            assertThat(read.problems()).isEmpty();
            assertThat(read.notes()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "2025-11-09T14:30:00.123456, 2025-11-09T13:30:00.123456Z",
            "2025-11-09T14:30:00Z, 2025-11-09T14:30:00Z",
            "2025-11-09T14:30:00+05:30, 2025-11-09T09:00:00Z",
            "2025-10-26T02:30:00, 2025-10-26T00:30:00Z",
            "2025-03-30T02:30:00, 2025-03-30T01:30:00Z"
        })
        void takesTimestampsWithAndWithoutOffset(String timestamp, Instant at) {
            PatternsImport read = parse("[{" + GOOD.replace("2025-11-09T14:30:00", timestamp) + "}]");

            assertThat(read.entries()).extracting(Imported::at).containsExactly(at);
        }

        @ParameterizedTest
        @ValueSource(strings = {"'unknown'", "'Content Generator'", "''", "'.hidden'", "'<\\ud800>'"})
        void importsWithoutASkillWhereNoneIsNamed(String skill) {
            PatternsImport read = parse("[{" + GOOD.replace("'s'", skill) + "},{" + GOOD.replace("'s'", skill) + "}]");

            assertThat(read.entries()).extracting(Imported::skill).containsExactly(Optional.empty(), Optional.empty());
            assertThat(read.notes()).hasSize(1);
            assertThat(read.notes().get(0))
                    .startsWith("skill_used is '")
                    .endsWith("' in 2 entries, which is no skill's name; imported without a skill");
        }

        @Test
        void takesNoSkillAtAllWithoutANote() {
            PatternsImport read = parse("[{" + GOOD.replace("'s'", "null") + "}]");

            assertThat(read.entries()).extracting(Imported::skill).containsExactly(Optional.empty());
            assertThat(read.notes()).isEmpty();
        }

        @Test
        void notesFieldsThatItDoesNotKnow() {
            PatternsImport read = parse("[{" + GOOD + ",'mood':'good'}]");

            assertThat(read.entries()).hasSize(1);
            assertThat(read.notes())
                    .containsExactly("the field 'mood' in 1 entry is none of this format; not imported");
        }

        @Test
        void givesTheGoodEntriesBesideWhatIsWrongWithTheOthers() {
            PatternsImport read = parse("[{" + GOOD + "}, 7, {" + GOOD.replace("'success'", "'done'") + "}, {"
                    + GOOD.replace("'t'", "'u'") + "}]");

            assertThat(read.entries()).extracting(Imported::taskId).containsExactly("t", "u");
            assertThat(read.problems())
                    .containsExactly(
                            new PatternsImport.Problem(1, "", "7", "it must be an object"),
                            new PatternsImport.Problem(
                                    2,
                                    "status",
                                    "'done'",
                                    "it must be success, partial, failed, cancelled or expired"));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                '2025-11-09T14:30:00' | '2025-11-09 14:30' | entry 0: 'timestamp' is '2025-11-09 14:30'; it must be a date and time such as 2025-11-09T14:30:00, with or without offset
                '2025-11-09T14:30:00' | '2025-02-30T00:00:00' | entry 0: 'timestamp' is '2025-02-30T00:00:00'; it must be a date and time such as 2025-11-09T14:30:00, with or without offset
                '2025-11-09T14:30:00' | 1762695000 | entry 0: 'timestamp' is 1762695000; it must be a text
                'task_id':'t', | "" | entry 0: 'task_id' is missing; it must be a text
                'task_id':'t' | 'task_id':{} | entry 0: 'task_id' is an object; it must be a text
                'task_id':'t' | 'task_id':'' | entry 0: 'task_id' is ''; the task id '' has 0 characters; it must have 1 to 200
                'success' | 'SUCCESS' | entry 0: 'status' is 'SUCCESS'; it must be success, partial, failed, cancelled or expired
                'duration':1 | 'duration':-1 | entry 0: 'duration' is -1; it must be a number of seconds, 0 to 9000000000
                'duration':1 | 'duration':'1' | entry 0: 'duration' is '1'; it must be a number of seconds, 0 to 9000000000
                'duration':1 | 'duration':null | entry 0: 'duration' is missing; it must be a number of seconds, 0 to 9000000000
                'duration':1 | 'duration':1e999999999 | entry 0: 'duration' is 1E+999999999; it must be a number of seconds, 0 to 9000000000
                'skill_used':'s' | 'skill_used':['s'] | entry 0: 'skill_used' is a list; it must be the name of a skill, or null
                'duration':1 | 'duration':1,'success':false | entry 0: 'success' is false; with the status 'success' it must be true
                """)
        void saysWhichEntryWhichFieldWhatStandsThereAndWhatItMustBe(String good, String bad, String message) {
            PatternsImport read = parse("[{" + GOOD.replace(good, bad) + "}]");

            assertThat(read.entries()).isEmpty();
            assertThat(read.problems())
                    .extracting(PatternsImport.Problem::message)
                    .containsExactly(message);
        }

        @ParameterizedTest
        @CsvSource({
            "0, PT0S",
            "0.0000000014, PT0.000000001S",
            "1e-999999999, PT0S",
            "2.5, PT2.5S",
            "9000000000, PT2500000H"
        })
        void takesAnyNumberOfSecondsToTheNanosecond(String seconds, Duration duration) {
            PatternsImport read = parse("[{" + GOOD.replace("'duration':1", "'duration':" + seconds) + "}]");

            assertThat(read.entries()).extracting(Imported::duration).containsExactly(duration);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                {} | the text holds an object; a patterns.json is a list of objects
                null | the text holds null; a patterns.json is a list of objects
                "" | the text cannot be read as JSON: it is empty; write a JSON value into it
                """)
        void refusesATextThatIsNoList(String json, String message) {
            assertThatThrownBy(() -> parse(json))
                    .isInstanceOf(PatternsException.class)
                    .hasMessage(message);
        }

        @Test
        void saysWhereAFileIsNoJson() throws IOException {
            Path file = Files.writeString(folder.resolve("patterns.json"), "[\n  {,");

            assertThatThrownBy(() -> PatternsFile.read(file, BERLIN))
                    .isInstanceOf(PatternsException.class)
                    .hasMessageStartingWith(file + " cannot be read as JSON: line 2, column 4: ");
        }

        @Test
        void saysThatThereIsNoFile() {
            Path nowhere = folder.resolve("nowhere.json");

            assertThatThrownBy(() -> PatternsFile.read(nowhere, BERLIN))
                    .isInstanceOf(PatternsException.class)
                    .hasMessage(nowhere + " does not exist; give the path of a patterns.json");
            assertThatThrownBy(() -> PatternsFile.read(folder, BERLIN))
                    .isInstanceOf(PatternsException.class)
                    .hasMessageStartingWith(folder + " cannot be read: ");
        }

        private PatternsImport parse(String json) {
            return PatternsFile.parse(json.replace('\'', '"').getBytes(UTF_8), BERLIN);
        }
    }

    @Nested
    class Writing {

        private final Execution success = Execution.of("task_001", "content")
                .skill(new SkillRef("content_generator", "1.0"))
                .startedAt(Instant.parse("2025-11-09T13:29:54.800Z"))
                .duration(Duration.ofMillis(5200))
                .build();

        @Test
        void givesTheSeedsFormat() {
            Execution retried = success.toBuilder()
                    .status(Status.FAILED)
                    .trouble(Execution.Trouble.of(Reason.UNAVAILABLE, ""))
                    .duration(Duration.ofSeconds(100).plusNanos(1_000))
                    .retryAt(Instant.parse("2025-11-09T14:00:00Z"))
                    .build();

            assertThat(written(retried, success)).isEqualTo("""
                            [
                              {"timestamp":"2025-11-09T14:31:34.800001","task_id":"task_001","status":"failed","duration":100.000001,"skill_used":"content_generator","success":false},
                              {"timestamp":"2025-11-09T14:30:00","task_id":"task_001","status":"success","duration":5.2,"skill_used":"content_generator","success":true}
                            ]
                            """);
        }

        @Test
        void writesWholeSecondsAsPythonDoes() {
            assertThat(written(success.toBuilder()
                            .duration(Duration.ofSeconds(100))
                            .build()))
                    .contains("\"duration\":100.0,");
        }

        @Test
        void writesNoFractionForLessThanAMicrosecond() {
            assertThat(written(success.toBuilder()
                            .duration(Duration.ofMillis(5200).plusNanos(999))
                            .build()))
                    .contains("\"2025-11-09T14:30:00\"");
        }

        @Test
        void writesNoSkillAsNull() {
            assertThat(written(success.toBuilder().skill(null).build())).contains("\"skill_used\":null,");
        }

        @Test
        void leavesOutWhatIsNoExecution() {
            Execution closing = success.toBuilder()
                    .status(Status.FAILED)
                    .trouble(Execution.Trouble.of(Reason.HUB_CLOSING, ""))
                    .build();
            Instant at = success.at();

            assertThat(written(
                            closing,
                            new Closed("c", "t", Reason.CANCELLED, "", 0, 1, at),
                            new Rating("task_001", 1, "me", at)))
                    .isEqualTo("[]\n");
        }

        @Test
        void givesBackWhatItRead() {
            List<Imported> entries =
                    PatternsFile.parse(SEED.getBytes(UTF_8), BERLIN).entries();

            byte[] written = written(entries.toArray(Imported[]::new)).getBytes(UTF_8);

            assertThat(PatternsFile.parse(written, BERLIN).entries()).isEqualTo(entries);
        }

        @Test
        void replacesAFileOnlyWhenTheNewOneIsWhole() throws IOException {
            Path file = Files.writeString(folder.resolve("patterns.json"), "old");

            long count = PatternsFile.write(History.of(ListLog.of(List.of(success))), file, BERLIN);

            assertThat(count).isEqualTo(1);
            assertThat(PatternsFile.read(file, BERLIN).entries()).hasSize(1);
            assertThat(folder)
                    .isDirectoryContaining(path -> path.equals(file))
                    .isDirectoryNotContaining("glob:**.unfinished");
        }

        @Test
        void saysWhyItCannotWrite() {
            Path nowhere = folder.resolve("nowhere/patterns.json");
            History history = History.of(ListLog.of(List.of(success)));

            assertThatThrownBy(() -> PatternsFile.write(history, nowhere, BERLIN))
                    .isInstanceOf(PatternsException.class)
                    .hasMessageStartingWith(nowhere + " cannot be written: ");
            assertThatThrownBy(() -> PatternsFile.write(history, Writer.nullWriter(), null))
                    .isInstanceOf(NullPointerException.class);
        }

        @Test
        void passesOnWhatAWriterThrows() throws IOException {
            Writer closed = Writer.nullWriter();
            closed.close();

            assertThatThrownBy(() -> PatternsFile.write(History.of(ListLog.of(List.of(success))), closed, BERLIN))
                    .isInstanceOf(UncheckedIOException.class);
        }

        private String written(LogEntry... entries) {
            StringWriter to = new StringWriter();
            PatternsFile.write(History.of(ListLog.of(List.of(entries))), to, BERLIN);
            return to.toString();
        }
    }

    private static Imported imported(String id, Status status, long millis, String skill, String at) {
        return new Imported(
                id, status, Duration.ofMillis(millis), Optional.empty(), Optional.of(skill), Instant.parse(at));
    }
}
