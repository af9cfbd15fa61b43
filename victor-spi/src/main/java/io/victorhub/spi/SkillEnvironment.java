package io.victorhub.spi;

import java.util.Optional;
import java.util.Set;

/**
 * What a host gives a skill before its first task: settings, secrets and services.
 *
 * <p>A setting {@code key} of skill {@code mailer} is looked up in this order: the hub's builder
 * ({@code setting("mailer", "key", …)}), the properties file given to the builder ({@code mailer.key=…}), the
 * environment variable {@code VICTOR_MAILER_KEY} (upper case, everything but letters and digits as {@code _}).
 *
 * <p>Safe for use by several threads, for as long as the skill is open.
 *
 * @since 0.1
 */
public interface SkillEnvironment {

    /** {@return the name of the skill that this is for} */
    String skill();

    /** {@return the setting {@code key}, where there is one} */
    Optional<String> setting(String key);

    /**
     * {@return the setting {@code key}}
     *
     * @throws IllegalStateException if there is none; the message says where it was looked for, and keeps this skill out
     */
    String requiredSetting(String key);

    /** {@return the setting {@code key} as a secret, which does not print} */
    Optional<Secret> secret(String key);

    /**
     * {@return the setting {@code key} as a secret, which does not print}
     *
     * @throws IllegalStateException as {@link #requiredSetting(String)}
     */
    Secret requiredSecret(String key);

    /** {@return the keys set for this skill by builder or properties file; the environment cannot be listed} */
    Set<String> settings();

    /** {@return the host's object of that type, where it gave one to the builder} */
    <T> Optional<T> service(Class<T> type);

    /**
     * {@return the host's object of that type}
     *
     * @throws IllegalStateException if the host gave none; the message says how, and keeps this skill out
     */
    <T> T requiredService(Class<T> type);
}
