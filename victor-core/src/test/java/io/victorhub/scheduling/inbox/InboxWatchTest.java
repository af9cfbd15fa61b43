package io.victorhub.scheduling.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.victorhub.scheduling.InboxReport;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Submitted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An inbox that looks by itself. */
class InboxWatchTest {

    private static final Duration RARELY = Duration.ofHours(1);
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Duration QUIET = Duration.ofMillis(30);

    @TempDir
    private Path home;

    private final AtomicReference<Thread> thread = new AtomicReference<>();
    private final ThreadFactory threads = work -> {
        thread.set(new Thread(work));
        return thread.get();
    };

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
    void takesAFileThatWasThereBefore() throws IOException {
        tasks.drop("[{\"id\": \"x\", \"type\": \"a\"}]");

        try (Inbox inbox = inbox(RARELY)) {
            inbox.start(threads);

            await().until(() -> tasks.ids().contains("x"));
        }
    }

    @Test
    void isWokenByTheFileAlone() throws IOException {
        try (Inbox inbox = inbox(RARELY)) {
            inbox.start(threads);
            for (String id : List.of("one", "two", "three")) {
                tasks.drop("[{\"id\": \"" + id + "\", \"type\": \"a\"}]");

                await().until(() -> tasks.ids().contains(id));
            }
        }
    }

    @Test
    void isWokenByAFileThatIsRenamedInto() throws IOException {
        try (Inbox inbox = inbox(RARELY)) {
            inbox.start(threads);
            await().until(() -> Files.isDirectory(tasks.folder.resolve("rejected")));
            Path written = Files.writeString(tasks.folder.resolve("other"), "[{\"id\": \"x\", \"type\": \"a\"}]");
            Files.move(written, tasks.queue());

            await().until(() -> tasks.ids().contains("x"));
        }
    }

    @Test
    void goesOnInAFolderThatWasReplaced() throws IOException {
        try (Inbox inbox = inbox(OFTEN)) {
            inbox.start(threads);
            await().until(() -> Files.isDirectory(tasks.folder.resolve("rejected")));
            Files.move(tasks.folder, home.resolve("away"));
            tasks.drop("[{\"id\": \"x\", \"type\": \"a\"}]");

            await().until(() -> tasks.ids().contains("x"));
        }
    }

    @Test
    void goesOnWhenWhatIsInTheWayIsRemoved() throws IOException {
        Files.writeString(tasks.folder, "in the way");
        try (Inbox inbox = inbox(OFTEN)) {
            inbox.start(threads);
            await().until(() -> inbox.trouble().isPresent());
            Files.delete(tasks.folder);
            tasks.drop("[{\"id\": \"x\", \"type\": \"a\"}]");

            await().until(() -> tasks.ids().contains("x"));
        }
    }

    @Test
    void worksInADaemonThreadOfItsName() {
        try (Inbox inbox = inbox(RARELY)) {
            inbox.start(threads);

            assertThat(thread.get().getName()).isEqualTo("victor-inbox");
            assertThat(thread.get().isDaemon()).isTrue();
            assertThatThrownBy(() -> inbox.start(threads))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("was started before");
        }
    }

    @Test
    void endsItsThreadWhenItIsClosedAndCanBeClosedAgain() {
        Inbox inbox = inbox(RARELY);
        inbox.start(threads);

        inbox.close();
        inbox.close();

        assertThat(thread.get().isAlive()).isFalse();
    }

    @Test
    void canBeClosedByItsListener() throws IOException {
        AtomicReference<Inbox> self = new AtomicReference<>();
        CountDownLatch closed = new CountDownLatch(1);
        tasks.drop("[{\"type\": \"a\"}]");
        Inbox inbox = inbox(RARELY, tasks::submit, report -> {
            self.get().close();
            closed.countDown();
        });
        self.set(inbox);

        inbox.start(threads);

        await().until(() -> closed.getCount() == 0 && !thread.get().isAlive());
    }

    @Test
    void leavesWhatIsNotSubmittedWhenClosedForTheNextStart() throws IOException {
        CountDownLatch submitting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        StringBuilder many = new StringBuilder("[{\"type\": \"a\"}");
        for (int i = 1; i < 2500; i++) {
            many.append(",{\"type\": \"a\"}");
        }
        tasks.drop(many.append(']').toString());
        Inbox inbox = inbox(
                RARELY,
                all -> {
                    submitting.countDown();
                    awaitQuietly(goOn);
                    return tasks.submit(all);
                },
                report -> {});
        inbox.start(threads);
        awaitQuietly(submitting);
        Thread closing = new Thread(inbox::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        goOn.countDown();
        await().until(() -> !closing.isAlive());
        assertThat(tasks.accepted).hasSize(1000);

        try (Inbox next = inbox(RARELY)) {
            next.start(threads);
            await().until(() -> tasks.accepted.size() == 2500);
        }
    }

    @Test
    void goesOnAfterALookThatFailed() throws IOException {
        AtomicBoolean failed = new AtomicBoolean();
        Function<List<Submission>, List<Submitted>> failingOnce = all -> {
            if (failed.compareAndSet(false, true)) {
                throw new NoSuchMethodError("an older library");
            }
            return tasks.submit(all);
        };
        tasks.drop("[{\"id\": \"x\", \"type\": \"a\"}]");
        try (Inbox inbox = inbox(OFTEN, failingOnce, tasks.reports::add)) {
            inbox.start(threads);

            await().until(() -> tasks.ids().contains("x"));
        }
    }

    private Inbox inbox(Duration interval) {
        return inbox(interval, tasks::submit, tasks.reports::add);
    }

    private Inbox inbox(
            Duration interval, Function<List<Submission>, List<Submitted>> submit, Consumer<InboxReport> listener) {
        return Inbox.of(
                new InboxSettings(tasks.folder, InboxFixture.BERLIN, interval, QUIET, 1 << 20),
                () -> InboxFixture.NINE,
                (all, waits) -> submit.apply(all),
                listener);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
