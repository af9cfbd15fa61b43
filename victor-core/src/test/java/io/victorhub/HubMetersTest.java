package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.victorhub.metrics.MemoryMeters;
import io.victorhub.metrics.Reading;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Result;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.meter.Meter;
import io.victorhub.spi.meter.Meters;
import io.victorhub.spi.meter.VictorMeters;
import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HubMetersTest {

    @TempDir
    private Path folder = Path.of("");

    private final MemoryMeters meters = new MemoryMeters();

    @Test
    void measuresWhatBecomesOfTasks() {
        LambdaSkill skill = LambdaSkill.of("work", (task, context) -> {
            if (task.id().equals("fails")) {
                return Result.failure(Reason.UNAVAILABLE, "not now");
            }
            if (task.id().equals("follows")) {
                context.submit(Task.of("work").id("followed").build());
            }
            return Result.success(1);
        });
        try (Hub hub = Hub.at(folder)
                .discoverSkills(false)
                .skill(skill)
                .retry(RetryPolicy.immediate(3))
                .meters(meters)
                .build()) {
            hub.submitAll(List.of(submission("good"), submission("fails"), submission("follows"), submission("good")));
            hub.submit(Submission.builder(Task.of("work").id("held").build())
                    .held(true)
                    .build());
            hub.cancel("held");
            assertThat(depth("ready")).isEqualTo(3);
            assertThat(count(VictorMeters.TASKS_REFUSED, "work", "known")).isEqualTo(1);

            hub.enableAutonomousMode();

            await().until(() -> count(VictorMeters.TASKS_SETTLED) == 5);
            assertThat(count(VictorMeters.TASKS_SUBMITTED, "work")).isEqualTo(5);
            assertThat(count(VictorMeters.TASKS_SETTLED, "work", "done")).isEqualTo(3);
            assertThat(count(VictorMeters.TASKS_SETTLED, "work", "dead")).isEqualTo(1);
            assertThat(count(VictorMeters.TASKS_SETTLED, "work", "cancelled")).isEqualTo(1);
            assertThat(count(VictorMeters.TASKS_RETRIED, "work", "unavailable")).isEqualTo(2);
            assertThat(count(VictorMeters.ATTEMPTS, "work", "work", "success")).isEqualTo(3);
            assertThat(count(VictorMeters.ATTEMPTS, "work", "work", "unavailable"))
                    .isEqualTo(3);
            assertThat(count(VictorMeters.ATTEMPT_DURATION, "work", "work")).isEqualTo(6);
            assertThat(count(VictorMeters.ATTEMPT_WAIT, "work")).isEqualTo(6);
            assertThat(count(VictorMeters.STORE_LEASES)).isEqualTo(6);
            assertThat(count(VictorMeters.STORE_SUBMIT)).isEqualTo(2);
            assertThat(count(VictorMeters.STORE_SETTLE)).isBetween(1L, 6L);
            assertThat(depth("dead")).isEqualTo(1);
            assertThat(depth("ready")).isZero();
            long onDisk = journalBytes();
            assertThat(count(VictorMeters.JOURNAL_BYTES)).isBetween(onDisk / 2, onDisk);
            assertThat(count(VictorMeters.JOURNAL_FORCE)).isPositive();
        }
    }

    @Test
    void measuresWhatIsRefused() {
        UnreliableStore store = new UnreliableStore();
        try (Hub hub = Hub.inMemory()
                .discoverSkills(false)
                .store(store)
                .queueLimit(1, WhenFull.REJECT)
                .authorizer((submission, source) ->
                        submission.task().id().equals("bad") ? Optional.of("it is bad") : Optional.empty())
                .meters(meters)
                .build()) {
            hub.submitAll(List.of(submission("bad"), submission("first"), submission("no-room")));
            assertThatThrownBy(() -> hub.submit(submission("bad"))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> hub.submit(submission("full"))).isInstanceOf(QueueFullException.class);
            hub.cancel("first");
            store.fail("submit", () -> new StorageException("the disk is full"));
            assertThatThrownBy(() -> hub.submit(submission("late"))).isInstanceOf(StorageException.class);

            assertThat(count(VictorMeters.TASKS_REFUSED, "work", "rule")).isEqualTo(2);
            assertThat(count(VictorMeters.TASKS_REFUSED, "work", "full")).isEqualTo(2);
            assertThat(count(VictorMeters.TASKS_REFUSED, "work", "trouble")).isEqualTo(1);
            assertThat(count(VictorMeters.STORE_TROUBLE)).isEqualTo(1);
            assertThat(count(VictorMeters.TASKS_SUBMITTED)).isEqualTo(1);
        }
    }

    @Test
    void knowsEachMeterThatAHubHasAndTakesGaugesAwayWhenItCloses() {
        Hub hub = Hub.at(folder).discoverSkills(false).meters(meters).build();
        assertThat(hub.skills().all()).isEmpty();
        List<Meter> known = meters.snapshot().readings().stream()
                .map(Reading::meter)
                .distinct()
                .toList();
        assertThat(VictorMeters.ALL).containsAll(known);
        assertThat(known)
                .filteredOn(meter -> meter.kind() == Meter.Kind.GAUGE)
                .containsExactlyInAnyOrderElementsOf(VictorMeters.ALL.stream()
                        .filter(meter -> meter.kind() == Meter.Kind.GAUGE)
                        .toList());

        hub.close();

        assertThat(meters.snapshot().readings())
                .extracting(Reading::meter)
                .noneMatch(meter -> meter.kind() == Meter.Kind.GAUGE);
    }

    @Test
    void findsWhereFiguresGoAndRefusesToChooseBetweenTwo() throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Path file = services.resolve("io.victorhub.spi.meter.Meters");
        Files.writeString(file, Found.class.getName());
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Found.asked.set(0);
            Hub.inMemory().discoverSkills(false).classLoader(loader).build().close();
            assertThat(Found.asked).hasPositiveValue();

            Files.writeString(file, Found.class.getName() + "\n" + OtherFound.class.getName());

            assertThatThrownBy(() -> Hub.inMemory()
                            .discoverSkills(false)
                            .classLoader(loader)
                            .build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("hand one over with HubBuilder.meters");
        }
    }

    @Test
    void namesItsMetersAsTheDocumentDoes() throws IOException {
        String document = Files.readString(Path.of("../docs/metrics.md"));
        List<String> rows = Pattern.compile("(?m)^\\| `victor\\.[^\\n]*$")
                .matcher(document)
                .results()
                .map(row -> row.group())
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(
                        VictorMeters.ALL.stream().map(HubMetersTest::row).toList());
        assertThat(VictorMeters.ALL).extracting(Meter::name).doesNotHaveDuplicates();
    }

    private static String row(Meter meter) {
        String tags = meter.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
        return "| `" + meter.name() + "` | " + meter.kind().name().toLowerCase(Locale.ROOT) + " | " + meter.unit()
                + " | " + (tags.isEmpty() ? "–" : tags) + " | " + meter.about() + " |";
    }

    private long count(Meter meter, String... values) {
        return meters.snapshot().count(meter, values);
    }

    private long depth(String status) {
        return count(VictorMeters.QUEUE_DEPTH, status);
    }

    /** Without the zeros that were written ahead. */
    private long journalBytes() {
        try (var files = Files.list(folder.resolve("store"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("journal-"))
                    .mapToLong(HubMetersTest::written)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long written(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return IntStream.range(0, bytes.length).filter(i -> bytes[i] != 0).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Submission submission(String id) {
        return Submission.of(Task.of("work").id(id).build());
    }

    /** Found as a service. */
    public static class Found implements Meters {
        static final AtomicInteger asked = new AtomicInteger();

        @Override
        public Counter counter(Meter meter, String... values) {
            asked.incrementAndGet();
            return Meters.none().counter(meter, values);
        }

        @Override
        public Timer timer(Meter meter, String... values) {
            return Meters.none().timer(meter, values);
        }

        @Override
        public Registration gauge(Meter meter, DoubleSupplier now, String... values) {
            return Meters.none().gauge(meter, now, values);
        }
    }

    /** Found beside it. */
    public static final class OtherFound extends Found {}
}
