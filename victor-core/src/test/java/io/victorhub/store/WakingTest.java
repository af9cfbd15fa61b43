package io.victorhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreCodec;
import io.victorhub.spi.store.StoreContext;
import io.victorhub.spi.store.Subscription;
import io.victorhub.spi.store.TaskStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WakingTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-05T09:00:00Z"));

    @Test
    void wakesWhoWaitsForADelayedTaskAlsoWhenAReaderSawItBecomeReadyFirst() throws Exception {
        Semaphore woken = new Semaphore(0);
        try (Store store = Stores.memory().open(new Context(now::get))) {
            store.tasks()
                    .submit(List.of(Submission.builder(Task.of("t").id("d").build())
                            .notBefore(now.get().plusMillis(500))
                            .build()));
            try (Subscription waiting = store.tasks().onWork(woken::release)) {
                now.set(now.get().plusSeconds(1)); // the store's timer sleeps for half a second of real time

                TaskStatus seen = store.tasks().find("d").orElseThrow().status();

                assertThat(seen).isEqualTo(TaskStatus.READY);
                assertThat(woken.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private record Context(InstantSource clock) implements StoreContext {
        @Override
        public Path directory() {
            return Path.of("unused");
        }

        @Override
        public StoreCodec codec() {
            return Stores.codec();
        }

        @Override
        public ThreadFactory threads() {
            return Thread::new;
        }

        @Override
        public String node() {
            return "test";
        }

        @Override
        public Duration ageingStep() {
            return Duration.ofMinutes(10);
        }
    }
}
