package io.victorhub.registry.loading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jars in the plug-in folder, and copies of them that nobody replaces while they are in use. */
final class PluginJars {

    /** How a file looked; another look means another content. */
    record Look(long size, FileTime modified) {}

    /** A copy that can be loaded, to be given back when it is not used any more. */
    record Copy(Path path, String sha256) {}

    private static final Logger log = LoggerFactory.getLogger(PluginJars.class);

    private final Path folder;
    private final Path cache;
    private final ReentrantLock lock = new ReentrantLock(); // guards the copies and how often each is used
    private final Map<String, Integer> uses = new HashMap<>();

    PluginJars(Path folder, Path cache) {
        this.folder = folder;
        this.cache = cache;
    }

    Path folder() {
        return folder;
    }

    /** The jars that are there now, by name. */
    Map<Path, Look> look() throws IOException {
        Map<Path, Look> found = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(PluginJars::isJar).toList()) {
                try {
                    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                    if (attributes.isRegularFile()) {
                        found.put(file, new Look(attributes.size(), attributes.lastModifiedTime()));
                    }
                } catch (NoSuchFileException e) {
                    // removed in between
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return found;
    }

    /** Copies a jar; throws if it is none, or not whole yet. */
    Copy copy(Path jar) throws IOException {
        Files.createDirectories(cache);
        Path temporary = Files.createTempFile(cache, "plugin", ".tmp");
        try {
            Files.copy(jar, temporary, StandardCopyOption.REPLACE_EXISTING);
            try (JarFile file = new JarFile(temporary.toFile())) {
                file.size(); // it has a central directory, which is written last
            }
            return use(temporary, sha256(temporary));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private Copy use(Path temporary, String sha256) throws IOException {
        Path copy = cache.resolve(sha256 + ".jar");
        lock.lock();
        try {
            if (!Files.exists(copy) || !sha256(copy).equals(sha256)) {
                Files.move(temporary, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
            uses.merge(sha256, 1, Integer::sum);
            return new Copy(copy, sha256);
        } finally {
            lock.unlock();
        }
    }

    /** Gives a copy back; the last one to do so removes it. */
    void release(Copy copy) {
        lock.lock();
        try {
            if (uses.merge(copy.sha256(), -1, (all, one) -> all + one == 0 ? null : all + one) == null) {
                Files.deleteIfExists(copy.path());
            }
        } catch (IOException e) {
            log.warn("copy {} of a plug-in could not be removed; it is in nobody's way", copy.path(), e);
        } finally {
            lock.unlock();
        }
    }

    static PluginLoader loader(Copy copy, ClassLoader host) {
        try {
            return new PluginLoader(copy.path().toUri().toURL(), host);
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a file has a URL", e);
        }
    }

    private static boolean isJar(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".jar") && !name.startsWith(".");
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[1 << 16];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** {@return what is in {@code known} and no longer there} */
    static List<Path> vanished(Map<Path, ?> known, Map<Path, Look> now) {
        return known.keySet().stream().filter(path -> !now.containsKey(path)).toList();
    }
}
