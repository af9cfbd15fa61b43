package io.victorhub.scheduling.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the queue file is, and where it goes. By one thread at a time. */
final class TaskFolder {

    static final String QUEUE = "queue.json";

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern CLAIMED = Pattern.compile("inbox-\\d{8}T\\d{6}\\.\\d{3}Z-\\d+\\.json");

    private final Path folder;
    private long counter;

    TaskFolder(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    void make() throws IOException {
        for (Path needed : List.of(folder, imported(), rejected())) {
            if (!Files.isDirectory(needed)) { // it may be a link to one, which createDirectories refuses
                Files.createDirectories(needed);
            }
        }
    }

    Path path() {
        return folder;
    }

    Path queue() {
        return folder.resolve(QUEUE);
    }

    Path imported() {
        return folder.resolve("imported");
    }

    Path rejected() {
        return folder.resolve("rejected");
    }

    /** Files that were claimed and not finished, the oldest first. */
    List<Path> claimed() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> CLAIMED.matcher(name(file)).matches())
                    .sorted(Comparator.comparing(TaskFolder::instantOf).thenComparing(TaskFolder::counterOf))
                    .toList();
        }
    }

    /** A name that no claimed file ever had, even if some were removed since: ids are made of it. */
    Path nextClaim(Instant now) {
        while (true) {
            Path claim = folder.resolve("inbox-" + INSTANT.format(now) + "-" + ++counter + ".json");
            if (Stream.of(folder, imported(), rejected())
                    .noneMatch(place -> Files.exists(place.resolve(name(claim))))) {
                return claim;
            }
        }
    }

    /** The name of a claimed file without its ending. */
    static String stem(Path claimed) {
        return name(claimed).substring(0, name(claimed).length() - ".json".length());
    }

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String instantOf(Path claimed) {
        String stem = stem(claimed);
        return stem.substring(0, stem.lastIndexOf('-'));
    }

    private static String counterOf(Path claimed) {
        String stem = stem(claimed);
        return "%20s".formatted(stem.substring(stem.lastIndexOf('-') + 1)); // as long as any, so that 10 follows 9
    }
}
