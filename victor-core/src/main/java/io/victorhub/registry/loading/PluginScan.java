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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was made of each jar of the plug-in folder. Used under the registry's lock for changes. */
final class PluginScan {

    /** A jar that is loaded: as it looked, and what it brought. */
    private record Loaded(PluginJars.Look look, String sha256, List<SkillHandle> skills) {}

    private static final Logger log = LoggerFactory.getLogger(PluginScan.class);

    private final SkillRegistry registry;
    private final Problems problems;
    private final PluginJars jars;
    private final ClassLoader host;
    private final Map<Path, Loaded> loaded = new HashMap<>();
    private final Map<Path, PluginJars.Look> broken = new HashMap<>();
    private boolean somebodyLeft;

    PluginScan(SkillRegistry registry, Problems problems, PluginJars jars, ClassLoader host) {
        this.registry = registry;
        this.problems = problems;
        this.jars = jars;
        this.host = host;
    }

    void scan() {
        Map<Path, PluginJars.Look> now;
        try {
            now = jars.look();
            problems.solved(jars.folder().toString());
        } catch (IOException e) {
            problems.add(
                    jars.folder().toString(),
                    "plug-in folder " + jars.folder() + " cannot be read: " + e
                            + "; make it readable for this process");
            return;
        }
        somebodyLeft = false;
        PluginJars.vanished(loaded, now).forEach(this::retire);
        PluginJars.vanished(broken, now).forEach(path -> {
            broken.remove(path);
            problems.solved(path.toString());
        });
        considerAll(now);
        if (somebodyLeft) {
            considerAll(now); // a name may be free now that was taken
        }
    }

    /** One that brings the machine into trouble does not stand before those behind it. */
    private void considerAll(Map<Path, PluginJars.Look> jars) {
        VirtualMachineError trouble = null;
        for (Map.Entry<Path, PluginJars.Look> jar : jars.entrySet()) {
            try {
                consider(jar.getKey(), jar.getValue());
            } catch (VirtualMachineError e) {
                trouble = e;
            }
        }
        if (trouble != null) {
            throw trouble;
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
            jars.release(copy);
            loaded.put(jar, new Loaded(look, before.sha256(), before.skills()));
            return;
        }
        load(jar, look, copy, before);
    }

    /** It may still be on its way; only one that stays as it is is told of. */
    private void brokenJar(Path jar, PluginJars.Look look, IOException e) {
        if (look.equals(broken.put(jar, look))) {
            problems.add(
                    jar.toString(),
                    "plug-in " + jar + " is no jar that can be read: " + e.getMessage()
                            + "; copy it again or remove it");
        }
    }

    private void load(Path jar, PluginJars.Look look, PluginJars.Copy copy, @Nullable Loaded before) {
        PluginLoader loader = PluginJars.loader(copy, host);
        AtomicInteger open = new AtomicInteger(1);
        Runnable closed = () -> {
            if (open.decrementAndGet() == 0) {
                close(loader, copy, jar);
            }
        };
        List<String> troubles = new ArrayList<>();
        List<SkillHandle> skills = new ArrayList<>();
        try {
            Providers providers = new Providers(
                    loader, (type, t) -> troubles.add((type.isEmpty() ? "" : type + ": ") + InLoader.said(t)));
            // the host's modules offer their skills to every loader below it; they are not this jar's
            for (Providers.Found one : providers.find(type -> type.getClassLoader() == loader)) {
                Origin origin = new Origin.PluginJar(jar, copy.sha256());
                open.incrementAndGet();
                try {
                    skills.add(registry.admit(one.skill(), origin, loader, replaced(before), closed));
                } catch (SkillLoadException e) {
                    closed.run();
                    troubles.add(String.valueOf(e.getMessage()));
                }
            }
        } catch (RuntimeException | Error e) {
            troubles.add(InLoader.said(e));
            throw e;
        } finally {
            closed.run(); // the one that stood for loading
            settle(jar, look, copy, before, skills, troubles);
        }
    }

    private static List<SkillHandle> replaced(@Nullable Loaded before) {
        return before == null ? List.of() : before.skills();
    }

    private void settle(
            Path jar,
            PluginJars.Look look,
            PluginJars.Copy copy,
            @Nullable Loaded before,
            List<SkillHandle> skills,
            List<String> troubles) {
        if (troubles.isEmpty() && skills.isEmpty()) {
            troubles.add("it lists no skill of its own in META-INF/services/" + Skill.class.getName());
        }
        if (before != null && !skills.isEmpty()) {
            before.skills().forEach(registry::remove);
            somebodyLeft = true;
        }
        if (troubles.isEmpty()) {
            problems.solved(jar.toString());
            broken.remove(jar);
        } else {
            broken.put(jar, look);
            String kept = before != null && skills.isEmpty() ? "; its version before goes on" : "";
            problems.add(
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
        problems.solved(jar.toString());
    }

    /** Called when the last skill of the jar is closed, by whoever ended its last call. */
    private void close(PluginLoader loader, PluginJars.Copy copy, Path jar) {
        try {
            loader.close();
        } catch (IOException e) {
            log.warn("the copy of plug-in {} could not be closed", jar, e);
        } finally {
            jars.release(copy);
        }
    }
}
