package io.victorhub.testing;

import io.victorhub.spi.Skill;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A jar as a stranger would build it: sources are compiled against the class path of the tests.
 *
 * <p>{@link #skill} makes a skill whose output is its version.
 */
public final class SkillJar {

    /** Compiling is what takes time; many tests want the same jars. */
    private static final Map<Map<String, String>, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final JavaFileManager FILES = COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8);
    private static final String PROVIDERS = "META-INF/services/" + Skill.class.getName();

    private final Map<String, String> sources = new TreeMap<>();
    private final List<String> providers = new ArrayList<>();
    private final Set<String> leftOut = new HashSet<>();

    private SkillJar() {}

    public static SkillJar empty() {
        return new SkillJar();
    }

    /** A jar with the skill {@code name} of class {@code plugin.Skill_name}, which serves the type {@code name}. */
    public static SkillJar skill(String name, String version) {
        return empty().and(name, version, "");
    }

    /** The same with more members in the class of the skill. */
    public static SkillJar skill(String name, String version, String members) {
        return empty().and(name, version, members);
    }

    /** Adds another skill. */
    public SkillJar and(String name, String version, String members) {
        return and(className(name), name, version, members);
    }

    /** Adds another skill of a class in the package {@code plugin}; members may override execute, open and close. */
    public SkillJar and(String className, String name, String version, String members) {
        String execute = members.contains("Result execute(")
                ? ""
                : "public Result execute(Task task, SkillContext context) { return Result.success(\"" + version
                        + "\"); }";
        String descriptor = members.contains("SkillDescriptor descriptor(")
                ? ""
                : "public SkillDescriptor descriptor() { return SkillDescriptor.of(\"" + name + "\").version(\""
                        + version + "\").capability(\"" + name + "\").build(); }";
        return source(
                        "plugin." + className,
                        "package plugin; import io.victorhub.spi.*; import java.util.*; public class " + className
                                + " implements Skill { " + descriptor + execute + members + " }")
                .provider("plugin." + className);
    }

    public SkillJar source(String className, String source) {
        sources.put(className, source);
        return this;
    }

    public SkillJar provider(String line) {
        providers.add(line);
        return this;
    }

    /** Compiles the class, but leaves it out of the jar. */
    public SkillJar without(String className) {
        leftOut.add(className.replace('.', '/') + ".class");
        return this;
    }

    /** Writes the jar as a whole, in place of what is there. */
    public Path writeTo(Path jar) {
        try {
            Path part = Files.write(jar.resolveSibling("." + jar.getFileName() + ".part"), bytes());
            return Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> one : compiled().entrySet()) {
                if (!leftOut.contains(one.getKey())) {
                    jar.putNextEntry(new JarEntry(one.getKey()));
                    jar.write(one.getValue());
                }
            }
            if (!providers.isEmpty()) {
                jar.putNextEntry(new JarEntry(PROVIDERS));
                jar.write(String.join("\n", providers).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    public static String className(String name) {
        return "Skill_" + name.replaceAll("[^a-z0-9]", "_");
    }

    private Map<String, byte[]> compiled() throws IOException {
        Map<String, byte[]> known = COMPILED.get(sources);
        if (known == null) {
            known = sources.isEmpty() ? Map.of() : compile();
            COMPILED.put(Map.copyOf(sources), known);
        }
        return known;
    }

    private Map<String, byte[]> compile() throws IOException {
        StringWriter said = new StringWriter();
        List<Source> units = sources.entrySet().stream()
                .map(entry -> new Source(entry.getKey(), entry.getValue()))
                .toList();
        List<String> options = List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
        try (InMemory memory = new InMemory(FILES)) {
            if (!COMPILER.getTask(said, memory, null, options, null, units).call()) {
                throw new IllegalStateException(said.toString());
            }
            return memory.classes();
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class ClassFile extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        ClassFile(String className) {
            super(URI.create("mem:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
        }

        @Override
        public ByteArrayOutputStream openOutputStream() {
            return bytes;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ClassFile> written = new TreeMap<>();

        InMemory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return written.computeIfAbsent(className.replace('.', '/') + ".class", path -> new ClassFile(className));
        }

        /** The files below stay open for the next compilation. */
        @Override
        public void close() {}

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new TreeMap<>();
            written.forEach((path, file) -> classes.put(path, file.bytes.toByteArray()));
            return classes;
        }
    }
}
