package io.victorhub.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names of values that are not shown: in logs, on a dashboard, in exports. A pattern is one name or several with dots between
 * them, such as {@code password}, {@code *token*} or {@code customer.*.email}; {@code *} stands for any characters of one
 * name, and case does not matter. It means a value if the last names on the way to it are those of the pattern, however deep
 * that is; the first name on the way is {@code inputs}, {@code context}, {@code output} or {@code metadata}. What is in a list
 * has the name of the list. So {@code *.password} means the same as {@code password}, and {@code inputs.password} only an
 * input of that name.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class SensitiveKeys {

    /** What stands in place of a value. */
    public static final String HIDDEN = "(hidden)";

    /** Nothing is sensitive. */
    public static final SensitiveKeys NONE = new SensitiveKeys(List.of());

    /** Shorter texts would be found in words that have nothing to do with them. */
    private static final int SHORTEST_TEXT = 4;

    private static final int LONGEST_BEGINNING = 16;

    private final List<List<Pattern>> patterns;

    private SensitiveKeys(List<List<Pattern>> patterns) {
        this.patterns = patterns;
    }

    /**
     * {@return the keys that these patterns mean}
     *
     * @throws IllegalArgumentException if a pattern is empty, or has an empty name
     */
    public static SensitiveKeys of(String... patterns) {
        List<List<Pattern>> all = new ArrayList<>();
        for (String pattern : patterns) {
            List<Pattern> names = new ArrayList<>();
            for (String name : Objects.requireNonNull(pattern, "pattern").split("\\.", -1)) {
                if (name.isBlank()) {
                    throw new IllegalArgumentException("'" + Names.shown(pattern)
                            + "' is no pattern of sensitive keys; it must be like password or customer.*.email");
                }
                names.add(name(name));
            }
            all.add(names);
        }
        return new SensitiveKeys(List.copyOf(all));
    }

    private static Pattern name(String name) {
        String regex =
                List.of(name.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    /** {@return whether nothing is sensitive} */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** {@return the same submission with what is sensitive in inputs and context hidden} */
    public Submission redact(Submission submission) {
        Task task = submission.task();
        return isEmpty()
                ? submission
                : submission.withTask(task.toBuilder()
                        .inputs(object("inputs", task.inputs()))
                        .context(object("context", task.context()))
                        .build());
    }

    /** {@return the same entry with what is sensitive in output and metadata hidden} */
    public LogEntry redact(LogEntry entry) {
        if (isEmpty() || !(entry instanceof Execution execution)) {
            return entry;
        }
        Details details = execution.details();
        return execution.toBuilder()
                .output(value(List.of("output"), execution.output()))
                .details(new Details(
                        details.cost(), details.quality(), object("metadata", details.metadata()), details.artifacts()))
                .build();
    }

    /** {@return the text with what is sensitive in a task's inputs and context hidden, wherever it stands in it} */
    public String redact(Task task, String text) {
        if (isEmpty() || text.isEmpty()) {
            return text;
        }
        String redacted = text;
        for (String secret : secrets(task)) {
            redacted = without(secret, redacted);
        }
        return redacted;
    }

    /** Messages cut long values short, so what begins like a secret is as much as is there of it. */
    private static String without(String secret, String text) {
        String beginning = secret.substring(0, Math.min(secret.length(), LONGEST_BEGINNING));
        StringBuilder redacted = new StringBuilder();
        int copied = 0;
        for (int at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, copied)) {
            int same = beginning.length();
            while (same < secret.length()
                    && at + same < text.length()
                    && text.charAt(at + same) == secret.charAt(same)) {
                same++;
            }
            redacted.append(text, copied, at).append(HIDDEN);
            copied = at + same;
        }
        return redacted.append(text, copied, text.length()).toString();
    }

    /** The longest first: one may be a part of another. */
    private List<String> secrets(Task task) {
        Set<String> found = new LinkedHashSet<>();
        collect(List.of("inputs"), task.inputs(), false, found);
        collect(List.of("context"), task.context(), false, found);
        return found.stream()
                .sorted((a, b) -> Integer.compare(b.length(), a.length()))
                .toList();
    }

    private void collect(List<String> way, @Nullable Object value, boolean sensitive, Set<String> found) {
        boolean meant = sensitive || isMeant(way);
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> collect(longer(way, String.valueOf(name)), member, meant, found));
        } else if (value instanceof List<?> list) {
            list.forEach(element -> collect(way, element, meant, found));
        } else if (meant
                && value != null
                && value.toString().length() >= SHORTEST_TEXT
                && !(value instanceof Boolean)) {
            found.add(value.toString());
        }
    }

    private Map<String, @Nullable Object> object(String root, Map<String, ?> object) {
        return members(List.of(root), object);
    }

    private @Nullable Object value(List<String> way, @Nullable Object value) {
        if (value != null && isMeant(way)) {
            return HIDDEN;
        } else if (value instanceof Map<?, ?> map) {
            return members(way, map);
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(value(way, element)));
            return elements;
        }
        return value;
    }

    private Map<String, @Nullable Object> members(List<String> way, Map<?, ?> map) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        map.forEach((name, member) ->
                members.put(String.valueOf(name), value(longer(way, String.valueOf(name)), member)));
        return members;
    }

    private boolean isMeant(List<String> way) {
        return patterns.stream().anyMatch(names -> endsSo(way, names));
    }

    private static boolean endsSo(List<String> way, List<Pattern> names) {
        int before = way.size() - names.size();
        for (int i = 0; i < names.size(); i++) {
            if (before < 0 || !names.get(i).matcher(way.get(before + i)).matches()) {
                return false;
            }
        }
        return true;
    }

    private static List<String> longer(List<String> way, String name) {
        List<String> longer = new ArrayList<>(way);
        longer.add(name);
        return longer;
    }

    @Override
    public String toString() {
        return "SensitiveKeys[" + patterns.size() + "]";
    }
}
