package io.victorhub.spi;

import java.util.Objects;

/**
 * An input that a skill takes or an output that it gives, as it declares it. The hub checks declared inputs before it
 * calls the skill.
 *
 * @param name its key among the inputs or in the output
 * @param type what kind of value it is
 * @param required whether it is always there
 * @param description what it means, its unit and range
 * @since 0.1
 */
public record Parameter(String name, ValueType type, boolean required, String description) {

    /** @throws IllegalArgumentException if the name is no id: 1 to 200 printable characters */
    public Parameter {
        Names.requireId("parameter", name);
        Objects.requireNonNull(type, "type");
        description = Names.whole(Objects.requireNonNull(description, "description"));
    }

    /** {@return a parameter that must be there} */
    public static Parameter required(String name, ValueType type, String description) {
        return new Parameter(name, type, true, description);
    }

    /** {@return a parameter that may be left out or null} */
    public static Parameter optional(String name, ValueType type, String description) {
        return new Parameter(name, type, false, description);
    }
}
