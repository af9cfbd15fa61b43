package io.victorhub;

import io.victorhub.registry.SkillLoadException;
import io.victorhub.registry.SkillProblem;
import io.victorhub.spi.Skill;
import java.util.List;
import java.util.Optional;

/**
 * The skills of a hub. Reached through {@link Hub#skills()}; safe for use by several threads.
 *
 * @since 0.1
 */
public interface Skills {

    /** {@return all skills, enabled or not, by name} */
    List<SkillStatus> all();

    /** {@return the skills that name {@code type} among their capabilities, enabled or not, by name} */
    List<SkillStatus> withCapability(String type);

    /** {@return the skill of that name} */
    Optional<SkillStatus> find(String name);

    /** {@return the skills and jars that are kept out, with what to do about it} */
    List<SkillProblem> problems();

    /**
     * Gives a skill tasks again.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    void enable(String name);

    /**
     * Gives a skill no more tasks; running ones go on. Newer versions of it are disabled as well, until the hub closes.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    void disable(String name);

    /**
     * Adds a skill of the host's own, which the hub closes.
     *
     * @throws SkillLoadException if its name is taken or filtered, or it cannot be opened
     */
    void register(Skill skill);

    /** Looks at the plug-in folder now, instead of at the next event or interval. */
    void scan();
}
