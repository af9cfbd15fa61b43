package io.victorhub.testkit;

import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Task;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A skill that fails at each task some times, and then does it.
 *
 * <pre>{@code
 * FailingSkill.times(2)                                        // two failures SKILL_ERROR, then a success
 * FailingSkill.times(2).named("mail").because(Reason.UNAVAILABLE)
 * FailingSkill.times(1).throwing(() -> new IOException("connection reset"))
 * }</pre>
 *
 * <p>Counts by the id of the task, over rounds and hubs. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class FailingSkill implements Skill {

    /** How it fails. */
    private interface Failing {
        Result fail(int call) throws Exception;
    }

    private final SkillDescriptor descriptor;
    private final int times;
    private final Failing failing;
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();

    private FailingSkill(String name, int times, Failing failing) {
        this.descriptor = SkillDescriptor.of(name).capability(name).build();
        this.times = times;
        this.failing = failing;
    }

    /**
     * {@return a skill {@code failing}, for tasks of type {@code failing}, that answers so many failures for each task}
     *
     * @param times how many, 0 or more
     * @throws IllegalArgumentException if {@code times} is negative
     */
    public static FailingSkill times(int times) {
        if (times < 0) {
            throw new IllegalArgumentException("a skill that fails " + times + " times; make it 0 or more");
        }
        return new FailingSkill("failing", times, answering(times, Result.Reason.SKILL_ERROR));
    }

    /** {@return one like this that was never called, of that name and for tasks of that type} */
    public FailingSkill named(String name) {
        return new FailingSkill(name, times, failing);
    }

    /** {@return one like this that was never called, which answers failures for that reason} */
    public FailingSkill because(Result.Reason reason) {
        return new FailingSkill(descriptor.name(), times, answering(times, Objects.requireNonNull(reason, "reason")));
    }

    /**
     * {@return one like this that was never called, which throws instead of answering a failure}
     *
     * @param thrown makes an exception or an error for each failure
     */
    public FailingSkill throwing(Supplier<? extends Throwable> thrown) {
        Objects.requireNonNull(thrown, "thrown");
        return new FailingSkill(descriptor.name(), times, call -> {
            Throwable now = thrown.get();
            if (now instanceof Error error) {
                throw error;
            }
            throw now instanceof Exception exception ? exception : new IllegalStateException(now);
        });
    }

    /** {@return how often it was called with the task of that id} */
    public int calls(String taskId) {
        return calls.getOrDefault(taskId, 0);
    }

    @Override
    public SkillDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public Result execute(Task task, SkillContext context) throws Exception {
        int call = calls.merge(task.id(), 1, Integer::sum);
        return call > times ? Result.success(null) : failing.fail(call);
    }

    @Override
    public String toString() {
        return "FailingSkill[" + descriptor.name() + ", " + times + " times]";
    }

    private static Failing answering(int times, Result.Reason reason) {
        return call -> Result.failure(reason, "failure " + call + " of " + times);
    }
}
