package io.victorhub.examples.benchmarks.victor;

import io.victorhub.examples.benchmarks.Payload;
import io.victorhub.spi.Inputs;
import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Task;
import java.util.function.LongConsumer;

/** Does nothing but check its payload and tell its number. */
final class CheckingSkill implements Skill {

    private final SkillDescriptor descriptor;
    private final LongConsumer called;

    CheckingSkill(String name, LongConsumer called) {
        this.descriptor = SkillDescriptor.of(name)
                .version("1.0")
                .description("checks a payload")
                .capability(Tasks.TYPE)
                .build();
        this.called = called;
    }

    @Override
    public SkillDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public Result execute(Task task, SkillContext context) {
        Inputs inputs = task.inputs();
        called.accept(Payload.check(inputs.integer(Payload.NUMBER), inputs.text(Payload.TEXT)));
        return Result.success(null);
    }
}
