package io.victorhub.scheduling.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.json.Json;
import io.victorhub.json.JsonLimits;
import io.victorhub.scheduling.InboxReport;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Submitted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever is in a file, and wherever the world ends, each good entry is submitted once and nothing is lost. */
class InboxProperties {

    /** An entry of a file, and whether it is good. */
    record Written(String json, boolean good) {}

    /** The process dies. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Property(tries = 60)
    void goodEntriesAreSubmittedOnceAndBadOnesAreShown(@ForAll("entries") List<Written> entries) throws IOException {
        Path home = Files.createTempDirectory("victor-inbox");
        try (InboxFixture tasks = new InboxFixture(home)) {
            tasks.drop(json(entries));

            InboxReport report = tasks.inbox().readNow().get(0);

            assertThat(report.accepted()).isEqualTo(goodOf(entries));
            assertThat(report.rejected()).isEqualTo(entries.size() - goodOf(entries));
            requireAllDone(tasks, entries);
        } finally {
            delete(home);
        }
    }

    @Property(tries = 100)
    void aCrashAtAnyStepDoublesNothingAndLosesNothing(
            @ForAll("entries") List<Written> entries, @ForAll @IntRange(min = 0, max = 5) int fatal)
            throws IOException {
        Path home = Files.createTempDirectory("victor-inbox");
        try (InboxFixture tasks = new InboxFixture(home)) {
            tasks.drop(json(entries));
            int[] left = {fatal};
            Consumer<Step> steps = step -> die(left);

            runToTheEnd(tasks, () -> tasks.inbox(all -> halfway(tasks, all, left), steps, Long.MAX_VALUE));

            requireAllDone(tasks, entries);
        } finally {
            delete(home);
        }
    }

    @Property(tries = 20)
    void manyCrashesDoubleNothingEither(@ForAll("entries") List<Written> entries) throws IOException {
        Path home = Files.createTempDirectory("victor-inbox");
        try (InboxFixture tasks = new InboxFixture(home)) {
            tasks.drop(json(entries));
            for (int steps = 0; steps < 8; steps++) {
                int[] left = {steps};
                try {
                    tasks.inbox(all -> halfway(tasks, all, left), step -> die(left), Long.MAX_VALUE)
                            .readNow();
                } catch (Crash e) {
                    continue;
                }
            }

            requireAllDone(tasks, entries);
        } finally {
            delete(home);
        }
    }

    @Property(tries = 40)
    void aFileCutOffAnywhereSubmitsAllOrNothing(
            @ForAll("entries") List<Written> entries, @ForAll @IntRange(min = 0, max = 1000) int share)
            throws IOException {
        Path home = Files.createTempDirectory("victor-inbox");
        try (InboxFixture tasks = new InboxFixture(home)) {
            String whole = json(entries);
            String cut = whole.substring(0, (whole.length() - 1) * share / 1000);
            tasks.drop(cut);

            InboxReport report = tasks.inbox().readNow().get(0);

            assertThat(report.unreadable()).isPresent();
            assertThat(tasks.ids()).isEmpty();
            assertThat(report.file()).hasContent(cut);
        } finally {
            delete(home);
        }
    }

    @Provide
    Arbitrary<List<Written>> entries() {
        Arbitrary<Written> good = Arbitraries.of(
                new Written("{\"type\": \"a\"}", true),
                new Written("{\"id\": \"#\", \"type\": \"b\", \"priority\": 9}", true),
                new Written("{\"id\": \"#\", \"type\": \"c\", \"inputs\": {\"n\": [1, null, {\"x\": 2.5}]}}", true),
                new Written("{\"type\": \"d\", \"deadline\": \"2031-01-01T10:00:00\", \"context\": {}}", true));
        Arbitrary<Written> bad = Arbitraries.of(
                new Written("{}", false),
                new Written("7", false),
                new Written("[]", false),
                new Written("{\"type\": \"a\", \"priority\": 99}", false),
                new Written("{\"id\": \"#\", \"type\": \"a\", \"deadline\": \"soon\"}", false),
                new Written("{\"id\": \"#\", \"type\": \"a\", \"nmae\": 1}", false),
                new Written("{\"id\": \"same/id\", \"type\": \"a\"}", false),
                new Written("{\"type\": \"a\", \"type\": \"a\"}", false));
        return Arbitraries.oneOf(good, bad).list().ofMaxSize(12);
    }

    private static String json(List<Written> entries) {
        List<String> texts = new ArrayList<>();
        for (Written entry : entries) {
            texts.add(entry.json().replace("#", "id-" + texts.size()));
        }
        return "[\n" + String.join(",\n", texts) + "\n]";
    }

    private static int goodOf(List<Written> entries) {
        return (int) entries.stream().filter(Written::good).count();
    }

    private static void die(int[] left) {
        if (left[0]-- == 0) {
            throw new Crash();
        }
    }

    /** A store that may keep half of what it got, and then be gone before it answers. */
    private static List<Submitted> halfway(InboxFixture tasks, List<Submission> all, int[] left) {
        if (left[0]-- == 0) {
            tasks.submit(all.subList(0, all.size() / 2));
            throw new Crash();
        }
        return tasks.submit(all);
    }

    private static void runToTheEnd(InboxFixture tasks, Supplier<Inbox> process) {
        try {
            process.get().readNow();
        } catch (Crash e) {
            tasks.inbox().readNow();
        }
    }

    private static void requireAllDone(InboxFixture tasks, List<Written> entries) throws IOException {
        assertThat(tasks.accepted).hasSize(goodOf(entries));
        assertThat(tasks.ids()).doesNotHaveDuplicates().hasSize(goodOf(entries));
        assertThat(tasks.files("")).isEmpty();
        assertThat(tasks.files("imported")).hasSize(1);
        String name = tasks.files("imported").get(0);
        assertThat(Files.readString(tasks.folder.resolve("imported").resolve(name)))
                .isEqualTo(json(entries));
        List<Long> bad = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (!entries.get(i).good()) {
                bad.add((long) i);
            }
        }
        assertThat(rejected(tasks)).isEqualTo(bad);
    }

    private static List<Object> rejected(InboxFixture tasks) throws IOException {
        List<Object> indexes = new ArrayList<>();
        for (String name : tasks.files("rejected")) {
            assertThat(name).endsWith(".rejected.json");
            Object parsed = Json.parse(
                    Files.readAllBytes(tasks.folder.resolve("rejected").resolve(name)), new JsonLimits(1 << 20, 100));
            ((List<?>) ((Map<?, ?>) parsed).get("rejected"))
                    .forEach(row -> indexes.add(((Map<?, ?>) row).get("index")));
        }
        return indexes;
    }

    private static void delete(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
