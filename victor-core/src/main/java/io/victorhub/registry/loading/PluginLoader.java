package io.victorhub.registry.loading;

import io.victorhub.spi.Skill;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;

/**
 * The classes of one plug-in jar. Its own come first, so that its libraries do not clash with the host's; the platform's
 * and those of the SPI never do, or a skill would be none.
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
        if (name.startsWith("java.") || name.startsWith("io.victorhub.spi.") || name.startsWith("org.slf4j.")) {
            return super.loadClass(name, resolve);
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

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    /** The host's own skills are not this jar's. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.equals(PROVIDERS) ? findResources(name) : super.getResources(name);
    }
}
