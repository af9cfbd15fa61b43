package io.victorhub.scheduling.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.victorhub.scheduling.Pause;
import io.victorhub.spi.store.Change;
import io.victorhub.store.Stores;
import io.victorhub.testing.RecordingSkill;
import io.victorhub.testing.SettableClock;
import io.victorhub.testing.StoreContexts;
import io.victorhub.testing.WrappedStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pauses that end, with a timer that is run by hand. */
class PausesTest {

    private static final Instant NOW = SettableClock.START;
    private static final Instant LATER = NOW.plusSeconds(60);

    private final SettableClock clock = new SettableClock();
    private final WrappedStore store = new WrappedStore(Stores.memory().open(StoreContexts.inMemory(clock)));
    private final HandTimer timer = new HandTimer();
    private final AtomicInteger ended = new AtomicInteger();
    private final Pauses pauses = pauses();

    private Pauses pauses() {
        return new Pauses(store.state(), clock, timer, ended::incrementAndGet);
    }

    @AfterEach
    void close() {
        timer.shutdownNow();
        store.close();
    }

    @Test
    void aPauseWithoutAnEndNeedsNoTimer() {
        pauses.pause(Pause.of("t").because("the provider is down"));
        pauses.pause(Pause.everything());

        assertThat(pauses.list())
                .containsExactly(Pause.everything(), Pause.of("t").because("the provider is down"));
        assertThat(timer.delays).isEmpty();
    }

    @Test
    void countsNoMoreFromItsEndOn() {
        pauses.pause(Pause.of("t").until(LATER));
        pauses.pause(Pause.everything().until(LATER));

        clock.set(LATER.minusNanos(1));
        assertThat(pauses.types()).containsExactly("t");
        assertThat(pauses.all()).isTrue();
        clock.set(LATER);

        assertThat(pauses.types()).isEmpty();
        assertThat(pauses.all()).isFalse();
        assertThat(pauses.list()).isEmpty();
    }

    @Test
    void tellsWhenItHasEndedAndForgetsIt() {
        pauses.pause(Pause.of("t").until(LATER));
        clock.set(LATER);

        timer.ring();

        assertThat(ended).hasValue(1);
        assertThat(store.state().read("pause/t")).isEmpty();
        assertThat(timer.isSet()).isFalse();
    }

    @Test
    void looksAtTheClockEveryTenSecondsInCaseItIsSet() {
        pauses.pause(Pause.of("t").until(NOW.plus(Duration.ofDays(30_000))));

        timer.ring();
        clock.set(LATER);
        timer.ring();

        assertThat(timer.delays).containsOnly(Duration.ofSeconds(10)).hasSize(3);
        assertThat(ended).hasValue(0);
        assertThat(pauses.types()).containsExactly("t");
    }

    @Test
    void looksAtTheEndOfTheFirstOneToEnd() {
        pauses.pause(Pause.of("t").until(NOW.plusSeconds(9)));
        pauses.pause(Pause.of("u").until(NOW.plusSeconds(5)));
        clock.set(NOW.plusSeconds(5));

        timer.ring();

        assertThat(pauses.types()).containsExactly("t");
        assertThat(timer.delays).containsExactly(Duration.ofSeconds(9), Duration.ofSeconds(5), Duration.ofSeconds(4));
    }

    @Test
    void aLaterPauseTakesThePlaceOfAnEarlierOne() {
        pauses.pause(Pause.of("t").until(LATER).because("first"));

        pauses.pause(Pause.of("t"));

        assertThat(pauses.list()).containsExactly(Pause.of("t"));
        assertThat(pauses().list()).containsExactly(Pause.of("t"));
        assertThat(timer.isSet()).isFalse();
    }

    @Test
    void keepsItsEndAndItsReasonOverARestart() {
        pauses.pause(Pause.of("t").until(LATER).because("the provider is down"));
        pauses.pause(Pause.everything().until(LATER));

        assertThat(pauses().list())
                .containsExactly(
                        Pause.everything().until(LATER),
                        Pause.of("t").until(LATER).because("the provider is down"));
        assertThat(store.state().read("pause/t").orElseThrow().value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"until\":\"2026-01-05T09:01:00Z\",\"reason\":\"the provider is down\"}");
    }

    @Test
    void isOverAfterARestartIfItEndedMeanwhile() {
        pauses.pause(Pause.of("t").until(LATER));
        clock.set(LATER);

        Pauses next = pauses();

        assertThat(next.types()).isEmpty();
        timer.ring();
        assertThat(store.state().read("pause/t")).isEmpty();
    }

    @Test
    void endsThoughTheStoreKeepsNothing() {
        pauses.pause(Pause.of("t").until(LATER));
        clock.set(LATER);
        store.settleFails(true);

        timer.ring();

        assertThat(ended).hasValue(1);
        assertThat(pauses.list()).isEmpty();
        store.settleFails(false);
        pauses.pause(Pause.of("t"));
        assertThat(pauses().list()).containsExactly(Pause.of("t"));
    }

    @Test
    void holdsUntilSomebodyResumesItIfItCannotBeRead() {
        store.state()
                .change(List.of(Change.put("pause/t", 0, "{\"until\":\"soon\"}".getBytes(StandardCharsets.UTF_8))));
        store.state().change(List.of(Change.put("pause/u", 0, new byte[] {1})));

        Pauses next = pauses();

        assertThat(next.types()).containsExactly("t", "u");
        next.resumeType("t");
        assertThat(next.types()).containsExactly("u");
    }

    @Test
    void refusesAnEndThatIsPast() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pauses.pause(Pause.of("t").until(NOW)))
                .withMessage(
                        "a pause of type t until 2026-01-05T09:00:00Z, which is past (it is 2026-01-05T09:00:00Z); "
                                + "give a later instant");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pauses.pause(Pause.everything().until(Instant.EPOCH)))
                .withMessageStartingWith("a pause of all types until 1970-01-01T00:00:00Z, which is past");
    }

    @Test
    void refusesWhatIsNoTypeAndReasonsThatNobodyReads() {
        assertThatIllegalArgumentException().isThrownBy(() -> Pause.of("*"));
        assertThatIllegalArgumentException().isThrownBy(() -> pauses.resumeType("*"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pause.of("t").because("x".repeat(1001)))
                .withMessage("the reason of a pause has 1001 characters; it must have at most 1000");
    }

    @Test
    void theLoopGoesOnByItself() {
        RecordingSkill skill = LoopBench.skill();
        try (LoopBench bench = LoopBench.workers(1).with(skill)) {
            bench.loop.pause("t", bench.clock.instant().plusMillis(20));
            bench.loop.pauseUntil(bench.clock.instant().plusMillis(20));
            bench.loop.start();
            bench.submit("a");
            bench.awaitAsleep();
            assertThat(skill.tasks()).isEmpty();

            bench.clock.advance(Duration.ofSeconds(1));

            bench.awaitAllDone(1);
        }
    }

    /** Remembers what it shall do, and does it when the test says so. */
    private static final class HandTimer extends ScheduledThreadPoolExecutor {
        private final List<Duration> delays = new ArrayList<>();
        private ScheduledFuture<?> future;
        private Runnable command = () -> {};

        HandTimer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
            command = work;
            delays.add(Duration.ofNanos(unit.toNanos(delay)));
            future = super.schedule(() -> {}, 1, TimeUnit.DAYS);
            return future;
        }

        boolean isSet() {
            return future != null && !future.isDone();
        }

        void ring() {
            future.cancel(false);
            command.run();
        }
    }
}
