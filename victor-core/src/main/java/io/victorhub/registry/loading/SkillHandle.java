package io.victorhub.registry.loading;

import io.victorhub.registry.Origin;
import io.victorhub.registry.RegisteredSkill;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Task;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One version of a skill. It is closed when it is retired and the last call of it has ended, so that running tasks end on
 * the version they began on.
 */
public final class SkillHandle {

    private static final Logger log = LoggerFactory.getLogger(SkillHandle.class);

    private final Skill skill;
    private final SkillDescriptor descriptor;
    private final SkillRef ref;
    private final boolean answers;
    private final Origin origin;
    private final ClassLoader classLoader;
    private final Instant since;
    private final Runnable closed;
    private final Executor closer;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Condition leaving = lock.newCondition();
    private boolean enabled;
    private boolean retired;
    private boolean gone;
    private int running;

    /** @param closer runs what a skill does when it is closed, which may take long */
    SkillHandle(Candidate candidate, boolean enabled, Instant since, Executor closer) {
        this.skill = candidate.skill();
        this.descriptor = candidate.descriptor();
        this.ref = descriptor.ref();
        this.answers = hasAnswers(skill.getClass());
        this.origin = candidate.origin();
        this.classLoader = candidate.classLoader();
        this.closed = candidate.closed();
        this.enabled = enabled;
        this.since = since;
        this.closer = closer;
    }

    /**
     * A skill that may be registered.
     *
     * @param closed called once after it was closed
     */
    record Candidate(Skill skill, SkillDescriptor descriptor, Origin origin, ClassLoader classLoader, Runnable closed) {

        Candidate closing(Runnable otherwise) {
            return new Candidate(skill, descriptor, origin, classLoader, otherwise);
        }
    }

    /** {@return what it says of itself} */
    public SkillDescriptor descriptor() {
        return descriptor;
    }

    /** {@return its name and version} */
    public SkillRef ref() {
        return ref;
    }

    /** {@return where it was found} */
    public Origin origin() {
        return origin;
    }

    /** {@return its class and where that was found, in words} */
    String owner() {
        return skill.getClass().getName() + " of " + origin.text();
    }

    /** {@return whether it has answers of its own to whether it wants a task and what that would cost} */
    public boolean hasAnswers() {
        return answers;
    }

    private static boolean hasAnswers(Class<? extends Skill> type) {
        try {
            return type.getMethod("canHandle", Task.class).getDeclaringClass() != Skill.class
                    || type.getMethod("estimateCost", Task.class).getDeclaringClass() != Skill.class;
        } catch (NoSuchMethodException | LinkageError e) {
            return true;
        }
    }

    /** {@return whether it gets tasks} */
    public boolean enabled() {
        lock.lock();
        try {
            return enabled && !retired;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the right to call it, to be closed after the call; empty if it is disabled or retired} */
    public Optional<SkillCall> begin() {
        lock.lock();
        try {
            if (!enabled || retired) {
                return Optional.empty();
            }
            running++;
            return Optional.of(new Call());
        } finally {
            lock.unlock();
        }
    }

    void enable(boolean whether) {
        lock.lock();
        try {
            enabled = whether;
        } finally {
            lock.unlock();
        }
    }

    RegisteredSkill registered() {
        lock.lock();
        try {
            return new RegisteredSkill(descriptor, origin, enabled, since, running);
        } finally {
            lock.unlock();
        }
    }

    /** Gives it no more tasks, and closes it when nothing runs. */
    void retire() {
        boolean last;
        lock.lock();
        try {
            last = !retired && running == 0;
            retired = true;
        } finally {
            lock.unlock();
        }
        if (last) {
            closer.execute(this::closeSkill);
        }
    }

    /** Waits until it is retired and closed; false if the time was not enough. */
    boolean awaitGone(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!gone) {
                if (left <= 0) {
                    return false;
                }
                left = leaving.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        boolean last;
        lock.lock();
        try {
            running--;
            last = retired && running == 0;
        } finally {
            lock.unlock();
        }
        if (last) {
            closer.execute(this::closeSkill);
        }
    }

    /** Whoever happens to call this is no place to throw: it ended the last call, or replaced the skill. */
    private void closeSkill() {
        try {
            InLoader.run(classLoader, () -> {
                skill.close();
                return true;
            });
        } catch (Throwable t) {
            log.warn(
                    "skill {} ({}) threw when it was closed, and is gone all the same: {}",
                    ref,
                    owner(),
                    InLoader.said(t));
        } finally {
            closed.run();
            lock.lock();
            try {
                gone = true;
                leaving.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private final class Call implements SkillCall {
        private final AtomicBoolean ended = new AtomicBoolean();

        @Override
        public Skill skill() {
            return skill;
        }

        @Override
        public ClassLoader classLoader() {
            return classLoader;
        }

        @Override
        public void close() {
            if (ended.compareAndSet(false, true)) {
                end();
            }
        }
    }
}
