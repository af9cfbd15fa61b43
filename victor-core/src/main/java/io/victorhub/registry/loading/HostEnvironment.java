package io.victorhub.registry.loading;

import io.victorhub.spi.Secret;
import io.victorhub.spi.SkillEnvironment;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one skill is told and lent by its host. */
record HostEnvironment(String skill, SkillSettings from, Map<Class<?>, Object> services) implements SkillEnvironment {

    @Override
    public Optional<String> setting(String key) {
        return from.find(skill, key);
    }

    @Override
    public String requiredSetting(String key) {
        return setting(key)
                .orElseThrow(() -> new IllegalStateException("setting '" + key + "' of skill " + skill
                        + " is missing; give it to the hub's builder with setting(\"" + skill + "\", \"" + key
                        + "\", …), as " + skill + "." + key + " in its properties file, or in the environment as "
                        + SkillSettings.variable(skill, key)));
    }

    @Override
    public Optional<Secret> secret(String key) {
        return setting(key).map(Secret::of);
    }

    @Override
    public Secret requiredSecret(String key) {
        return Secret.of(requiredSetting(key));
    }

    @Override
    public Set<String> settings() {
        return from.keys(skill);
    }

    @Override
    public <T> Optional<T> service(Class<T> type) {
        return Optional.ofNullable(type.cast(services.get(type)));
    }

    @Override
    public <T> T requiredService(Class<T> type) {
        return service(type)
                .orElseThrow(() -> new IllegalStateException("skill " + skill + " needs a " + type.getName()
                        + " of its host; give one to the hub's builder with service(" + type.getSimpleName()
                        + ".class, …)"));
    }

    @Override
    public String toString() {
        return "SkillEnvironment[" + skill + "]"; // settings may be secrets
    }
}
