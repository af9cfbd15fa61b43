package io.victorhub.registry;

import io.victorhub.spi.VictorException;
import org.jspecify.annotations.Nullable;

/**
 * A skill cannot be used. The message says which one, why, and what to do about it.
 *
 * @since 0.1
 */
public final class SkillLoadException extends VictorException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message which skill, why, and what to do about it
     * @param cause what was thrown below, or null
     */
    public SkillLoadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
