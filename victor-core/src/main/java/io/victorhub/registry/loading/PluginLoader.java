package io.victorhub.registry.loading;

import io.victorhub.spi.Skill;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one plug-in jar. Its own come before the host's, so that their libraries do not clash, but never before
 * the platform's, nor before those that it must share with the host: the SPI's, or a skill would be none, and SLF4J's.
 */
final class PluginLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final String PROVIDERS = "META-INF/services/" + Skill.class.getName();

    PluginLoader(URL jar, ClassLoader host) {
        super("victor-plugin", new URL[] {jar}, host);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("io.victorhub.spi.") || name.startsWith("org.slf4j.")) {
            return super.loadClass(name, resolve);
        }
        Class<?> platform = ofPlatform(name);
        if (platform != null) {
            return platform;
        }
        synchronized (getClassLoadingLock(name)) { // the lock that every class loader shares with the machine
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try {
                return findClass(name);
            } catch (ClassNotFoundException e) {
                return super.loadClass(name, resolve);
            }
        }
    }

    private static @Nullable Class<?> ofPlatform(String name) {
        try {
            return getPlatformClassLoader().loadClass(name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    /** Own ones first, like classes; and the host's own skills are not this jar's. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = Collections.list(findResources(name));
        if (!name.equals(PROVIDERS)) {
            all.addAll(Collections.list(getParent().getResources(name)));
        }
        return Collections.enumeration(all);
    }
}
