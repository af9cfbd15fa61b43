package io.victorhub.testkit;

import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Task;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A skill that remembers the tasks it was given.
 *
 * <pre>{@code
 * RecordingSkill press = RecordingSkill.of("press").answering(task -> Result.success(task.id()));
 * try (HandDrivenHub hub = HandDrivenHub.inMemory(press)) {
 *     hub.run(Task.of("press").id("p-1").build());
 * }
 * assertThat(press.ids()).containsExactly("p-1");
 * }</pre>
 *
 * <p>Safe for use by several threads; what it remembers outlives the hub.
 *
 * @since 0.1
 */
public final class RecordingSkill implements Skill {

    private final SkillDescriptor descriptor;
    private final Function<Task, Result> answer;
    private final List<Task> tasks = new CopyOnWriteArrayList<>();

    private RecordingSkill(SkillDescriptor descriptor, Function<Task, Result> answer) {
        this.descriptor = descriptor;
        this.answer = answer;
    }

    /** {@return a skill of that name, for tasks of the type of that name, which answers a success without output} */
    public static RecordingSkill of(String name) {
        return of(SkillDescriptor.of(name).capability(name).build());
    }

    /** {@return a skill that says of itself what {@code descriptor} says, and answers a success without output} */
    public static RecordingSkill of(SkillDescriptor descriptor) {
        return new RecordingSkill(Objects.requireNonNull(descriptor, "descriptor"), task -> Result.success(null));
    }

    /** {@return a skill like this one that has seen no task and answers so} What {@code answer} throws, it throws. */
    public RecordingSkill answering(Function<Task, Result> answer) {
        return new RecordingSkill(descriptor, Objects.requireNonNull(answer, "answer"));
    }

    /** {@return the tasks it was given until now, in that order; a task that was tried twice is there twice} */
    public List<Task> tasks() {
        return List.copyOf(tasks);
    }

    /** {@return the ids of {@link #tasks()}} */
    public List<String> ids() {
        return tasks().stream().map(Task::id).toList();
    }

    @Override
    public SkillDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public Result execute(Task task, SkillContext context) {
        tasks.add(task);
        return answer.apply(task);
    }

    @Override
    public String toString() {
        return "RecordingSkill[" + descriptor.name() + ", " + tasks.size() + " calls]";
    }
}
