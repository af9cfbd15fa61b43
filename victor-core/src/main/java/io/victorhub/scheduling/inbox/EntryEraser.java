package io.victorhub.scheduling.inbox;

import io.victorhub.json.Json;
import io.victorhub.json.JsonElements;
import io.victorhub.json.JsonException;
import io.victorhub.json.JsonLimits;
import io.victorhub.scheduling.file.QueueFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes entries out of the files of an inbox, in place: what is left of one is its id and its type, so that the others keep
 * their numbers, of which ids are made. Each file is replaced as a whole or not at all. While nobody else changes them; one
 * thread.
 */
final class EntryEraser {

    private static final JsonLimits LIMITS = new JsonLimits(Integer.MAX_VALUE, JsonElements.MAX_DEPTH + 3);

    private final TaskFolder folder;
    private final Set<String> ids;
    private final Map<String, List<Path>> changed = new HashMap<>();
    private final Set<String> inFile = new HashSet<>();
    private final List<Path> unreadable = new ArrayList<>();

    EntryEraser(TaskFolder folder, Set<String> ids) {
        this.folder = folder;
        this.ids = ids;
    }

    Erased erase() throws IOException {
        for (Path place : List.of(folder.path(), folder.imported(), folder.rejected())) {
            for (Path file : files(place)) {
                String name = TaskFolder.name(file);
                if (name.startsWith(".") && name.endsWith(".tmp")) {
                    Files.deleteIfExists(file); // left by a process that died while it wrote
                } else if (name.endsWith(".json") && mayMention(Files.readAllBytes(file), name)) {
                    erase(file);
                }
            }
        }
        return new Erased(changed, unreadable);
    }

    private static List<Path> files(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    private boolean mayMention(byte[] content, String name) {
        String text = new String(content, StandardCharsets.UTF_8);
        String stem = name.replaceFirst("(\\.rejected)?\\.json$", "");
        return text.contains("\\") || ids.stream().anyMatch(id -> text.contains(id) || id.startsWith(stem + "/"));
    }

    private void erase(Path file) throws IOException {
        byte[] before = Files.readAllBytes(file);
        inFile.clear();
        try {
            byte[] after = TaskFolder.name(file).endsWith(".rejected.json") ? rejects(before) : entries(file, before);
            if (!Arrays.equals(after, before)) {
                QueueFolder.write(file, after);
                inFile.forEach(id ->
                        changed.computeIfAbsent(id, one -> new ArrayList<>()).add(file));
            }
        } catch (JsonException e) {
            unreadable.add(file);
        }
    }

    /** Other entries stay as they are, byte by byte. */
    private byte[] entries(Path file, byte[] before) throws IOException {
        Map<Integer, byte[]> left = new LinkedHashMap<>();
        JsonElements.read(new ByteArrayInputStream(before), element -> {
            if (isMeant(element.value(), TaskFolder.stem(file) + "/" + element.index())) {
                left.put(element.index(), Json.compact(left(element.value())));
            }
            return true;
        });
        if (left.isEmpty()) {
            return before;
        }
        List<ArraySpans.Span> spans = ArraySpans.of(before);
        ByteArrayOutputStream after = new ByteArrayOutputStream(before.length);
        int written = 0;
        for (Map.Entry<Integer, byte[]> one : left.entrySet()) {
            ArraySpans.Span span = spans.get(one.getKey());
            after.write(before, written, span.start() - written);
            after.writeBytes(one.getValue());
            written = span.end();
        }
        after.write(before, written, before.length - written);
        return after.toByteArray();
    }

    /** As {@link RejectsFile} writes it. */
    private byte[] rejects(byte[] before) {
        Map<String, @Nullable Object> file = object(Json.parse(before, LIMITS));
        String stem = String.valueOf(file.get("file")).replaceFirst("\\.json$", "");
        boolean any = false;
        List<@Nullable Object> rows = new ArrayList<>();
        for (Object one : file.get("rejected") instanceof List<?> list ? list : List.of()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>(object(one));
            if (isMeant(row.get("entry"), stem + "/" + row.get("index"))) {
                row.put("problems", List.of());
                row.put("entry", left(row.get("entry")));
                any = true;
            }
            rows.add(row);
        }
        if (!any) {
            return before;
        }
        Map<String, @Nullable Object> after = new LinkedHashMap<>(file);
        after.put("rejected", rows);
        return (Json.pretty(after) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private boolean isMeant(@Nullable Object entry, String otherwise) {
        String id = object(entry).get("id") instanceof String text ? text : otherwise;
        boolean meant = ids.contains(id);
        if (meant) {
            inFile.add(id);
        }
        return meant;
    }

    private static Map<String, @Nullable Object> left(@Nullable Object entry) {
        Map<String, @Nullable Object> left = new LinkedHashMap<>();
        for (String name : List.of("id", "type")) {
            Object value = object(entry).get(name);
            if (value instanceof String) {
                left.put(name, value);
            }
        }
        return left;
    }

    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> object.put(String.valueOf(name), member));
        }
        return object;
    }
}
