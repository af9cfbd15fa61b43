package io.victorhub.registry.loading;

import io.victorhub.registry.Origin;
import io.victorhub.registry.SkillLoadException;
import io.victorhub.spi.Skill;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was made of each jar of the plug-in folder. Used under the registry's lock for changes. */
final class PluginScan {

    /** A jar that is loaded: as it looked, and what it brought. */
    private record Loaded(PluginJars.Look look, String sha256, List<SkillHandle> skills) {}

    private static final Logger log = LoggerFactory.getLogger(PluginScan.class);

    private final SkillRegistry registry;
    private final PluginJars jars;
    private final ClassLoader host;
    private final Map<Path, Loaded> loaded = new HashMap<>();
    private final Map<Path, PluginJars.Look> broken = new HashMap<>();
    private boolean somebodyLeft;

    PluginScan(SkillRegistry registry, PluginJars jars, ClassLoader host) {
        this.registry = registry;
        this.jars = jars;
        this.host = host;
    }

    void scan() {
        Map<Path, PluginJars.Look> now;
        try {
            now = jars.look();
            registry.solved(jars.folder().toString());
        } catch (IOException e) {
            registry.problem(
                    jars.folder().toString(),
                    "plug-in folder " + jars.folder() + " cannot be read: " + e
                            + "; make it readable for this process");
            return;
        }
        somebodyLeft = false;
        PluginJars.vanished(loaded, now).forEach(this::retire);
        PluginJars.vanished(broken, now).forEach(path -> {
            broken.remove(path);
            registry.solved(path.toString());
        });
        now.forEach(this::consider);
        if (somebodyLeft) {
            now.forEach(this::consider); // a name may be free now that was taken
        }
    }

    private void consider(Path jar, PluginJars.Look look) {
        Loaded before = loaded.get(jar);
        if (before != null && before.look().equals(look)) {
            return;
        }
        PluginJars.Copy copy;
        try {
            copy = jars.copy(jar);
        } catch (IOException e) {
            brokenJar(jar, look, e);
            return;
        }
        if (before != null && before.sha256().equals(copy.sha256())) {
            loaded.put(jar, new Loaded(look, before.sha256(), before.skills()));
            return;
        }
        load(jar, look, copy, before);
    }

    /** It may still be on its way; only one that stays as it is is told of. */
    private void brokenJar(Path jar, PluginJars.Look look, IOException e) {
        if (look.equals(broken.put(jar, look))) {
            registry.problem(
                    jar.toString(),
                    "plug-in " + jar + " is no jar that can be read: " + e.getMessage()
                            + "; copy it again or remove it");
        }
    }

    private void load(Path jar, PluginJars.Look look, PluginJars.Copy copy, @Nullable Loaded before) {
        PluginLoader loader = PluginJars.loader(copy, host);
        List<String> troubles = new ArrayList<>();
        List<Providers.Found> found = new Providers(
                        loader, (type, t) -> troubles.add((type.isEmpty() ? "" : type + ": ") + InLoader.said(t)))
                .find(type -> true);
        Set<String> mine = before == null
                ? Set.of()
                : before.skills().stream()
                        .map(skill -> skill.descriptor().name())
                        .collect(Collectors.toSet());
        AtomicInteger open = new AtomicInteger(1);
        Runnable closed = () -> {
            if (open.decrementAndGet() == 0) {
                close(loader, jar);
            }
        };
        List<SkillHandle> skills = new ArrayList<>();
        for (Providers.Found one : found) {
            try {
                open.incrementAndGet();
                skills.add(registry.admit(one.skill(), new Origin.PluginJar(jar, copy.sha256()), loader, mine, closed));
            } catch (SkillLoadException e) {
                open.decrementAndGet();
                troubles.add(String.valueOf(e.getMessage()));
            }
        }
        closed.run(); // the one that stood for loading
        settle(jar, look, copy, before, skills, troubles, found.isEmpty());
    }

    private void settle(
            Path jar,
            PluginJars.Look look,
            PluginJars.Copy copy,
            @Nullable Loaded before,
            List<SkillHandle> skills,
            List<String> troubles,
            boolean nothingFound) {
        if (before != null && (!skills.isEmpty() || troubles.isEmpty())) {
            before.skills().forEach(registry::remove);
            somebodyLeft = true;
        }
        if (troubles.isEmpty() && nothingFound) {
            troubles.add("it lists no skill in META-INF/services/" + Skill.class.getName());
        }
        if (troubles.isEmpty()) {
            registry.solved(jar.toString());
            broken.remove(jar);
        } else {
            broken.put(jar, look);
            String kept = before != null && skills.isEmpty() ? "; its version before goes on" : "";
            registry.problem(
                    jar.toString(),
                    "plug-in " + jar + ": " + String.join("; ", troubles) + kept + "; mend or remove the jar");
        }
        if (!skills.isEmpty()) {
            loaded.put(jar, new Loaded(look, copy.sha256(), skills));
        }
    }

    private void retire(Path jar) {
        Loaded gone = loaded.remove(jar);
        if (gone != null) {
            gone.skills().forEach(registry::remove);
            somebodyLeft = true;
        }
        broken.remove(jar);
        registry.solved(jar.toString());
    }

    private static void close(PluginLoader loader, Path jar) {
        try {
            loader.close();
        } catch (IOException e) {
            log.warn("the copy of plug-in {} could not be closed", jar, e);
        }
    }
}
