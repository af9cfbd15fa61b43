package io.victorhub.registry.loading;

import io.victorhub.registry.Origin;
import io.victorhub.registry.RegisteredSkill;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Task;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One version of a skill. It is closed when it is retired and the last call of it has ended, so that running tasks end on
 * the version they began on.
 */
public final class SkillHandle {

    private static final Logger log = LoggerFactory.getLogger(SkillHandle.class);

    private static final int DISABLED = 1;
    private static final int RETIRED = 2;
    private static final int ONE_CALL = 4;

    private final Skill skill;
    private final SkillDescriptor descriptor;
    private final SkillRef ref;
    private final boolean answers;
    private final Origin origin;
    private final ClassLoader classLoader;
    private final Instant since;
    private final Runnable closed;
    private final Executor closer;
    /** How many calls are under way, times {@link #ONE_CALL}, and the two flags: together, so that no call slips in. */
    private final AtomicInteger state;

    private final CountDownLatch gone = new CountDownLatch(1);

    /** @param closer runs what a skill does when it is closed, which may take long */
    SkillHandle(Candidate candidate, boolean enabled, Instant since, Executor closer) {
        this.skill = candidate.skill();
        this.descriptor = candidate.descriptor();
        this.ref = descriptor.ref();
        this.answers = hasAnswers(skill.getClass());
        this.origin = candidate.origin();
        this.classLoader = candidate.classLoader();
        this.closed = candidate.closed();
        this.state = new AtomicInteger(enabled ? 0 : DISABLED);
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
        return (state.get() & (DISABLED | RETIRED)) == 0;
    }

    /** {@return the right to call it, to be closed after the call; empty if it is disabled or retired} */
    public Optional<SkillCall> begin() {
        for (int now = state.get(); (now & (DISABLED | RETIRED)) == 0; now = state.get()) {
            if (state.compareAndSet(now, now + ONE_CALL)) {
                return Optional.of(new Call());
            }
        }
        return Optional.empty();
    }

    void enable(boolean whether) {
        state.updateAndGet(now -> whether ? now & ~DISABLED : now | DISABLED);
    }

    RegisteredSkill registered() {
        int now = state.get();
        return new RegisteredSkill(descriptor, origin, (now & DISABLED) == 0, since, now / ONE_CALL);
    }

    /** Gives it no more tasks, and closes it when nothing runs. */
    void retire() {
        int before = state.getAndUpdate(now -> now | RETIRED);
        if (before < ONE_CALL && (before & RETIRED) == 0) {
            closer.execute(this::closeSkill);
        }
    }

    /** Waits until it is retired and closed; false if the time was not enough. */
    boolean awaitGone(long nanos) throws InterruptedException {
        return gone.await(nanos, TimeUnit.NANOSECONDS);
    }

    private void end() {
        int now = state.addAndGet(-ONE_CALL);
        if (now < ONE_CALL && (now & RETIRED) != 0) {
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
            try {
                closed.run();
            } finally {
                gone.countDown();
            }
        }
    }

    /** Itself the flag that says whether it has ended: there is one for each attempt. */
    private final class Call extends AtomicBoolean implements SkillCall {
        private static final long serialVersionUID = 1L;

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
            if (compareAndSet(false, true)) {
                end();
            }
        }
    }
}
