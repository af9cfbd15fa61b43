package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Attempt;
import io.victorhub.dispatch.Ended;
import io.victorhub.spi.Result.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
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

    /** Starts the clock of an attempt; run what it returns when the attempt has ended. */
    Runnable watch(Attempt attempt) {
        Optional<ScheduledFuture<?>> watch = after(attempt.timeLimit(), () -> timeIsOver(attempt));
        return () -> watch.ifPresent(future -> future.cancel(false));
    }

    /** Asks an attempt to end, and gives it up if it does not in time. */
    void stop(Attempt attempt, Reason reason, String why) {
        attempt.cancel(reason, why);
        after(stuckAfter, () -> giveUp(attempt));
    }

    /** Gives an attempt up, unless it runs in a thread of the host's, which goes on with what comes of it. */
    void giveUp(Attempt attempt) {
        if (Running.isQueued(attempt.lease())) {
            attempt.abandon().ifPresent(ended -> abandoned.accept(attempt, ended));
        }
    }

    private void timeIsOver(Attempt attempt) {
        if (attempt.endsByDeadline()) {
            stop(attempt, Reason.EXPIRED, "its deadline passed while it ran");
        } else {
            stop(attempt, Reason.TIMED_OUT, "it took longer than its limit of " + attempt.timeLimit());
        }
    }

    /** Once the timer is closed, whoever closes the hub ends what still runs. */
    private Optional<ScheduledFuture<?>> after(Duration wait, Runnable action) {
        try {
            return Optional.of(timer.schedule(action, nanos(wait), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofDays(365)) > 0 ? LONGEST_NANOS : Math.max(0, duration.toNanos());
    }
}
