package io.victorhub.scheduling.file;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an entry.
 *
 * @param field the member it is about, empty if it is about the entry as a whole
 * @param value what stands there, shortened
 * @param message what is wrong and what to do
 */
public record EntryProblem(String field, @Nullable Object value, String message) {}
