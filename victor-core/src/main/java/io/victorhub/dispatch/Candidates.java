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

    /** {@return who wants the task; nothing at all if nobody does, and somebody left before being asked} */
    static Optional<List<Able>> able(List<SkillHandle> serving, Task task) {
        List<Able> able = new ArrayList<>(serving.size());
        boolean somebodyLeft = false;
        for (SkillHandle handle : serving) {
            Optional<SkillCall> call = handle.begin();
            somebodyLeft |= call.isEmpty();
            call.flatMap(begun -> ask(handle, begun, task)).ifPresent(able::add);
        }
        return able.isEmpty() && somebodyLeft ? Optional.empty() : Optional.of(able);
    }

    static List<Able> within(List<Able> able, OptionalDouble maxCost) {
        return maxCost.isEmpty()
                ? able
                : able.stream()
                        .filter(one -> one.cost() <= maxCost.getAsDouble())
                        .toList();
    }

    private static Optional<Able> ask(SkillHandle handle, SkillCall begun, Task task) {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        boolean interrupted = Thread.interrupted();
        try (SkillCall call = begun) {
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
            restore(interrupted);
        }
    }

    /** The flag is the thread's own again, whatever the skill left. */
    private static void restore(boolean interrupted) {
        boolean left = Thread.interrupted();
        if (interrupted) {
            Thread.currentThread().interrupt();
        } else if (left) {
            log.debug("a skill left its thread interrupted when asked whether it wants a task; taken back");
        }
    }

    private static double cost(Skill skill, Task task) {
        double cost = skill.estimateCost(task);
        return cost >= 0 ? cost : 0; // NaN and negative estimates say nothing
    }
}
