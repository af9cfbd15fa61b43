package io.victorhub.history;

import io.victorhub.json.Json;
import io.victorhub.json.JsonException;
import io.victorhub.json.JsonLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/**
 * {@code patterns.json}, in which other systems keep what they did: a list with one object for each execution.
 *
 * <pre>{@code
 * {"timestamp": "2025-11-09T14:30:00", "task_id": "task_001", "status": "success",
 *  "duration": 5.2, "skill_used": "content_generator", "success": true}
 * }</pre>
 *
 * <p>{@code timestamp} is when it ended, in ISO 8601, without offset in a zone that is given; {@code duration} is in
 * seconds; {@code status} is {@code success}, {@code partial}, {@code failed}, {@code cancelled} or {@code expired}.
 *
 * <p>Stateless. All methods may be called by several threads at once.
 *
 * @since 0.1
 */
public final class PatternsFile {

    /** How long a file may be that is read: 64 MiB, some 400,000 entries. */
    public static final int MAX_BYTES = 64 << 20;

    private static final JsonLimits LIMITS = new JsonLimits(MAX_BYTES, 16);

    private PatternsFile() {}

    /**
     * {@return the entries of a file, and what is wrong with those that are not good} Nothing is appended to any log, and
     * nothing is remembered: a file that is imported twice counts twice.
     *
     * @param zone where timestamps without offset were written; of the two moments of a repeated hour it is the first
     * @throws PatternsException if the file cannot be read, or is no JSON list
     */
    public static PatternsImport read(Path file, ZoneId zone) {
        Objects.requireNonNull(zone, "zone");
        byte[] bytes;
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new PatternsException(file + " has " + size + " bytes; at most " + MAX_BYTES
                        + " are read, split it into several files");
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new PatternsException(file + " does not exist; give the path of a patterns.json", e);
        } catch (IOException e) {
            throw new PatternsException(file + " cannot be read: " + e + "; see to its permissions and its disk", e);
        }
        return parse(file.toString(), bytes, zone);
    }

    /**
     * {@return the entries in a text of JSON, as {@link #read} does}
     *
     * @param json UTF-8
     * @throws PatternsException if it is no JSON list
     */
    public static PatternsImport parse(byte[] json, ZoneId zone) {
        return parse("the text", json, zone);
    }

    private static PatternsImport parse(String name, byte[] json, ZoneId zone) {
        Objects.requireNonNull(zone, "zone");
        Object value;
        try {
            value = Json.parse(json, LIMITS);
        } catch (JsonException e) {
            throw new PatternsException(name + " cannot be read as JSON: " + e.getMessage(), e);
        }
        if (value instanceof List<?> list) {
            return new PatternsReader(zone).read(list);
        }
        throw new PatternsException(
                name + " holds " + PatternsReader.shown(value) + "; a patterns.json is a list of objects");
    }

    /**
     * Writes what a history holds: one line for each attempt that counts, retried ones too, and for each imported
     * execution. Left out are attempts that ended because the hub closed, tasks that were settled without an attempt, and
     * ratings. Timestamps have no offset and at most microseconds, as Python writes them. Entries are written as they are
     * read, and none is kept.
     *
     * @param to is flushed, not closed
     * @param zone where timestamps are written
     * @return how many entries were written
     * @throws UncheckedIOException if {@code to} fails
     */
    public static long write(History history, Writer to, ZoneId zone) {
        try {
            return new PatternsWriter(to, Objects.requireNonNull(zone, "zone")).write(history);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes what a history holds, as {@link #write(History, Writer, ZoneId)} does, beside the file first; a file that
     * was there before is replaced when the new one is whole.
     *
     * @return how many entries were written
     * @throws PatternsException if it cannot be written
     */
    public static long write(History history, Path file, ZoneId zone) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            long written;
            try (Writer to = Files.newBufferedWriter(unfinished)) {
                written = write(history, to, zone);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            return written;
        } catch (IOException | UncheckedIOException e) {
            throw new PatternsException(
                    file + " cannot be written: " + e + "; see to its folder, its permissions and its disk", e);
        }
    }
}
