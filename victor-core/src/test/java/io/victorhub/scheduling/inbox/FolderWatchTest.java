package io.victorhub.scheduling.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class FolderWatchTest {

    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private FolderWatch watch;

    @BeforeEach
    void open() {
        watch = new FolderWatch(folder, "queue.json", System::nanoTime);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void doesNotSleepOverWhatWasWrittenBeforeItBegan() throws Exception {
        watch.open();
        Files.writeString(folder.resolve("queue.json"), "[]");

        watch.await(LONG);

        assertThat(watch.isClosed()).isFalse();
    }

    @Test
    void wakesForItsFileAndNoOther() throws Exception {
        watch.open();
        watch.await(LONG);
        Files.writeString(folder.resolve("other.json"), "[]");
        Thread waiting = waiting();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        Files.writeString(folder.resolve("queue.json"), "[]");

        await().until(() -> !waiting.isAlive());
    }

    @Test
    void wakesWhenItIsClosed() throws Exception {
        watch.open();
        watch.await(LONG);
        Thread waiting = waiting();

        watch.close();

        await().until(() -> !waiting.isAlive());
        assertThat(watch.isClosed()).isTrue();
    }

    @Test
    void waitsByTimeWhereTheFolderCannotBeWatched() throws Exception {
        Files.delete(folder);
        watch.open();
        Thread waiting = waiting();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        watch.close();

        await().until(() -> !waiting.isAlive());
        Files.createDirectory(folder);
    }

    @Test
    void sleepsNoLongerThanItIsTold() throws InterruptedException, IOException {
        watch.open();
        watch.await(LONG);

        watch.await(Duration.ofMillis(1));
        watch.pause(Duration.ofMillis(1));

        assertThat(watch.isClosed()).isFalse();
    }

    private Thread waiting() {
        Thread thread = new Thread(() -> {
            try {
                watch.await(LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
