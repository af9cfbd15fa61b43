package io.victorhub.dispatch;

import io.victorhub.registry.loading.SkillCall;
import io.victorhub.registry.loading.SkillHandle;
import io.victorhub.spi.Skill;
import io.victorhub.spi.Task;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks skills whether they want a task and what it would cost, each on another thread and for a limited time, so that one
 * that does not answer holds up nobody.
 */
final class Asker {

    /** What a skill said. */
    enum Answer {
        /** It wants the task. */
        YES,
        /** It does not, or threw. */
        NO,
        /** It did not answer in time. */
        NONE
    }

    /**
     * An answer and, if it is yes, the estimate.
     *
     * @param answer what it said
     * @param cost 0 or more
     */
    record Asked(Answer answer, double cost) {
        private static final Asked NO = new Asked(Answer.NO, 0);
        private static final Asked NONE = new Asked(Answer.NONE, 0);
    }

    private enum Stage {
        ASKING,
        ANSWERED,
        GIVEN_UP
    }

    private static final Logger log = LoggerFactory.getLogger(Asker.class);

    private final Executor threads;
    private final Duration limit;

    Asker(Executor threads, Duration limit) {
        this.threads = threads;
        this.limit = limit;
    }

    /**
     * Asks a skill that has answers.
     *
     * @param load of the skill, to which a thread is lost if it does not answer
     * @param begun is closed when the skill has answered, however late
     */
    Asked ask(SkillHandle handle, SkillLoad.Load load, SkillCall begun, Task task) {
        AtomicReference<Stage> stage = new AtomicReference<>(Stage.ASKING);
        FutureTask<Asked> asking = new FutureTask<>(() -> {
            try (SkillCall call = begun) {
                return answer(handle, call, task);
            } finally {
                if (!stage.compareAndSet(Stage.ASKING, Stage.ANSWERED)) {
                    load.recover();
                }
            }
        });
        try {
            threads.execute(asking);
            return await(asking);
        } catch (TimeoutException e) {
            giveUp(handle, load, task, stage, asking);
        } catch (RejectedExecutionException e) {
            begun.close(); // the hub is closing
        } catch (ExecutionException e) {
            if (e.getCause() instanceof VirtualMachineError error) {
                throw error;
            }
            return Asked.NO;
        }
        return Asked.NONE;
    }

    /** An interrupt of whoever asks is not for the skill; it is short anyway. */
    private Asked await(FutureTask<Asked> asking) throws ExecutionException, TimeoutException {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return asking.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void giveUp(
            SkillHandle handle,
            SkillLoad.Load load,
            Task task,
            AtomicReference<Stage> stage,
            FutureTask<Asked> asking) {
        if (stage.compareAndSet(Stage.ASKING, Stage.GIVEN_UP)) {
            load.lose();
            log.warn(
                    "skill {} did not say within {} whether it wants task {}; it is asked again later, and its thread is lost until it answers",
                    handle.ref(),
                    limit,
                    task.id());
        }
        asking.cancel(true);
    }

    private static Asked answer(SkillHandle handle, SkillCall call, Task task) {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        try {
            current.setContextClassLoader(call.classLoader());
            Skill skill = call.skill();
            return skill.canHandle(task) ? new Asked(Answer.YES, cost(skill, task)) : Asked.NO;
        } catch (Throwable t) {
            if (t instanceof VirtualMachineError error && !(t instanceof StackOverflowError)) {
                throw error;
            }
            log.debug("skill {} threw when asked whether it wants task {}", handle.ref(), task.id(), t);
            return Asked.NO;
        } finally {
            current.setContextClassLoader(before);
            if (Thread.interrupted()) {
                log.debug("skill {} left its thread interrupted when asked; taken back", handle.ref());
            }
        }
    }

    private static double cost(Skill skill, Task task) {
        double cost = skill.estimateCost(task);
        return cost >= 0 ? cost : 0; // NaN and negative estimates say nothing
    }
}
