package io.victorhub.examples.host;

import io.victorhub.scheduling.QueueFile;
import io.victorhub.spi.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/** Drops tasks into a hub's inbox as any other program would: a file {@code queue.json} in its folder {@code tasks}. */
final class QueueDrop {

    private QueueDrop() {}

    static void drop(Options options) throws IOException {
        Path inbox = Files.createDirectories(options.home().resolve("tasks"));
        Path copy = Files.createTempFile(inbox, "drop", ".tmp"); // written beside it, then renamed: never half there
        try {
            copy(options, copy);
            if (options.again()) {
                QueueFile.append(inbox.resolve("queue.json"), withNewIds(copy));
            } else {
                Files.move(copy, inbox.resolve("queue.json"), StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static void copy(Options options, Path to) throws IOException {
        if (options.queue().isPresent()) {
            Path queue = options.queue().get();
            if (!Files.isRegularFile(queue)) {
                throw new IOException("there is no file " + queue + "; name a JSON file with an array of tasks");
            }
            Files.copy(queue, to, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        try (InputStream example = QueueDrop.class.getResourceAsStream("/tasks/queue.json")) {
            if (example == null) {
                throw new IOException("the example's own tasks/queue.json is not in its jar; build it again");
            }
            Files.copy(example, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<Task> withNewIds(Path file) throws IOException {
        QueueFile.Contents contents = QueueFile.read(file, ZoneId.systemDefault());
        contents.problems()
                .forEach(problem -> System.err.println("entry " + problem.entry() + ": " + problem.message()));
        return contents.tasks().stream()
                .map(task -> task.toBuilder().id(UUID.randomUUID().toString()).build())
                .toList();
    }
}
