package io.victorhub.registry.loading;

import io.victorhub.spi.Skill;

/** The right to call a skill, which stays open and loaded until this is closed. */
public interface SkillCall extends AutoCloseable {

    /** {@return the skill} */
    Skill skill();

    /** {@return the loader of its classes, for the thread that calls it} */
    ClassLoader classLoader();

    /** Ends the call. Idempotent. */
    @Override
    void close();
}
