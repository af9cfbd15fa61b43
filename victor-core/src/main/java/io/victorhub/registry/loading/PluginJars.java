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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The jars in the plug-in folder, and copies of them that nobody replaces while they are in use. */
final class PluginJars {

    /** How a file looked; another look means another content. */
    record Look(long size, FileTime modified) {}

    /** A copy that can be loaded. */
    record Copy(Path path, String sha256) {}

    private final Path folder;
    private final Path cache;

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
            String sha256 = sha256(temporary);
            Path copy = cache.resolve(sha256 + ".jar");
            if (Files.exists(copy) && sha256(copy).equals(sha256)) {
                return new Copy(copy, sha256);
            }
            Files.move(temporary, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return new Copy(copy, sha256);
        } finally {
            Files.deleteIfExists(temporary);
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
