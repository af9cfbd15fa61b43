package io.victorhub.testkit;

import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Task;

/** Submits a follow-up of its own type, with a plus behind the id, until there are enough of them. */
record FollowingSkill(int followUps) implements Skill {

    @Override
    public SkillDescriptor descriptor() {
        return SkillDescriptor.of("chain").capability("chain").build();
    }

    @Override
    public Result execute(Task task, SkillContext context) {
        if (!task.id().endsWith("+".repeat(followUps))) {
            context.submit(Task.of("chain").id(task.id() + "+").build());
        }
        return Result.success(null);
    }
}
