package io.victorhub.registry.loading;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What skills are told, each under its own name: set in code, else from properties ({@code name.key}), else from the
 * environment ({@code VICTOR_NAME_KEY}). Immutable.
 *
 * @since 0.1
 */
public final class SkillSettings {

    private final Map<String, String> inCode;
    private final Map<String, String> inFile;
    private final UnaryOperator<@Nullable String> environment;

    private SkillSettings(
            Map<String, String> inCode, Map<String, String> inFile, UnaryOperator<@Nullable String> environment) {
        this.inCode = Map.copyOf(inCode);
        this.inFile = Map.copyOf(inFile);
        this.environment = environment;
    }

    /** {@return no settings but those of the process's environment} */
    public static SkillSettings none() {
        return new SkillSettings(Map.of(), Map.of(), name -> name == null ? null : System.getenv(name));
    }

    /** {@return these, and one more, set in code} */
    public SkillSettings with(String skill, String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(inCode);
        more.put(skill + "." + key, Objects.requireNonNull(value, "value"));
        return new SkillSettings(more, inFile, environment);
    }

    /** {@return these, with the settings of a properties file: {@code skill.key=value}} */
    public SkillSettings with(Properties properties) {
        Map<String, String> more = new LinkedHashMap<>(inFile);
        properties.stringPropertyNames().forEach(name -> more.put(name, properties.getProperty(name)));
        return new SkillSettings(inCode, more, environment);
    }

    /** {@return these, with another environment: variable to value, or null where there is none} */
    public SkillSettings withEnvironment(UnaryOperator<@Nullable String> variables) {
        return new SkillSettings(inCode, inFile, variables);
    }

    Optional<String> find(String skill, String key) {
        String name = skill + "." + key;
        String value = inCode.get(name);
        value = value == null ? inFile.get(name) : value;
        return Optional.ofNullable(value == null ? environment.apply(variable(skill, key)) : value);
    }

    Set<String> keys(String skill) {
        String prefix = skill + ".";
        Set<String> keys = new TreeSet<>();
        inCode.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> keys.add(name.substring(prefix.length())));
        inFile.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> keys.add(name.substring(prefix.length())));
        return keys;
    }

    static String variable(String skill, String key) {
        return "VICTOR_" + upper(skill) + "_" + upper(key);
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
