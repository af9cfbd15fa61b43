package io.victorhub.dispatch;

import io.victorhub.registry.loading.SkillCall;
import io.victorhub.spi.Choice;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Result;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a task: run once, by one thread, while others may cancel it or give it up. Whoever ends it first, the
 * skill or the one who gives it up, says what came of it; the other's word is dropped.
 */
public final class Attempt {

    private enum Stage {
        NEW,
        RUNNING,
        ENDED,
        ABANDONED
    }

    /** What an attempt needs of dispatch. */
    record Means(
            SkillCall call,
            SkillRef skill,
            Choice choice,
            AttemptContext context,
            Duration queueWait,
            @Nullable Instant deadline,
            Duration timeLimit,
            Verdicts verdicts,
            SkillLoad.Load load,
            double estimate,
            DispatchSettings settings) {}

    private record Stop(Reason reason, String why) {}

    private final Lease lease;
    private final Means means;
    private final ReentrantLock lock = new ReentrantLock(); // guards changes of all below
    private Stage stage = Stage.NEW;
    private @Nullable Thread thread;
    private volatile @Nullable Stop stop;
    private @Nullable Instant startedAt;
    private long startedNanos;
    private boolean interruptedByOthers;

    Attempt(Lease lease, Means means) {
        this.lease = lease;
        this.means = means;
    }

    /** {@return the lease under which it runs} */
    public Lease lease() {
        return lease;
    }

    /** {@return the skill that was chosen} */
    public SkillRef skill() {
        return means.skill();
    }

    /** {@return what its skill believes that it will cost} */
    public double estimate() {
        return means.estimate();
    }

    /** {@return how long it may take} */
    public Duration timeLimit() {
        return means.timeLimit();
    }

    /** {@return whether the task's deadline, not the time limit, is what ends it first} */
    public boolean endsByDeadline() {
        return means.deadline() != null;
    }

    /** {@return what the skill told last} */
    public Progress progress() {
        return means.context().latestProgress();
    }

    /** {@return when the skill was called; empty before} */
    public Optional<Instant> startedAt() {
        lock.lock();
        try {
            return Optional.ofNullable(startedAt);
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether its thread was interrupted by somebody who does not know the hub, while the skill ran in it} */
    public boolean interruptedByOthers() {
        lock.lock();
        try {
            return interruptedByOthers;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Calls the skill in this thread, unless somebody asked it to end before it began. Throws nothing, and leaves the
     * thread uninterrupted.
     *
     * @return what came of it; empty if it had been given up meanwhile, or before it began
     */
    public Optional<Ended> run() {
        if (!begin()) {
            return Optional.empty();
        }
        Result result = null;
        Throwable thrown = null;
        try {
            result = stop == null ? call() : null;
        } catch (Throwable t) {
            thrown = t;
        }
        Stop stopped = finish(thrown instanceof InterruptedException);
        if (stopped == ABANDONED) {
            means.load().recover();
            means.call().close();
            return Optional.empty();
        }
        try {
            return Optional.of(means.verdicts()
                    .of(
                            this,
                            result,
                            thrown,
                            stopped == null ? null : stopped.reason(),
                            stopped == null ? "" : stopped.why()));
        } finally {
            means.load().leave();
            means.call().close();
        }
    }

    /**
     * Asks the skill to end: its context says so and its thread is interrupted. What it still returns counts. A skill
     * that was not called yet will not be.
     *
     * @param reason why, if it ends without a result
     * @param why the same in words
     */
    public void cancel(Reason reason, String why) {
        lock.lock();
        try {
            if (stop == null) {
                stop = new Stop(reason, why);
            }
            means.context().requestCancellation();
            if (stage == Stage.RUNNING && thread != null) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives it up: its thread is lost until the skill returns by itself.
     *
     * @return what came of it; empty if it had ended
     */
    public Optional<Ended> abandon() {
        Stop stopped;
        lock.lock();
        try {
            if (stage != Stage.RUNNING) {
                return Optional.empty();
            }
            stage = Stage.ABANDONED;
            stopped = stop == null ? new Stop(Reason.TIMED_OUT, "it was given up") : stop;
        } finally {
            lock.unlock();
        }
        means.context().end();
        means.load().lose();
        means.load().leave();
        return Optional.of(means.verdicts()
                .of(
                        this,
                        null,
                        null,
                        stopped.reason(),
                        stopped.why() + "; it ignored the interruption, so its thread is lost"));
    }

    /** Gives back what was taken for it, if it never began; false if it did. */
    public boolean discard() {
        lock.lock();
        try {
            if (stage != Stage.NEW) {
                return false;
            }
            stage = Stage.ENDED;
        } finally {
            lock.unlock();
        }
        means.load().leave();
        means.call().close();
        return true;
    }

    Means means() {
        return means;
    }

    /** What is known of it by whoever ended it. */
    Execution.Builder execution() {
        Task task = lease.task();
        return Execution.of(task.id(), task.type())
                .priority(task.priority())
                .attempt(lease.attempt())
                .round(lease.round())
                .skill(means.skill())
                .choice(means.choice())
                .lines(means.context().lines())
                .node(means.settings().node())
                .startedAt(startedAt == null ? means.settings().clock().instant() : startedAt)
                .queueWait(means.queueWait())
                .duration(Duration.ofNanos(Math.max(0, System.nanoTime() - startedNanos)));
    }

    private static final Stop ABANDONED = new Stop(Reason.TIMED_OUT, "abandoned");

    private boolean begin() {
        lock.lock();
        try {
            if (stage != Stage.NEW) {
                return false;
            }
            stage = Stage.RUNNING;
            thread = Thread.currentThread();
            startedAt = means.settings().clock().instant();
            startedNanos = System.nanoTime();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Result call() throws Exception {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(means.call().classLoader());
        try {
            return means.call().skill().execute(lease.task(), means.context());
        } finally {
            current.setContextClassLoader(before);
        }
    }

    /**
     * After this no interrupt of ours can reach the thread, and one that did is taken back; so is one that the skill
     * left, which would stop whoever uses the thread next, such as the store.
     */
    private @Nullable Stop finish(boolean endedByInterrupt) {
        lock.lock();
        try {
            boolean abandoned = stage == Stage.ABANDONED;
            if (!abandoned) {
                stage = Stage.ENDED;
            }
            thread = null;
            interruptedByOthers = (Thread.interrupted() || endedByInterrupt) && stop == null;
            return abandoned ? ABANDONED : stop;
        } finally {
            lock.unlock();
            means.context().end();
        }
    }
}
