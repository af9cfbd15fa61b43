package io.victorhub.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Forces within a while, and rests while there is nothing. */
@Timeout(30)
class FlusherTest {

    private final AtomicInteger forces = new AtomicInteger();
    private final List<Thread> made = new ArrayList<>();
    private final Flusher flusher = new Flusher(this::thread, Duration.ofMillis(1), forces::incrementAndGet);

    @Test
    void makesNoThreadWhileThereIsNothing() {
        flusher.end();

        assertThat(made).isEmpty();
    }

    @Test
    void forcesOnceWhatWasWrittenAndRestsThen() {
        for (int i = 1; i <= 3; i++) {
            flusher.written();
            int times = i;
            await().until(() -> forces.get() == times);
            await().until(() -> made.get(0).getState() == Thread.State.WAITING);
        }

        assertThat(made).hasSize(1);
        flusher.end();
        assertThat(made.get(0).isAlive()).isFalse();
    }

    @Test
    void doesNotEndOfAnInterrupt() {
        flusher.written();
        await().until(() -> forces.get() == 1);
        made.get(0).interrupt();

        flusher.written();

        await().until(() -> forces.get() == 2);
        await().until(() -> made.get(0).getState() == Thread.State.WAITING);
        flusher.end();
    }

    @Test
    void triesAgainToMakeItsThread() {
        AtomicInteger tries = new AtomicInteger();
        Flusher poor = new Flusher(
                task -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new IllegalStateException("no thread");
                    }
                    return thread(task);
                },
                Duration.ofMillis(1),
                forces::incrementAndGet);
        assertThatThrownBy(poor::written).hasMessage("no thread");

        poor.written();

        await().until(() -> forces.get() == 1);
        poor.end();
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        made.add(thread);
        return thread;
    }
}
