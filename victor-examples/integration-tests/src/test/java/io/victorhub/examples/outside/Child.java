package io.victorhub.examples.outside;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A process that was started here; {@link #close} ends it whatever it does. */
final class Child implements AutoCloseable {

    private static final long MOST_SECONDS = 120;

    private final Process process;
    private final Path errors;
    private final Thread reader;
    private final ReentrantLock lock = new ReentrantLock(); // guards lines and ended
    private final Condition news = lock.newCondition();
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private Child(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a virtual machine in {@code folder}. */
    static Child java(Path folder, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Dstdout.encoding=UTF-8"));
        command.addAll(arguments);
        return start(folder, command);
    }

    static Child start(Path folder, List<String> command) throws IOException {
        Path errors = Files.createTempFile(Files.createDirectories(folder), "errors", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("JAVA_TOOL_OPTIONS") || name.equals("MAVEN_OPTS"));
        return new Child(builder.start(), errors);
    }

    /** Writes a line to its standard input. */
    void tell(String line) throws IOException {
        Writer in = process.outputWriter();
        in.write(line + "\n");
        in.flush();
    }

    /** Waits until it has printed {@code line}. */
    void await(String line) throws Exception {
        await(line, 1);
    }

    /** Waits until it has printed {@code line} so often. */
    void await(String line, long times) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        lock.lock();
        try {
            while (printed(line) < times) {
                long left = end - System.nanoTime();
                if (ended || left <= 0) {
                    throw new AssertionError(
                            "no line '" + line + "' (" + times + ") in " + lines + "; errors: " + errors());
                }
                news.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return how often it has printed {@code line}} */
    long printed(String line) {
        return output().stream().filter(line::equals).count();
    }

    /** Ends its standard input, and waits for its end. */
    int awaitEnd() throws Exception {
        process.outputWriter().close();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end; it printed " + output() + "; errors: " + errors());
        }
        reader.join();
        return process.exitValue();
    }

    List<String> output() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    List<String> errors() throws IOException {
        return Files.readAllLines(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.lock();
            try {
                ended = true;
                news.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void add(String line) {
        lock.lock();
        try {
            lines.add(line);
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
