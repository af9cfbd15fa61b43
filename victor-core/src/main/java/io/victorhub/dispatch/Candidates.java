package io.victorhub.dispatch;

import io.victorhub.registry.loading.SkillCall;
import io.victorhub.registry.loading.SkillHandle;
import io.victorhub.spi.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Who could do a task.
 *
 * @param able the skills that want it, with their estimates
 * @param somebodyLeft whether one of them was retired before it was asked, and may have a successor
 * @param somebodyIsSilent whether one of them did not answer, and may yet want it
 */
record Candidates(List<Able> able, boolean somebodyLeft, boolean somebodyIsSilent) {

    /**
     * A skill that wants the task.
     *
     * @param handle the skill
     * @param cost its estimate, 0 or more
     */
    record Able(SkillHandle handle, double cost) {}

    static Candidates of(List<SkillHandle> serving, Task task, Asker asker) {
        List<Able> able = new ArrayList<>(serving.size());
        boolean left = false;
        boolean silent = false;
        for (SkillHandle handle : serving) {
            Optional<SkillCall> call = handle.begin();
            if (call.isEmpty()) {
                left = true;
                continue;
            }
            Asker.Asked asked = asker.ask(handle, call.get(), task);
            if (asked.answer() == Asker.Answer.YES) {
                able.add(new Able(handle, asked.cost()));
            }
            silent |= asked.answer() == Asker.Answer.NONE;
        }
        return new Candidates(able, left, silent);
    }

    List<Able> within(OptionalDouble maxCost) {
        return maxCost.isEmpty()
                ? able
                : able.stream()
                        .filter(one -> one.cost() <= maxCost.getAsDouble())
                        .toList();
    }
}
