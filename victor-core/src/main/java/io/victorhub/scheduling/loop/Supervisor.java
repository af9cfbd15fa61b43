package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Attempt;
import io.victorhub.dispatch.Ended;
import io.victorhub.spi.Result.Reason;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Watches the time of attempts: asks them to end when it is over, and gives up those that do not. */
final class Supervisor {

    private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(365);

    private final ScheduledExecutorService timer;
    private final Duration stuckAfter;
    private final BiConsumer<Attempt, Ended> abandoned;

    Supervisor(ScheduledExecutorService timer, Duration stuckAfter, BiConsumer<Attempt, Ended> abandoned) {
        this.timer = timer;
        this.stuckAfter = stuckAfter;
        this.abandoned = abandoned;
    }

    /** Starts the clock of an attempt; cancel the future when it has ended. */
    ScheduledFuture<?> watch(Attempt attempt, boolean mayAbandon) {
        return timer.schedule(() -> timeIsOver(attempt, mayAbandon), nanos(attempt.timeLimit()), TimeUnit.NANOSECONDS);
    }

    /** Asks an attempt to end, and gives it up if it does not in time. */
    void stop(Attempt attempt, Reason reason, String why, boolean mayAbandon) {
        attempt.cancel(reason, why);
        if (mayAbandon && !timer.isShutdown()) {
            timer.schedule(() -> giveUp(attempt), nanos(stuckAfter), TimeUnit.NANOSECONDS);
        }
    }

    void giveUp(Attempt attempt) {
        attempt.abandon().ifPresent(ended -> abandoned.accept(attempt, ended));
    }

    private void timeIsOver(Attempt attempt, boolean mayAbandon) {
        if (attempt.endsByDeadline()) {
            stop(attempt, Reason.EXPIRED, "its deadline passed while it ran", mayAbandon);
        } else {
            stop(attempt, Reason.TIMED_OUT, "it took longer than its limit of " + attempt.timeLimit(), mayAbandon);
        }
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofDays(365)) > 0 ? LONGEST_NANOS : Math.max(0, duration.toNanos());
    }
}
