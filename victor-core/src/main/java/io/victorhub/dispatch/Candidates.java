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
     * @param load what it has under way
     * @param cost its estimate, 0 or more
     */
    record Able(SkillHandle handle, SkillLoad.Load load, double cost) {}

    static Candidates of(List<SkillHandle> serving, Task task, Asker asker, SkillLoad loads) {
        List<Able> able = new ArrayList<>(serving.size());
        boolean left = false;
        boolean silent = false;
        for (SkillHandle handle : serving) {
            SkillLoad.Load load = loads.of(handle.descriptor().name());
            if (!handle.hasAnswers()) { // it wants whatever it serves
                if (handle.enabled()) {
                    able.add(new Able(handle, load, handle.descriptor().costHint()));
                } else {
                    left = true;
                }
                continue;
            }
            Optional<SkillCall> call = handle.begin();
            if (call.isEmpty()) {
                left = true;
                continue;
            }
            Asker.Asked asked = asker.ask(handle, load, call.get(), task);
            if (asked.answer() == Asker.Answer.YES) {
                able.add(new Able(handle, load, asked.cost()));
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
