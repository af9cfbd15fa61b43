package io.victorhub.spi;

import java.util.Objects;

/**
 * A skill in a certain version.
 *
 * @param name the skill's name
 * @param version its version, as its descriptor says
 * @since 0.1
 */
public record SkillRef(String name, String version) {

    /** @throws IllegalArgumentException if the name is no skill name or the version is blank or unprintable */
    public SkillRef {
        Names.requireName("skill", name);
        Names.requireId("version of skill " + name, version);
        Objects.requireNonNull(version, "version");
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
