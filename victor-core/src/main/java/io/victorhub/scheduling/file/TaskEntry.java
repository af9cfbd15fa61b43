package io.victorhub.scheduling.file;

import io.victorhub.spi.Task;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a queue file.
 *
 * @param index its place in the file, from 0
 * @param line the line it begins on, from 1
 * @param json what stands there
 * @param task what it asks for, if it is good
 * @param problems why it is not, else empty
 */
public record TaskEntry(
        int index, long line, @Nullable Object json, Optional<Task> task, List<EntryProblem> problems) {}
