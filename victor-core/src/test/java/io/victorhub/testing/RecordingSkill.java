package io.victorhub.testing;

import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.SkillEnvironment;
import io.victorhub.spi.Task;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** A skill that does what a test tells it, and remembers what it was asked. Safe for use by several threads. */
public final class RecordingSkill implements Skill {

    /** What a skill does. */
    @FunctionalInterface
    public interface Work {
        Result on(Task task, SkillContext context) throws Exception;
    }

    private final SkillDescriptor descriptor;
    private final List<String> tasks = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile Work work = (task, context) -> Result.success("done");
    private volatile Predicate<Task> wanted = task -> true;
    private volatile ToDoubleFunction<Task> cost = task -> 0;
    private volatile Consumer<SkillEnvironment> opening = environment -> {};
    private volatile Runnable closing = () -> {};

    private RecordingSkill(SkillDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** A skill of that name and version 1.0.0, which serves these types and succeeds. */
    public static RecordingSkill named(String name, String... types) {
        SkillDescriptor.Builder descriptor = SkillDescriptor.of(name);
        List.of(types).forEach(descriptor::capability);
        return new RecordingSkill(descriptor.build());
    }

    public static RecordingSkill of(SkillDescriptor descriptor) {
        return new RecordingSkill(descriptor);
    }

    public RecordingSkill doing(Work work) {
        this.work = work;
        return this;
    }

    public RecordingSkill wanting(Predicate<Task> wanted) {
        this.wanted = wanted;
        return this;
    }

    public RecordingSkill costing(ToDoubleFunction<Task> cost) {
        this.cost = cost;
        return this;
    }

    public RecordingSkill opening(Consumer<SkillEnvironment> opening) {
        this.opening = opening;
        return this;
    }

    public RecordingSkill closing(Runnable closing) {
        this.closing = closing;
        return this;
    }

    /** The ids of the tasks it was called for, in the order of the calls. */
    public List<String> tasks() {
        return tasks;
    }

    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    public int opened() {
        return opened.get();
    }

    public int closed() {
        return closed.get();
    }

    @Override
    public SkillDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public Result execute(Task task, SkillContext context) throws Exception {
        mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            tasks.add(task.id());
            return work.on(task, context);
        } finally {
            running.decrementAndGet();
        }
    }

    @Override
    public boolean canHandle(Task task) {
        return wanted.test(task);
    }

    @Override
    public double estimateCost(Task task) {
        return cost.applyAsDouble(task);
    }

    @Override
    public void open(SkillEnvironment environment) {
        opened.incrementAndGet();
        opening.accept(environment);
    }

    @Override
    public void close() {
        closed.incrementAndGet();
        closing.run();
    }
}
