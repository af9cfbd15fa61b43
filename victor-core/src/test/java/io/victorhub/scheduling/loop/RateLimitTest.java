package io.victorhub.scheduling.loop;

import static io.victorhub.scheduling.loop.LoopBench.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.victorhub.scheduling.RateLimit;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Result;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.testing.RecordingSkill;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How fast tasks of one type may begin. */
class RateLimitTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Map<String, RateLimit> SIX_A_MINUTE = Map.of("t", new RateLimit(6, MINUTE));
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final RecordingSkill skill = RecordingSkill.named("s", "t", "u");

    @Test
    void beginsWithNothingSavedUpAndThenOneAtATime() {
        try (LoopBench bench =
                LoopBench.options().inThisThread().rates(SIX_A_MINUTE).open()) {
            bench.with(skill).submit(tasks(5));
            assertThat(bench.loop.runPending()).isZero();

            for (int begun = 1; begun <= 3; begun++) {
                bench.clock.advance(TEN_SECONDS.minusNanos(1));
                assertThat(bench.loop.runPending()).isZero();
                bench.clock.advance(Duration.ofNanos(1));
                assertThat(bench.loop.runPending()).isOne();
            }
        }
    }

    @Test
    void savesUpToItsLimitInARest() {
        try (LoopBench bench =
                LoopBench.options().inThisThread().rates(SIX_A_MINUTE).open()) {
            bench.clock.advance(Duration.ofHours(1));
            bench.with(skill).submit(tasks(10));

            assertThat(bench.loop.runPending()).isEqualTo(6);
            bench.clock.advance(MINUTE);
            assertThat(bench.loop.runPending()).isEqualTo(4);
        }
    }

    @Test
    void holdsUpNoOtherType() {
        try (LoopBench bench =
                LoopBench.options().inThisThread().rates(SIX_A_MINUTE).open()) {
            bench.with(skill)
                    .submit(tasks(5))
                    .submit(task("other-1", "u").build(), task("other-2", "u").build());

            bench.loop.runPending();

            assertThat(skill.tasks()).containsExactly("other-1", "other-2");
        }
    }

    @Test
    void countsFurtherAttemptsToo() {
        try (LoopBench bench = LoopBench.options()
                .inThisThread()
                .rates(SIX_A_MINUTE)
                .retry(RetryPolicy.immediate(3))
                .open()) {
            bench.with(skill.doing((task, context) -> Result.failure(Reason.UNAVAILABLE, "")))
                    .submit("a");
            bench.clock.advance(TEN_SECONDS.multipliedBy(2));

            assertThat(bench.loop.runPending()).isEqualTo(2);
            bench.clock.advance(TEN_SECONDS);
            assertThat(bench.loop.runPending()).isOne();
        }
    }

    /** They have begun nothing. */
    @Test
    void doesNotCountWhatWentBackToTheQueue() {
        try (LoopBench bench =
                LoopBench.options().inThisThread().rates(SIX_A_MINUTE).open()) {
            bench.clock.advance(TEN_SECONDS);
            bench.submit("a");
            assertThat(bench.loop.runPending()).isZero();
            assertThat(bench.loop.waitingForSkill()).containsOnlyKeys("t");

            bench.with(skill);

            assertThat(bench.loop.runPending()).isOne();
        }
    }

    /** Nothing happens meanwhile that could wake anybody. */
    @Test
    void goesOnByItselfWhenItIsTime() {
        Map<String, RateLimit> soon = Map.of("t", new RateLimit(1, Duration.ofMillis(30)));
        try (LoopBench bench = LoopBench.options().rates(soon).open()) {
            bench.with(skill).submit(tasks(3));
            bench.loop.start();
            for (int done = 1; done <= 3; done++) {
                int expected = done;
                bench.awaitAsleep();
                assertThat(skill.tasks()).hasSizeLessThan(expected);

                bench.clock.advance(Duration.ofMillis(30));

                await().until(() -> skill.tasks().size() == expected);
            }
            bench.awaitAllDone(3);
        }
    }

    /** The look that is planned for the slow type comes too late for the other. */
    @Test
    void aTypeThatMayGoOnEarlierDoesNotWaitForOneThatMayNot() {
        Map<String, RateLimit> both =
                Map.of("t", new RateLimit(1, Duration.ofHours(1)), "u", new RateLimit(1, Duration.ofMillis(30)));
        try (LoopBench bench = LoopBench.options().rates(both).open()) {
            bench.with(skill).submit(tasks(1));
            bench.clock.advance(Duration.ofMillis(40)); // u may begin one
            bench.loop.start();
            bench.awaitAsleep();
            bench.submit(task("u-1", "u").build(), task("u-2", "u").build());
            bench.awaitStatus("u-1", TaskStatus.DONE);

            bench.clock.advance(Duration.ofMillis(40));

            bench.awaitStatus("u-2", TaskStatus.DONE);
        }
    }

    @Test
    void looksOnlyWhenItIsTimeOrSomethingCame() {
        Map<String, RateLimit> hourly = Map.of("t", new RateLimit(1, Duration.ofHours(1)));
        try (LoopBench bench = LoopBench.options().rates(hourly).open()) {
            bench.with(skill).submit(tasks(20));
            bench.loop.start();
            bench.awaitAsleep();
            int looks = bench.store.looks();

            bench.submit(task("other", "u").build());
            bench.awaitStatus("other", TaskStatus.DONE);
            bench.awaitAsleep();

            assertThat(bench.store.looks() - looks).isLessThan(10);
        }
    }

    @Test
    void refusesALimitThatIsNone() {
        assertThatThrownBy(() -> new RateLimit(0, MINUTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a rate limit of 0 tasks; allow 1 or more");
        assertThatThrownBy(() -> new RateLimit(1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a rate limit of 1 tasks in PT0S; the time must be more than nothing and at most PT876000H");
    }

    private static Submission[] tasks(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> task("task-" + i).build())
                .toArray(Submission[]::new);
    }
}
