package io.victorhub.scheduling.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.scheduling.InboxReport;
import io.victorhub.scheduling.file.QueueLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a file is taken, on a clock that the test sets. */
class DeskTest {

    private static final String GOOD = "[{\"id\": \"x\", \"type\": \"a\"}]";

    @TempDir
    private Path home;

    private InboxFixture tasks;
    private Desk desk;

    @BeforeEach
    void open() {
        tasks = new InboxFixture(home);
        desk = tasks.desk();
    }

    @AfterEach
    void close() {
        tasks.close();
    }

    @Test
    void takesAFileOnceItWasLeftAloneForTheQuietTime() throws IOException {
        tasks.drop(GOOD);

        assertThat(look()).isTrue();
        later(Duration.ofMillis(999));
        assertThat(look()).isTrue();
        assertThat(tasks.ids()).isEmpty();
        later(Duration.ofMillis(1));

        assertThat(look()).isFalse();
        assertThat(tasks.ids()).containsExactly("x");
    }

    @Test
    void beginsTheQuietTimeAnewWhenTheFileGrows() throws IOException {
        tasks.drop("[{\"id\": \"x\"");
        look();
        later(Duration.ofMillis(600));
        Files.writeString(tasks.queue(), ", \"type\": \"a\"}]", StandardOpenOption.APPEND);
        look();
        later(Duration.ofMillis(600));

        assertThat(look()).isTrue();
        assertThat(tasks.ids()).isEmpty();

        later(Duration.ofMillis(400));
        assertThat(look()).isFalse();
        assertThat(tasks.ids()).containsExactly("x");
    }

    @Test
    void givesAFileThatCannotBeReadASecondQuietTime() throws IOException {
        tasks.drop("[{\"id\": \"x\", \"type\"");
        look();
        later(Duration.ofSeconds(1));

        assertThat(look()).isTrue();
        assertThat(tasks.queue()).exists();
        later(Duration.ofMillis(999));
        assertThat(look()).isTrue();
        assertThat(tasks.queue()).exists();
        later(Duration.ofMillis(1));
        List<InboxReport> reports = new ArrayList<>();
        assertThat(desk.look(false, reports::add)).isFalse();

        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).unreadable()).isPresent();
        assertThat(tasks.queue()).doesNotExist();
    }

    @Test
    void takesAFileThatIsCompletedBeforeItsSecondChance() throws IOException {
        tasks.drop("[{\"id\": \"x\", \"type\"");
        look();
        later(Duration.ofSeconds(1));
        look();
        Files.writeString(tasks.queue(), ": \"a\"}]", StandardOpenOption.APPEND);
        look();
        later(Duration.ofSeconds(1));

        assertThat(look()).isFalse();
        assertThat(tasks.ids()).containsExactly("x");
        assertThat(tasks.files("rejected")).isEmpty();
    }

    @Test
    void givesAFileThatChangedASecondChanceOfItsOwn() throws IOException {
        tasks.drop("[{\"id\": ");
        look();
        later(Duration.ofSeconds(1));
        look();
        Files.writeString(tasks.queue(), "\"x\", ", StandardOpenOption.APPEND);
        look();
        later(Duration.ofSeconds(1));

        assertThat(look()).isTrue();
        assertThat(tasks.queue()).exists();
    }

    @Test
    void finishesAClaimedFileWithoutAQuietTime() throws IOException {
        Files.createDirectories(tasks.folder);
        Files.writeString(tasks.folder.resolve("inbox-20260104T090000.000Z-1.json"), GOOD);

        assertThat(look()).isFalse();

        assertThat(tasks.ids()).containsExactly("x");
    }

    @Test
    void givesAClaimedFileThatCannotBeReadASecondChanceToo() throws IOException {
        Files.createDirectories(tasks.folder);
        Path claimed = tasks.folder.resolve("inbox-20260104T090000.000Z-1.json");
        Files.writeString(claimed, "[{\"id\": \"x\", ");

        assertThat(look()).isTrue();
        assertThat(claimed).exists();
        Files.writeString(claimed, "\"type\": \"a\"}]", StandardOpenOption.APPEND);
        look();
        later(Duration.ofSeconds(1));

        assertThat(look()).isFalse();
        assertThat(tasks.ids()).containsExactly("x");
    }

    @Test
    void leavesAFileThatAnotherProgramHoldsForTheNextLook() throws Exception {
        tasks.drop(GOOD);
        look();
        later(Duration.ofSeconds(1));
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> hold(held, release));
        held.await();

        assertThat(look()).isTrue();
        assertThat(tasks.ids()).isEmpty();
        release.countDown();
        writer.join();

        assertThat(look()).isFalse();
        assertThat(tasks.ids()).containsExactly("x");
    }

    private void hold(CountDownLatch held, CountDownLatch release) {
        try {
            QueueLock lock = QueueLock.of(tasks.queue(), Duration.ZERO).orElseThrow();
            held.countDown();
            release.await();
            lock.close();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean look() {
        return desk.look(false, report -> {});
    }

    private void later(Duration duration) {
        tasks.nanos.addAndGet(duration.toNanos());
    }
}
