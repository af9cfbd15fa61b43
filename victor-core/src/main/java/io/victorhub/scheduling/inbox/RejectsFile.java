package io.victorhub.scheduling.inbox;

import io.victorhub.json.Json;
import io.victorhub.scheduling.file.EntryProblem;
import io.victorhub.scheduling.file.QueueFolder;
import io.victorhub.scheduling.file.TaskEntry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file that says what is wrong with the entries of a claimed one: an object with file, at, rejected (for each entry
 * its index, line, problems and the entry itself) and entries, how many there were. Written as it grows, published at the
 * end; there is none if nothing is wrong. One thread.
 */
final class RejectsFile implements AutoCloseable {

    private final Path file;
    private final Path temporary;
    private final Map<String, @Nullable Object> head = new LinkedHashMap<>();
    private @Nullable OutputStream out;
    private int count;

    RejectsFile(Path rejected, Path claimed, Instant at) {
        this.file = rejected.resolve(TaskFolder.stem(claimed) + ".rejected.json");
        this.temporary = rejected.resolve("." + TaskFolder.stem(claimed) + ".rejected.json.tmp");
        head.put("file", TaskFolder.name(claimed));
        head.put("at", at.toString());
    }

    void add(TaskEntry entry, List<EntryProblem> problems) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("index", entry.index());
        row.put("line", entry.line());
        row.put("problems", problems.stream().map(RejectsFile::row).toList());
        row.put("entry", entry.json());
        try {
            OutputStream to = out == null ? begin() : out;
            to.write((count == 0 ? "\n" : ",\n").getBytes(StandardCharsets.US_ASCII));
            to.write(Json.compact(row));
            count++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int count() {
        return count;
    }

    /** Puts the file into its place. */
    Optional<Path> publish(int entries) throws IOException {
        if (out == null) {
            return Optional.empty();
        }
        out.write(("\n],\n\"entries\": " + entries + "}\n").getBytes(StandardCharsets.US_ASCII));
        out.close();
        QueueFolder.publish(temporary, file);
        return Optional.of(file);
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
            Files.deleteIfExists(temporary);
        }
    }

    private OutputStream begin() throws IOException {
        OutputStream begun = new BufferedOutputStream(Files.newOutputStream(temporary));
        out = begun;
        byte[] object = Json.compact(head);
        begun.write(object, 0, object.length - 1);
        begun.write(",\n\"rejected\": [".getBytes(StandardCharsets.US_ASCII));
        return begun;
    }

    private static Map<String, @Nullable Object> row(EntryProblem problem) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("field", problem.field());
        row.put("value", problem.value());
        row.put("message", problem.message());
        return row;
    }
}
