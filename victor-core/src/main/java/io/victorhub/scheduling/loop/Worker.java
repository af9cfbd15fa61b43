package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Attempt;
import io.victorhub.dispatch.Ended;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Settlement;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out leases in the threads that it is called in: calls the skill, puts on record what came of it, and goes on with
 * the next lease, which it gets in the same turn. So no task waits for another thread between two others. Called without
 * locks.
 */
final class Worker {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    /** A thread of the host's is given back after so much, so that others who use its executor get their turn. */
    private static final int MOST_TASKS = 100;

    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final boolean own;
    private final Planner planner;
    private final Attempts attempts;
    private final Dispositions dispositions;
    private final Settler settler;
    private final Runnable look;
    private final ThreadLocal<Boolean> inside = new ThreadLocal<>(); // set in threads that run attempts now

    /**
     * @param own whether the threads are the hub's own, and need not be given back
     * @param look called when somebody else should look for work
     */
    Worker(boolean own, Planner planner, Attempts attempts, Dispositions dispositions, Settler settler, Runnable look) {
        this.own = own;
        this.planner = planner;
        this.attempts = attempts;
        this.dispositions = dispositions;
        this.settler = settler;
        this.look = look;
    }

    /** {@return whether this thread carries out a lease, or tells of one} */
    boolean isInside() {
        return inside.get() != null;
    }

    /** Runs an action as an attempt in this thread; {@return whether it was inside one before} */
    boolean enter() {
        boolean before = isInside();
        inside.set(true);
        return before;
    }

    /** Ends what {@link #enter()} began. */
    void leave(boolean before) {
        if (!before) {
            inside.remove();
        }
    }

    /**
     * Carries out a lease, and those that come next. No task stays with an attempt that is no more, whatever went wrong.
     * Throws nothing, and leaves the thread as interrupted as it was.
     *
     * @param first has its attempt, or is planned now
     * @param goesOn whether this thread may go on with other tasks
     */
    void run(Place first, boolean goesOn) {
        boolean interrupted = Thread.interrupted(); // neither the skill nor the store shall end by that
        boolean before = enter();
        try {
            long end = own ? 0 : System.nanoTime() + LONGEST_NANOS;
            Place place = first;
            for (int tasks = 1; place != null; tasks++) {
                boolean last = !goesOn || !own && (tasks >= MOST_TASKS || System.nanoTime() - end >= 0);
                place = carryOut(place, !last);
            }
        } finally {
            leave(before);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** {@return the place of the next task} */
    private @Nullable Place carryOut(Place place, boolean goesOn) {
        Settlement end = place.attempt() == null ? planner.plan(place) : null;
        if (end != null) {
            return settler.settle(place, end, goesOn);
        }
        Attempt attempt = place.attempt();
        Ended ended = attempt == null ? null : call(place, attempt);
        if (ended == null) { // somebody else has given it up, and its place with it
            look.run();
            return null;
        }
        Place next = settler.settle(place, settlement(place.lease, ended), goesOn);
        attempts.tellIfFatal(place.lease, ended);
        return next;
    }

    private @Nullable Ended call(Place place, Attempt attempt) {
        try {
            return attempts.call(place, attempt).orElse(null);
        } catch (RuntimeException | Error e) {
            Lease lease = place.lease;
            log.error("attempt {} at task {} broke", lease.attempt(), lease.taskId(), e);
            return dispositions.broken(lease, attempt.skill(), e);
        }
    }

    private Settlement settlement(Lease lease, Ended ended) {
        try {
            return dispositions.after(lease, ended);
        } catch (RuntimeException | Error e) {
            log.error("it could not be decided what becomes of task {}; it goes back to the queue", lease.taskId(), e);
            return dispositions.back(lease, Planner.MISHAP_WAIT);
        }
    }
}
