package io.victorhub.testkit.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process of its own with the class path of the tests. It tells things in lines, see {@link Parent}. */
final class ChildJvm implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path errors;
    private final Thread reader;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Condition changed = lock.newCondition();
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private ChildJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.reader = new Thread(this::read, "lines-of-" + process.pid());
        this.reader.setDaemon(true);
        this.reader.start();
    }

    /** Starts {@code main}; what it prints to the standard error goes into a new file of {@code folder}. */
    static ChildJvm start(Path folder, Class<?> main, Object... arguments) throws IOException {
        return start(folder, command(List.of(), main, arguments));
    }

    static ChildJvm start(Path folder, List<String> command) throws IOException {
        Path errors = Files.createTempFile(folder, "child-", ".err");
        return new ChildJvm(
                new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    }

    /** {@return what starts a JVM that is quick to start, rather than quick later} */
    static List<String> command(List<String> options, Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        return command;
    }

    /** Without what logs: its configuration takes longer than the hub. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !new File(entry).getName().startsWith("logback"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    long pid() {
        return process.pid();
    }

    /** Waits for a line that begins so, and returns the rest of it. */
    String await(String beginning) {
        long left = PATIENCE.toNanos();
        lock.lock();
        try {
            while (true) {
                Optional<String> found = lines.stream()
                        .filter(line -> line.startsWith(beginning))
                        .findFirst();
                if (found.isPresent()) {
                    return found.get().substring(beginning.length()).strip();
                }
                if (ended || left <= 0) {
                    throw new AssertionError("the child did not say '" + beginning + "'; it " + this);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for '" + beginning + "'", e);
        } finally {
            lock.unlock();
        }
    }

    /** {@return the rest of each line that begins so} */
    List<String> said(String beginning) {
        lock.lock();
        try {
            return lines.stream()
                    .filter(line -> line.startsWith(beginning))
                    .map(line -> line.substring(beginning.length()).strip())
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Tells the child something. */
    void tell(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** {@return whether it ends by itself within that time} */
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** {@return how it ended, when all that it said is there} */
    int end() throws InterruptedException {
        if (!endsWithin(PATIENCE)) {
            throw new AssertionError("the child does not end; it " + this);
        }
        reader.join();
        return process.exitValue();
    }

    /** Ends it as {@code kill -9} does, and waits until all that it said is there. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly(); // that of the process itself closes its streams, with what is in them
        process.waitFor();
        reader.join();
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    @Override
    public String toString() {
        String state = process.isAlive() ? "runs" : "ended with " + process.exitValue();
        return state + ", said " + said("") + " and complained: " + complaints();
    }

    private String complaints() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            return e.toString();
        }
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
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void add(String line) {
        if (!line.endsWith(Parent.END)) {
            return; // the kill came while it was written
        }
        lock.lock();
        try {
            lines.add(line.substring(0, line.length() - Parent.END.length()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
