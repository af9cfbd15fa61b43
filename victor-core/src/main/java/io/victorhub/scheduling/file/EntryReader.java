package io.victorhub.scheduling.file;

import io.victorhub.json.JsonElements.Element;
import io.victorhub.json.JsonElements.Flaw;
import io.victorhub.spi.JsonValues;
import io.victorhub.spi.Task;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes tasks of the entries of one file, and says all that is wrong with those that are none. One for each file, in the
 * order of the entries, because of two with the same id the second is wrong. One thread.
 */
public final class EntryReader {

    private static final List<String> MEMBERS =
            List.of("id", "type", "description", "inputs", "priority", "deadline", "context");

    private final ZoneId zone;
    private final IntFunction<String> idOf;
    private final Map<String, Integer> taken = new HashMap<>();

    /**
     * @param zone the zone of deadlines without an offset
     * @param idOf the id of the entry at an index, where the entry has none
     */
    public EntryReader(ZoneId zone, IntFunction<String> idOf) {
        this.zone = zone;
        this.idOf = idOf;
    }

    /** {@return what {@code element} asks for, or what is wrong with it} */
    public TaskEntry read(Element element) {
        Draft draft = new Draft(element);
        Optional<Task> task = element.value() instanceof Map<?, ?> members ? draft.task(members) : draft.noObject();
        if (draft.problems.isEmpty() && task.isPresent()) {
            taken.put(task.get().id(), element.index());
            return new TaskEntry(element.index(), element.line(), element.value(), task, List.of());
        }
        return new TaskEntry(
                element.index(), element.line(), element.value(), Optional.empty(), List.copyOf(draft.problems));
    }

    /** One entry under way. */
    private final class Draft {
        final Element element;
        final List<EntryProblem> problems = new ArrayList<>();

        Draft(Element element) {
            this.element = element;
        }

        Optional<Task> noObject() {
            problem("", "it is " + Shown.value(element.value()) + "; it must be an object with at least a type");
            return Optional.empty();
        }

        Optional<Task> task(Map<?, ?> members) {
            element.flaw().ifPresent(this::flaw);
            members.keySet().forEach(name -> requireKnown((String) name, members));
            Optional<Task.Builder> builder = type(members.get("type"));
            Task.Builder task = builder.orElseGet(() -> Task.of("unknown"));
            id(members.get("id"), task);
            text("description", members.get("description"), task::description);
            object("inputs", members.get("inputs"), task::inputs);
            object("context", members.get("context"), task::context);
            priority(members.get("priority"), task);
            deadline(members.get("deadline"), task);
            return problems.isEmpty() ? Optional.of(task.build()) : Optional.empty();
        }

        private void flaw(Flaw flaw) {
            problems.add(new EntryProblem(
                    Shown.text(flaw.member()), null, who() + named(flaw.member()) + ": " + flaw.message()));
        }

        private String named(String member) {
            return member.isEmpty() ? "" : ", member '" + Shown.text(member) + "'";
        }

        private void requireKnown(String name, Map<?, ?> members) {
            if (!MEMBERS.contains(name)) {
                String meant = NearestName.of(name, MEMBERS)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("put what is your own into 'inputs' or 'context'");
                problems.add(new EntryProblem(
                        Shown.text(name),
                        Shown.brief(members.get(name)),
                        who() + " has the member '" + Shown.text(name) + "', which a task does not have; " + meant));
            }
        }

        private Optional<Task.Builder> type(@Nullable Object value) {
            if (value == null) {
                problem("type", "it has no type; name what kind of work it is, such as \"content_generation\"");
            } else if (!(value instanceof String name)) {
                wrong("type", value, "text");
            } else {
                try {
                    return Optional.of(Task.of(name));
                } catch (IllegalArgumentException e) {
                    problem("type", value, e.getMessage());
                }
            }
            return Optional.empty();
        }

        private void id(@Nullable Object value, Task.Builder task) {
            if (value == null) {
                task.id(idOf.apply(element.index()));
            } else if (!(value instanceof String id)) {
                wrong("id", value, "text");
            } else if (id.indexOf('/') >= 0) {
                problem(
                        "id",
                        id,
                        "id '" + Shown.text(id) + "' has a '/', which only ids made by the hub have; leave it out");
            } else if (taken.containsKey(id)) {
                problem(
                        "id",
                        id,
                        "id '" + Shown.text(id) + "' is that of entry " + taken.get(id)
                                + " already; give it another one, or none");
            } else {
                attempt("id", id, () -> Task.of("unknown").id(id).build());
                task.id(id);
            }
        }

        private void text(String field, @Nullable Object value, Consumer<String> target) {
            if (value instanceof String text) {
                attempt(field, text, () -> JsonValues.copyOf(text));
                target.accept(text);
            } else if (value != null) {
                wrong(field, value, "text");
            }
        }

        private void object(String field, @Nullable Object value, Consumer<Map<String, ?>> target) {
            if (value instanceof Map<?, ?> map) {
                attempt(field, map, () -> target.accept(JsonValues.copyOfObject(field, map)));
            } else if (value != null) {
                wrong(field, value, "an object");
            }
        }

        private void priority(@Nullable Object value, Task.Builder task) {
            if (value == null) {
                return;
            }
            String range = "a whole number " + Task.LOWEST_PRIORITY + ".." + Task.HIGHEST_PRIORITY;
            if (!(value instanceof Number number)) {
                wrong("priority", value, range);
                return;
            }
            double level = number.doubleValue();
            boolean whole = number instanceof Long || (number instanceof Double && level == Math.rint(level));
            if (whole && level >= Task.LOWEST_PRIORITY && level <= Task.HIGHEST_PRIORITY) {
                task.priority((int) level);
            } else {
                wrong("priority", value, range);
            }
        }

        private void deadline(@Nullable Object value, Task.Builder task) {
            if (value == null) {
                return;
            }
            Optional<Instant> deadline = value instanceof String text ? instant(text) : Optional.empty();
            if (deadline.isPresent()) {
                task.deadline(deadline.get());
            } else {
                wrong(
                        "deadline",
                        value,
                        "null or an ISO-8601 time, such as \"2026-01-05T18:00:00Z\", or without 'Z' in " + zone);
            }
        }

        private void attempt(String field, Object value, Runnable check) {
            try {
                check.run();
            } catch (IllegalArgumentException e) {
                problem(field, value, e.getMessage());
            }
        }

        private void wrong(String field, Object value, String expected) {
            problem(field, value, field + " is " + Shown.value(value) + "; it must be " + expected);
        }

        private void problem(String field, String message) {
            problem(field, element.value() instanceof Map ? null : element.value(), message);
        }

        private void problem(String field, @Nullable Object value, @Nullable String message) {
            problems.add(new EntryProblem(field, Shown.brief(value), Shown.sentence(who() + ": " + message)));
        }

        private String who() {
            return "entry " + element.index();
        }
    }

    private Optional<Instant> instant(String text) {
        try {
            TemporalAccessor time =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
            return Optional.of(
                    time instanceof ZonedDateTime zoned
                            ? zoned.toInstant()
                            : ((LocalDateTime) time).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
