package io.victorhub.spi.store;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which tasks to list.
 *
 * @param statuses where they stand; empty for anywhere
 * @param types of which types; empty for all
 * @param text what must occur in id or description, whatever the case; empty for anything
 * @param after the cursor that the page before gave; empty for the first page
 * @param max how many at most, 1 to 1,000
 * @since 0.1
 */
public record TaskQuery(Set<TaskStatus> statuses, Set<String> types, String text, Optional<String> after, int max) {

    /** @throws IllegalArgumentException if {@code max} is not 1..1,000 */
    public TaskQuery {
        statuses = Set.copyOf(statuses);
        types = Set.copyOf(types);
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(after, "after");
        if (max < 1 || max > 1000) {
            throw new IllegalArgumentException("a query for " + max + " tasks; ask for 1..1000 and page on");
        }
    }

    /** {@return a query for the first 100 tasks of any kind} */
    public static TaskQuery all() {
        return new TaskQuery(Set.of(), Set.of(), "", Optional.empty(), 100);
    }

    /** {@return a query for dead letters} */
    public static TaskQuery deadLetters() {
        return all().status(TaskStatus.DEAD);
    }

    /** {@return a query for tasks that wait: held, delayed and ready ones} */
    public static TaskQuery waiting() {
        return all().statuses(EnumSet.of(TaskStatus.HELD, TaskStatus.DELAYED, TaskStatus.READY));
    }

    /** {@return the same for tasks of this status only} */
    public TaskQuery status(TaskStatus status) {
        return statuses(Set.of(status));
    }

    /** {@return the same for tasks of these statuses only} */
    public TaskQuery statuses(Set<TaskStatus> only) {
        return new TaskQuery(only, types, text, after, max);
    }

    /** {@return the same for tasks of these types only} */
    public TaskQuery types(String... only) {
        return new TaskQuery(statuses, Stream.of(only).collect(Collectors.toUnmodifiableSet()), text, after, max);
    }

    /** {@return the same for tasks with this text in id or description} */
    public TaskQuery text(String part) {
        return new TaskQuery(statuses, types, part, after, max);
    }

    /** {@return the same, from the cursor that {@link TaskPage#next()} gave} */
    public TaskQuery after(String cursor) {
        return new TaskQuery(statuses, types, text, Optional.of(cursor), max);
    }

    /** {@return the same in pages of this size} */
    public TaskQuery max(int most) {
        return new TaskQuery(statuses, types, text, after, most);
    }
}
