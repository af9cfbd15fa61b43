package io.victorhub.examples.benchmarks;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a command line says: {@code --name value}, or {@code --name} alone for yes. Every name has a default. */
public final class Flags {

    private static final String YES = "true";

    private final Map<String, String> values;

    private Flags(Map<String, String> values) {
        this.values = values;
    }

    /**
     * {@return the defaults, with what the arguments say instead}
     *
     * @param defaults name and value for each flag that there is, without its dashes
     * @throws IllegalArgumentException if an argument is none of them
     */
    public static Flags parse(Map<String, String> defaults, List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>(defaults);
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String next = left.pop();
            String name = next.startsWith("--") ? next.substring(2) : "";
            if (!defaults.containsKey(name)) {
                throw new IllegalArgumentException(
                        "'" + next + "' is not understood; there are --" + String.join(", --", defaults.keySet()));
            }
            boolean alone = left.isEmpty() || left.peek().startsWith("--");
            values.put(name, alone ? YES : left.pop());
        }
        return new Flags(values);
    }

    /** {@return the value of a flag} */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no flag --" + name);
        }
        return value;
    }

    /** {@return the parts of a list with commas; none if it is empty} */
    public List<String> list(String name) {
        return Arrays.stream(text(name).split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** {@return whether a flag is set} */
    public boolean is(String name) {
        return text(name).equals(YES);
    }

    /** {@return a number; underscores may stand between its digits} */
    public int number(String name) {
        String value = text(name);
        try {
            return Integer.parseInt(value.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " is '" + value + "'; it must be a whole number", e);
        }
    }
}
