package io.victorhub.dispatch;

import io.victorhub.registry.loading.SkillCall;
import io.victorhub.registry.loading.SkillHandle;
import io.victorhub.spi.Skill;
import io.victorhub.spi.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks skills whether they want a task and what it would cost. The one place where dispatch asks before it calls. */
final class Candidates {

    /**
     * A skill that wants the task.
     *
     * @param handle the skill
     * @param cost its estimate, 0 or more
     */
    record Able(SkillHandle handle, double cost) {}

    private static final Logger log = LoggerFactory.getLogger(Candidates.class);

    private Candidates() {}

    static List<Able> able(List<SkillHandle> serving, Task task) {
        List<Able> able = new ArrayList<>(serving.size());
        for (SkillHandle handle : serving) {
            ask(handle, task).ifPresent(able::add);
        }
        return able;
    }

    static List<Able> within(List<Able> able, OptionalDouble maxCost) {
        return maxCost.isEmpty()
                ? able
                : able.stream()
                        .filter(one -> one.cost() <= maxCost.getAsDouble())
                        .toList();
    }

    private static Optional<Able> ask(SkillHandle handle, Task task) {
        Optional<SkillCall> begun = handle.begin();
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        try (SkillCall call = begun.get()) {
            current.setContextClassLoader(call.classLoader());
            Skill skill = call.skill();
            return skill.canHandle(task) ? Optional.of(new Able(handle, cost(skill, task))) : Optional.empty();
        } catch (Throwable t) {
            if (t instanceof VirtualMachineError error && !(t instanceof StackOverflowError)) {
                throw error;
            }
            log.debug("skill {} threw when asked whether it wants task {}", handle.ref(), task.id(), t);
            return Optional.empty();
        } finally {
            current.setContextClassLoader(before);
        }
    }

    private static double cost(Skill skill, Task task) {
        double cost = skill.estimateCost(task);
        return cost >= 0 ? cost : 0; // NaN and negative estimates say nothing
    }
}
