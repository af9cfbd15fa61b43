package io.victorhub.spi.store;

import java.time.Instant;
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
 * @param skill the name of the skill whose attempt is the {@linkplain TaskState#last() latest entry} of the log; empty for any,
 *     and for tasks without an attempt
 * @param text what must occur in id or description, whatever the case; empty for anything
 * @param submitted when they were submitted
 * @param settled when they were settled; anything but {@link Period#ALWAYS} leaves out what is not settled
 * @param after the cursor that the page before gave; empty for the first page
 * @param max how many at most, 1 to 1,000
 * @since 0.1
 */
public record TaskQuery(
        Set<TaskStatus> statuses,
        Set<String> types,
        String skill,
        String text,
        Period submitted,
        Period settled,
        Optional<String> after,
        int max) {

    /**
     * From one instant to another.
     *
     * @param from the first instant in it
     * @param before the first instant behind it
     */
    public record Period(Instant from, Instant before) {

        /** Whenever. */
        public static final Period ALWAYS = new Period(Instant.MIN, Instant.MAX);

        /** Checks that nothing is missing. */
        public Period {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(before, "before");
        }

        /** {@return whether an instant is in it} */
        public boolean contains(Instant instant) {
            return this == ALWAYS || !instant.isBefore(from) && instant.isBefore(before);
        }
    }

    /** @throws IllegalArgumentException if {@code max} is not 1..1,000 */
    public TaskQuery {
        statuses = Set.copyOf(statuses);
        types = Set.copyOf(types);
        Objects.requireNonNull(skill, "skill");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(submitted, "submitted");
        Objects.requireNonNull(settled, "settled");
        Objects.requireNonNull(after, "after");
        if (max < 1 || max > 1000) {
            throw new IllegalArgumentException("a query for " + max + " tasks; ask for 1..1000 and page on");
        }
    }

    /** {@return a query for the first 100 tasks of any kind} */
    public static TaskQuery all() {
        return new TaskQuery(Set.of(), Set.of(), "", "", Period.ALWAYS, Period.ALWAYS, Optional.empty(), 100);
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
        return new TaskQuery(only, types, skill, text, submitted, settled, after, max);
    }

    /** {@return the same for tasks of these types only} */
    public TaskQuery types(String... only) {
        Set<String> some = Stream.of(only).collect(Collectors.toUnmodifiableSet());
        return new TaskQuery(statuses, some, skill, text, submitted, settled, after, max);
    }

    /** {@return the same for tasks of which the latest entry of the log is an attempt of a skill of that name} */
    public TaskQuery skill(String name) {
        return new TaskQuery(statuses, types, name, text, submitted, settled, after, max);
    }

    /** {@return the same for tasks with this text in id or description} */
    public TaskQuery text(String part) {
        return new TaskQuery(statuses, types, skill, part, submitted, settled, after, max);
    }

    /** {@return the same for tasks that were submitted from one instant on, and before another} */
    public TaskQuery submitted(Instant from, Instant before) {
        return new TaskQuery(statuses, types, skill, text, new Period(from, before), settled, after, max);
    }

    /** {@return the same for tasks that were settled from one instant on, and before another} */
    public TaskQuery settled(Instant from, Instant before) {
        return new TaskQuery(statuses, types, skill, text, submitted, new Period(from, before), after, max);
    }

    /** {@return the same, from the cursor that {@link TaskPage#next()} gave} */
    public TaskQuery after(String cursor) {
        return new TaskQuery(statuses, types, skill, text, submitted, settled, Optional.of(cursor), max);
    }

    /** {@return the same in pages of this size} */
    public TaskQuery max(int most) {
        return new TaskQuery(statuses, types, skill, text, submitted, settled, after, most);
    }
}
