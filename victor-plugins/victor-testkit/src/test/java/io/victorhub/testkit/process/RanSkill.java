package io.victorhub.testkit.process;

import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Task;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes {@code <id> <attempt>} behind a file of its own whenever it runs. Every tenth task fails at its first attempt,
 * every seventh submits a follow-up.
 */
final class RanSkill implements Skill {

    static final String TYPE = "work";
    static final String FOLLOW_UP = "-next";

    private final FileOutputStream file;

    RanSkill(Path file) {
        try {
            this.file = new FileOutputStream(file.toFile(), true);
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Task task(String id, int number) {
        return Task.of(TYPE).id(id).input("number", number).build();
    }

    static boolean hasFollowUp(long number) {
        return number % 7 == 3;
    }

    @Override
    public SkillDescriptor descriptor() {
        return SkillDescriptor.of("ran").capability(TYPE).build();
    }

    @Override
    public Result execute(Task task, SkillContext context) throws IOException {
        file.write((task.id() + " " + context.attempt() + "\n").getBytes(StandardCharsets.UTF_8)); // one write
        long number = task.inputs().integer("number");
        if (number % 10 == 0 && context.attempt() == 1) {
            return Result.failure(Result.Reason.SKILL_ERROR, "the first attempt fails");
        }
        if (hasFollowUp(number)) {
            context.submit(task(task.id() + FOLLOW_UP, 1));
        }
        return Result.success(task.id());
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
