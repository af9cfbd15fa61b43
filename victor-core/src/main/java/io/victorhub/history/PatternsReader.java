package io.victorhub.history;

import io.victorhub.history.PatternsImport.Problem;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Imported;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the entries of one {@code patterns.json}: strictly, each for itself. Used once. */
final class PatternsReader {

    /** An entry is not good. */
    private static final class Bad extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        Bad(Problem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }
    }

    private static final Set<String> FIELDS =
            Set.of("timestamp", "task_id", "status", "duration", "skill_used", "success");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    private static final String NO_SKILL = "unknown"; // what the seed writes where it knows none
    private static final long MAX_SECONDS = 9_000_000_000L;
    private static final BigDecimal NANOSECOND = new BigDecimal("1e-9");
    private static final int NANO_DIGITS = 9;
    private static final int SHOWN = 80;

    private final ZoneId zone;
    private final List<Imported> entries = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Integer> unnamedSkills = new TreeMap<>();
    private final Map<String, Integer> unknownFields = new TreeMap<>();
    private int index;

    PatternsReader(ZoneId zone) {
        this.zone = zone;
    }

    PatternsImport read(List<?> list) {
        for (Object element : list) {
            try {
                entries.add(entry(element));
            } catch (Bad e) {
                problems.add(e.problem);
            }
            index++;
        }
        List<String> notes = new ArrayList<>();
        unnamedSkills.forEach((skill, count) -> notes.add("skill_used is " + skill + " in " + entries(count)
                + ", which is no skill's name; imported without a skill"));
        unknownFields.forEach((field, count) ->
                notes.add("the field " + field + " in " + entries(count) + " is none of this format; not imported"));
        return new PatternsImport(entries, problems, notes);
    }

    private Imported entry(@Nullable Object element) throws Bad {
        if (!(element instanceof Map<?, ?> fields)) {
            throw new Bad(new Problem(index, "", shown(element), "it must be an object"));
        }
        Instant at = timestamp(fields);
        String taskId = text(fields, "task_id");
        Execution.Status status = status(fields);
        Duration duration = duration(fields);
        Optional<String> skill = skill(fields);
        Imported imported;
        try {
            imported = new Imported(taskId, status, duration, Optional.empty(), skill, at);
        } catch (IllegalArgumentException e) {
            throw bad("task_id", taskId, "the " + e.getMessage()); // all else was checked before
        }
        note(fields, skill);
        return imported;
    }

    private Instant timestamp(Map<?, ?> fields) throws Bad {
        String text = text(fields, "timestamp");
        try {
            TemporalAccessor read =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
            ZonedDateTime at = read instanceof LocalDateTime local ? local.atZone(zone) : ZonedDateTime.from(read);
            return at.toInstant();
        } catch (DateTimeException e) {
            throw bad(
                    "timestamp",
                    text,
                    "it must be a date and time such as 2025-11-09T14:30:00, with or without offset");
        }
    }

    private Execution.Status status(Map<?, ?> fields) throws Bad {
        String text = text(fields, "status");
        for (Execution.Status status : Execution.Status.values()) {
            if (status.text().equals(text)) {
                boolean succeeded = status == Execution.Status.SUCCESS;
                Object success = fields.get("success");
                if (success != null && !success.equals(succeeded)) {
                    throw bad("success", success, "with the status '" + text + "' it must be " + succeeded);
                }
                return status;
            }
        }
        throw bad("status", text, "it must be success, partial, failed, cancelled or expired");
    }

    private Duration duration(Map<?, ?> fields) throws Bad {
        Object value = fields.get("duration");
        if (value instanceof Number number) {
            BigDecimal seconds = new BigDecimal(number.toString());
            if (seconds.signum() >= 0 && seconds.compareTo(BigDecimal.valueOf(MAX_SECONDS)) <= 0) {
                return duration(seconds);
            }
        }
        throw bad("duration", value, "it must be a number of seconds, 0 to " + MAX_SECONDS);
    }

    private static Duration duration(BigDecimal seconds) {
        if (seconds.compareTo(NANOSECOND) < 0) {
            return Duration.ZERO; // rounding 1e-999999999 would compute as many digits
        }
        BigDecimal nanos = seconds.movePointRight(NANO_DIGITS).setScale(0, RoundingMode.HALF_UP);
        return Duration.ofNanos(nanos.longValueExact());
    }

    private Optional<String> skill(Map<?, ?> fields) throws Bad {
        Object value = fields.get("skill_used");
        if (value == null) {
            return Optional.empty();
        } else if (value instanceof String text) {
            boolean isName = NAME.matcher(text).matches() && !text.equals(NO_SKILL);
            return isName ? Optional.of(text) : Optional.empty();
        }
        throw bad("skill_used", value, "it must be the name of a skill, or null");
    }

    private void note(Map<?, ?> fields, Optional<String> skill) {
        Object named = fields.get("skill_used");
        if (named != null && skill.isEmpty()) {
            unnamedSkills.merge(shown(named), 1, Integer::sum);
        }
        for (Object field : fields.keySet()) {
            if (!FIELDS.contains(field)) {
                unknownFields.merge(shown(field), 1, Integer::sum);
            }
        }
    }

    private String text(Map<?, ?> fields, String field) throws Bad {
        Object value = fields.get(field);
        if (value instanceof String text) {
            return text;
        }
        throw bad(field, value, "it must be a text");
    }

    private Bad bad(String field, @Nullable Object value, String remedy) {
        return new Bad(new Problem(index, field, value == null ? "missing" : shown(value), remedy));
    }

    private static String entries(int count) {
        return count == 1 ? "1 entry" : count + " entries";
    }

    /** A JSON value, short and printable enough for a message. */
    static String shown(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            return "an object";
        } else if (value instanceof List<?>) {
            return "a list";
        } else if (!(value instanceof String text)) {
            return shortened(String.valueOf(value));
        } else {
            return "'" + shortened(text) + "'";
        }
    }

    private static String shortened(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(SHOWN).forEach(c -> {
            int kind = Character.getType(c);
            boolean hidden = kind == Character.CONTROL || kind == Character.FORMAT || kind == Character.SURROGATE;
            shown.append(hidden ? "<U+%04X>".formatted(c) : Character.toString(c));
        });
        return text.codePointCount(0, text.length()) > SHOWN ? shown + "…" : shown.toString();
    }
}
