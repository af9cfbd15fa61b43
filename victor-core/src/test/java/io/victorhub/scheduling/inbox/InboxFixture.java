package io.victorhub.scheduling.inbox;

import io.victorhub.scheduling.InboxReport;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreCodec;
import io.victorhub.spi.store.StoreContext;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** A folder, a store in memory, and inboxes between them. */
final class InboxFixture implements AutoCloseable {

    static final Instant NINE = Instant.parse("2026-01-05T09:00:00Z");
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    static final Duration QUIET = Duration.ofSeconds(1);

    private record Lent(
            Path directory,
            StoreCodec codec,
            InstantSource clock,
            ThreadFactory threads,
            String node,
            Duration ageingStep)
            implements StoreContext {}

    final Path folder;
    final Store store;
    final AtomicLong nanos = new AtomicLong();
    final List<InboxReport> reports = new CopyOnWriteArrayList<>();
    final List<Task> accepted = new CopyOnWriteArrayList<>();

    InboxFixture(Path home) {
        this.folder = home.resolve("tasks");
        this.store = Stores.memory()
                .open(new Lent(
                        home.resolve("store"),
                        Stores.codec(),
                        InstantSource.fixed(NINE),
                        InboxFixture::daemon,
                        "test",
                        Duration.ofMinutes(10)));
    }

    Inbox inbox() {
        return inbox(step -> {});
    }

    Inbox inbox(Consumer<Step> steps) {
        return inbox(this::submit, steps, Long.MAX_VALUE);
    }

    Inbox inbox(Function<List<Submission>, List<Submitted>> submit, Consumer<Step> steps, long maxBytes) {
        InboxSettings settings = new InboxSettings(folder, BERLIN, Duration.ofMinutes(10), QUIET, maxBytes);
        return new Inbox(
                settings,
                InstantSource.fixed(NINE),
                nanos::get,
                (all, waits) -> submit.apply(all),
                reports::add,
                steps);
    }

    Desk desk() {
        InboxSettings settings = new InboxSettings(folder, BERLIN, Duration.ofMinutes(10), QUIET, Long.MAX_VALUE);
        return new Desk(
                settings, InstantSource.fixed(NINE), nanos::get, (all, waits) -> submit(all), step -> {}, () -> false);
    }

    List<Submitted> submit(List<Submission> all) {
        List<Submitted> answers = store.tasks().submit(all);
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Submitted.Accepted) {
                accepted.add(all.get(i).task());
            }
        }
        return answers;
    }

    Path queue() {
        return folder.resolve("queue.json");
    }

    void drop(String json) throws IOException {
        drop(json.getBytes(StandardCharsets.UTF_8));
    }

    void drop(byte[] content) throws IOException {
        Files.createDirectories(folder);
        Files.write(queue(), content);
    }

    List<String> ids() {
        return store.tasks().tasks(TaskQuery.all()).tasks().stream()
                .map(TaskState::id)
                .toList();
    }

    /** The files in a folder under the inbox's, without those that begin with a dot. */
    List<String> files(String under) throws IOException {
        Path where = folder.resolve(under);
        if (!Files.isDirectory(where)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(where)) {
            List<String> names = new ArrayList<>(files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.endsWith(".lock"))
                    .toList());
            names.sort(null);
            return names;
        }
    }

    String rejected(String name) throws IOException {
        return Files.readString(folder.resolve("rejected").resolve(name));
    }

    static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "victor-test");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        store.close();
    }
}
