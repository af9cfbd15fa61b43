package io.victorhub;

import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Task;
import java.util.function.Predicate;

/** A skill of one capability that is named like itself. */
record LambdaSkill(SkillDescriptor descriptor, Body body, Predicate<Task> accepts) implements Skill {

    interface Body {
        Result execute(Task task, SkillContext context) throws Exception;
    }

    static LambdaSkill of(String name, Body body) {
        return new LambdaSkill(SkillDescriptor.of(name).capability(name).build(), body, task -> true);
    }

    LambdaSkill accepting(Predicate<Task> which) {
        return new LambdaSkill(descriptor, body, which);
    }

    @Override
    public boolean canHandle(Task task) {
        return accepts.test(task);
    }

    @Override
    public Result execute(Task task, SkillContext context) throws Exception {
        return body.execute(task, context);
    }
}
