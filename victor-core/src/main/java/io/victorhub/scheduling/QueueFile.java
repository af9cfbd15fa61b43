package io.victorhub.scheduling;

import io.victorhub.json.Json;
import io.victorhub.json.JsonElements;
import io.victorhub.json.JsonException;
import io.victorhub.scheduling.file.EntryReader;
import io.victorhub.scheduling.file.QueueFolder;
import io.victorhub.scheduling.file.QueueLock;
import io.victorhub.scheduling.file.Stamp;
import io.victorhub.scheduling.file.TaskEntry;
import io.victorhub.spi.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads {@code queue.json}, the file through which other programs hand tasks to a hub: an array of objects
 * with a type and, where they say something, id, description, inputs, priority, deadline and context.
 *
 * <p><b>What is guaranteed:</b> a hub takes the file as a whole, and never while one of these methods is at work on it, in
 * whatever process: they agree through the file {@code .queue.json.lock} beside it, which stays there empty. A task that
 * {@link #append} returned for is therefore in exactly one file that a hub takes. A program that dies in between has
 * appended all or nothing. One that appends the same {@link Task} again because it does not know brings the same id, and
 * the hub runs it once. Programs that write the file by other means should write another file and rename it
 * where none is; but not while others use these methods, for a file that appears in the very moment of a write is replaced.
 *
 * <p>All methods may be called from any thread.
 *
 * @since 0.1
 */
public final class QueueFile {

    private static final int MOST_REREADS = 100;

    /**
     * What a file holds.
     *
     * @param tasks the good entries, in their order; those without an id have a random one
     * @param problems what is wrong with the others
     * @since 0.1
     */
    public record Contents(List<Task> tasks, List<Problem> problems) {
        /** Copies the lists. */
        public Contents {
            tasks = List.copyOf(tasks);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Something wrong with an entry.
     *
     * @param entry its place in the file, from 0
     * @param line the line it begins on, from 1
     * @param field the member it is about, empty if it is about the entry as a whole
     * @param message what is wrong, the value, and what to do
     * @since 0.1
     */
    public record Problem(int entry, long line, String field, String message) {
        /** Checks that nothing is missing. */
        public Problem {
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(message, "message");
        }
    }

    private QueueFile() {}

    /**
     * Adds tasks behind what the file holds, which stays as it is byte by byte; makes the file where there is none. Its
     * folder must be there. On disk when it returns.
     *
     * @throws IOException if the file is no array of JSON, cannot be read or written, or another program holds it for 10
     *     seconds; then nothing was added
     * @throws IllegalArgumentException if a task has an id with a {@code /}, which only hubs make
     */
    public static void append(Path file, Collection<Task> tasks) throws IOException {
        List<String> texts = texts(tasks);
        QueueLock lock = lock(file);
        try {
            for (int i = 0; i < MOST_REREADS; i++) {
                Optional<Stamp> before = Stamp.of(file);
                byte[] content = before.isPresent() ? extended(file, texts) : array(texts);
                if (before.equals(Stamp.of(file))) { // else somebody without the lock wrote it meanwhile
                    QueueFolder.write(file, content);
                    return;
                }
            }
            throw new IOException(file + " is being written by another program all the time; stop that one");
        } finally {
            lock.close();
        }
    }

    /**
     * Writes a file with these tasks, in place of one that is there, whether a hub has seen that one or not. Its folder
     * must be there. On disk when it returns.
     *
     * @throws IOException if it cannot be written, or another program holds it for 10 seconds
     * @throws IllegalArgumentException if a task has an id with a {@code /}, which only hubs make
     */
    public static void write(Path file, Collection<Task> tasks) throws IOException {
        byte[] content = array(texts(tasks));
        QueueLock lock = lock(file);
        try {
            QueueFolder.write(file, content);
        } finally {
            lock.close();
        }
    }

    /**
     * {@return the tasks in a file, and what is wrong with the entries that are none}
     *
     * @param zone the zone of deadlines without an offset
     * @throws IOException if the file is no array of JSON, or cannot be read
     */
    public static Contents read(Path file, ZoneId zone) throws IOException {
        EntryReader reader = new EntryReader(zone, index -> UUID.randomUUID().toString());
        List<Task> tasks = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            JsonElements.read(in, element -> {
                TaskEntry entry = reader.read(element);
                entry.task().ifPresent(tasks::add);
                entry.problems()
                        .forEach(p -> problems.add(new Problem(entry.index(), entry.line(), p.field(), p.message())));
                return true;
            });
        } catch (JsonException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
        return new Contents(tasks, problems);
    }

    private static QueueLock lock(Path file) throws IOException {
        return QueueLock.of(file, QueueLock.PATIENCE)
                .orElseThrow(() -> new IOException(file + " is held by another program for "
                        + QueueLock.PATIENCE.toSeconds() + " seconds; try again, or stop that program"));
    }

    /** What is there up to its last bracket, which is the array's own, and the new ones behind it. */
    private static byte[] extended(Path file, List<String> texts) throws IOException {
        byte[] old = Files.readAllBytes(file);
        int count;
        try {
            count = JsonElements.read(new ByteArrayInputStream(old), element -> true);
        } catch (JsonException e) {
            throw new IOException(file + " cannot be appended to: " + e.getMessage() + "; mend it or move it away", e);
        }
        int end = old.length - 1;
        while (old[end] != ']') {
            end--;
        }
        while (end > 0 && old[end - 1] <= ' ' && old[end - 1] >= 0) {
            end--;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(old.length + 1024);
        out.write(old, 0, end);
        writeEntries(out, texts, count > 0);
        return out.toByteArray();
    }

    private static byte[] array(List<String> texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        out.write('[');
        writeEntries(out, texts, false);
        return out.toByteArray();
    }

    private static void writeEntries(ByteArrayOutputStream out, List<String> texts, boolean behindOthers) {
        boolean comma = behindOthers;
        for (String text : texts) {
            out.writeBytes((comma ? ",\n  " : "\n  ").getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            comma = true;
        }
        out.writeBytes("\n]\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static List<String> texts(Collection<Task> tasks) {
        return tasks.stream().map(QueueFile::text).toList();
    }

    private static String text(Task task) {
        if (task.id().indexOf('/') >= 0) {
            throw new IllegalArgumentException("task " + task.id()
                    + " has a '/' in its id, which only ids made by a hub have; give it another id");
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", task.id());
        members.put("type", task.type());
        members.put("description", task.description());
        members.put("inputs", task.inputs());
        members.put("priority", task.priority());
        members.put("deadline", task.deadline().map(Instant::toString).orElse(null));
        members.put("context", task.context());
        return Json.pretty(members).replace("\n", "\n  ");
    }
}
