package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Attempt;
import io.victorhub.dispatch.Ended;
import io.victorhub.spi.Result.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the time of attempts: asks them to end when it is over, and gives up those that do not. One timer waits for the
 * earliest end; an attempt that ends in time, as nearly all do, costs it nothing.
 */
final class Supervisor {

    private static final Duration LONGEST = Duration.ofDays(365);

    private final Running running;
    private final ScheduledExecutorService timer;
    private final Duration stuckAfter;
    private final BiConsumer<Place, Ended> abandoned;
    private final long origin = System.nanoTime(); // times count from here, so that they can be compared
    private final ReentrantLock lock = new ReentrantLock(); // guards waiting, and changes of next
    private @Nullable Future<?> waiting;
    private volatile long next = Place.UNWATCHED; // when the timer looks

    Supervisor(
            Running running, ScheduledExecutorService timer, Duration stuckAfter, BiConsumer<Place, Ended> abandoned) {
        this.running = running;
        this.timer = timer;
        this.stuckAfter = stuckAfter;
        this.abandoned = abandoned;
    }

    /** Starts the clock of an attempt. */
    void watch(Place place, Attempt attempt) {
        long until = now() + nanos(attempt.timeLimit());
        place.watchedUntil = until;
        if (until < next) { // read after the other is written: either this sees a late timer, or the timer sees this
            lookAt(until);
        }
    }

    /** The attempt has ended. */
    void unwatch(Place place) {
        place.watchedUntil = Place.UNWATCHED;
    }

    /** Asks an attempt to end, and gives it up if it does not in time. */
    void stop(Place place, Attempt attempt, Reason reason, String why) {
        attempt.cancel(reason, why);
        var unused = after(nanos(stuckAfter), () -> giveUp(place, attempt));
    }

    /** Gives an attempt up, unless it runs in a thread of the host's, which goes on with what comes of it. */
    void giveUp(Place place, Attempt attempt) {
        if (place.isQueued()) {
            attempt.abandon().ifPresent(ended -> abandoned.accept(place, ended));
        }
    }

    private void lookAt(long at) {
        lock.lock();
        try {
            if (at < next) {
                if (waiting != null) {
                    waiting.cancel(false);
                }
                next = at;
                waiting = after(Math.max(0, at - now()), this::look);
            }
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        lock.lock();
        try {
            next = Place.UNWATCHED; // from here on whoever begins to be watched asks for a look of its own
            waiting = null;
        } finally {
            lock.unlock();
        }
        long now = now();
        List<Place> over = new ArrayList<>();
        long[] earliest = {Place.UNWATCHED};
        running.forEach(place -> {
            long until = place.watchedUntil;
            if (until <= now) {
                over.add(place);
            } else {
                earliest[0] = Math.min(earliest[0], until);
            }
        });
        if (earliest[0] < next) {
            lookAt(earliest[0]);
        }
        over.forEach(this::timeIsOver);
    }

    private void timeIsOver(Place place) {
        Attempt attempt = place.attempt();
        if (attempt == null || place.watchedUntil == Place.UNWATCHED) {
            return; // it ended meanwhile
        }
        place.watchedUntil = Place.UNWATCHED;
        if (attempt.endsByDeadline()) {
            stop(place, attempt, Reason.EXPIRED, "its deadline passed while it ran");
        } else {
            stop(place, attempt, Reason.TIMED_OUT, "it took longer than its limit of " + attempt.timeLimit());
        }
    }

    /** Once the timer is closed, whoever closes the hub ends what still runs. */
    private @Nullable Future<?> after(long nanos, Runnable action) {
        try {
            return timer.schedule(action, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return null;
        }
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : Math.max(0, duration.toNanos());
    }
}
