package io.victorhub.registry.loading;

import io.victorhub.registry.Origin;
import io.victorhub.spi.Skill;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Finds skills by {@link ServiceLoader}; what is broken is told, and the rest is found all the same. */
final class Providers {

    /** What was made, and the class it is of. */
    record Found(Skill skill, Class<?> type) {

        /** Where it was found, if that is not a plug-in. */
        Origin origin() {
            if (type.getModule().isNamed()) {
                return new Origin.ModulePath(type.getModule().getName());
            }
            var source = type.getProtectionDomain().getCodeSource();
            return new Origin.ClassPath(
                    source == null || source.getLocation() == null
                            ? "(unknown)"
                            : source.getLocation().toString());
        }
    }

    private static final int MOST_ERRORS = 100;

    private final ServiceLoader<Skill> loader;
    private final ClassLoader classes;
    private final BiConsumer<String, Throwable> broken;

    /** @param broken gets the class, where it is known, and what is wrong with it */
    Providers(ClassLoader classes, BiConsumer<String, Throwable> broken) {
        this.loader = ServiceLoader.load(Skill.class, classes);
        this.classes = classes;
        this.broken = broken;
    }

    List<Found> find(Predicate<Class<?>> wanted) {
        List<Found> found = new ArrayList<>();
        Iterator<ServiceLoader.Provider<Skill>> providers = loader.stream().iterator();
        for (int errors = 0; errors < MOST_ERRORS; ) {
            try {
                if (!providers.hasNext()) {
                    return found;
                }
                ServiceLoader.Provider<Skill> provider = providers.next();
                if (wanted.test(provider.type())) {
                    make(provider, found);
                }
            } catch (Throwable t) {
                InLoader.rethrowFatal(t);
                broken.accept("", t);
                errors++;
            }
        }
        return found;
    }

    private void make(ServiceLoader.Provider<Skill> provider, List<Found> found) {
        try {
            found.add(new Found(InLoader.run(classes, provider::get), provider.type()));
        } catch (Throwable t) {
            InLoader.rethrowFatal(t);
            broken.accept(provider.type().getName(), t);
        }
    }
}
