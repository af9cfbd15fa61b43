package io.victorhub;

import io.victorhub.registry.RegisteredSkill;
import io.victorhub.registry.SkillProblem;
import io.victorhub.registry.loading.SkillRegistry;
import io.victorhub.review.Performance;
import io.victorhub.review.Rate;
import io.victorhub.spi.Skill;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The registry's skills, joined with what the log says of each. */
final class SkillsView implements Skills {

    private final SkillRegistry registry;
    private final Supplier<Map<String, Performance>> statistics;

    SkillsView(SkillRegistry registry, Supplier<Map<String, Performance>> statistics) {
        this.registry = registry;
        this.statistics = statistics;
    }

    @Override
    public List<SkillStatus> all() {
        return matching(skill -> true);
    }

    @Override
    public List<SkillStatus> withCapability(String type) {
        return matching(skill -> skill.descriptor().capabilities().contains(type));
    }

    @Override
    public Optional<SkillStatus> find(String name) {
        return matching(skill -> skill.descriptor().name().equals(name)).stream()
                .findFirst();
    }

    @Override
    public List<SkillProblem> problems() {
        return registry.problems();
    }

    @Override
    public void enable(String name) {
        registry.enable(name);
    }

    @Override
    public void disable(String name) {
        registry.disable(name);
    }

    @Override
    public void register(Skill skill) {
        registry.register(skill);
    }

    @Override
    public void scan() {
        registry.scan();
    }

    private List<SkillStatus> matching(Predicate<RegisteredSkill> wanted) {
        Map<String, Performance> bySkill = statistics.get();
        return registry.skills().stream()
                .filter(wanted)
                .map(skill -> status(skill, bySkill.get(skill.descriptor().name())))
                .toList();
    }

    private static SkillStatus status(RegisteredSkill skill, @Nullable Performance says) {
        return says == null
                ? new SkillStatus(skill, 0, 0, 0)
                : new SkillStatus(
                        skill, says.attempts(), says.successRate().map(Rate::of).orElse(0L), says.successes());
    }
}
